#include "core/judge/compact.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"

namespace pome::judge {
namespace {

constexpr std::size_t kMaxText = 500;
constexpr std::size_t kMaxItems = 30;
constexpr std::string_view kCut = " [cut]";

bool is_noise(std::string_view name, const Json& value) {
  return value.is_null() || name == "url" || name.ends_with("_url") || name == "node_id" || name == "_links" ||
         name == "gravatar_id";
}

/// The login of a whole user row of an answer; other objects with a login keep their members.
std::optional<std::string_view> person(const Json& value) {
  if (!value.is_object() || !value.contains("node_id") || !value.contains("site_admin")) return std::nullopt;
  return json::string_at(value, "login");
}

void write(JsonWriter& writer, const Json& value) {
  if (const auto login = person(value)) {
    writer.value(*login);
  } else if (value.is_object()) {
    writer.begin_object();
    for (const auto& [name, member] : value.items()) {
      if (is_noise(name, member)) continue;
      writer.key(name);
      write(writer, member);
    }
    writer.end_object();
  } else if (value.is_array()) {
    writer.begin_array();
    for (std::size_t i = 0; i < value.size() && i < kMaxItems; ++i) write(writer, value[i]);
    if (value.size() > kMaxItems) writer.value(text::cat("... and ", value.size() - kMaxItems, " more"));
    writer.end_array();
  } else if (value.is_string()) {
    writer.value(cut(value.get_ref<const std::string&>(), kMaxText));
  } else {
    writer.raw(json::dump(value));
  }
}

}  // namespace

std::string cut(std::string_view text, std::size_t max_bytes) {
  const std::string_view kept = text::truncate_utf8(text, max_bytes);
  return kept.size() == text.size() ? std::string(text) : text::cat(kept, kCut);
}

std::string compact(const Json& value, std::size_t max_bytes) {
  std::string out;
  JsonWriter writer(out);
  write(writer, value);
  if (out.size() <= max_bytes) return out;
  std::string quoted;
  append_json_string(quoted, cut(out, max_bytes));
  return quoted;
}

}  // namespace pome::judge
