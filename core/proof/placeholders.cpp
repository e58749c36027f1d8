#include "core/proof/placeholders.h"

#include <optional>

#include "core/base/json.h"
#include "core/base/text.h"

namespace pome::proof {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

Error unknown(std::string_view inside, std::string_view why) {
  return fail("bad-placeholder", text::cat("{{", inside, "}} ", why));
}

const Json* step(const Json& value, std::string_view name) {
  if (value.is_array()) {
    const auto index = text::to_integer(name);
    if (!index || *index < 0 || *index >= static_cast<std::int64_t>(value.size())) return nullptr;
    return &value[static_cast<std::size_t>(*index)];
  }
  if (!value.is_object()) return nullptr;
  const auto member = value.find(std::string(name));
  return member == value.end() ? nullptr : &*member;
}

/// The value that `inside`, the text between the braces, names.
Result<const Json*> value_of(std::string_view inside, const Answers& answers) {
  const std::vector<std::string_view> names = text::split(text::trim(inside), '.');
  const auto number = text::to_integer(names.front());
  if (!number || *number < 1) return unknown(inside, "has to start with the number of an earlier call: {{1.sha}}");
  if (*number > static_cast<std::int64_t>(answers.size())) return unknown(inside, "names a call that is not earlier");
  const Json* value = &answers[static_cast<std::size_t>(*number - 1)];
  for (std::size_t i = 1; i < names.size(); ++i) {
    value = step(*value, names[i]);
    if (value == nullptr)
      return unknown(inside, text::cat("has no value: the answer of call ", *number, " has no `", names[i], "` there"));
  }
  return value;
}

/// The inside of the placeholder that is all of `text`, or nothing.
std::optional<std::string_view> only_placeholder(std::string_view text) {
  if (!text.starts_with(kOpen) || text.find(kClose) != text.size() - kClose.size()) return std::nullopt;
  return text.substr(kOpen.size(), text.size() - kOpen.size() - kClose.size());
}

Result<void> fill_value(Json& value, const Answers& answers) {
  if (value.is_structured()) {
    for (Json& member : value) POME_CHECK(fill_value(member, answers));
    return {};
  }
  if (!value.is_string()) return {};
  const auto& written = value.get_ref<const std::string&>();
  if (const auto inside = only_placeholder(written)) {
    POME_TRY(const Json* found, value_of(*inside, answers));
    value = Json(*found);
    return {};
  }
  POME_TRY(std::string filled, fill_text(written, answers));
  value = std::move(filled);
  return {};
}

}  // namespace

Result<std::string> fill_text(std::string_view text, const Answers& answers) {
  std::string out;
  for (std::size_t open = text.find(kOpen); open != std::string_view::npos; open = text.find(kOpen)) {
    const std::size_t close = text.find(kClose, open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    POME_TRY(const Json* found, value_of(text.substr(open + kOpen.size(), close - open - kOpen.size()), answers));
    out += found->is_string() ? found->get<std::string>() : json::dump(*found);
    text.remove_prefix(close + kClose.size());
  }
  out += text;
  return out;
}

Result<std::string> fill_json(std::string_view json, const Answers& answers) {
  if (!text::contains(json, kOpen)) return std::string(json);
  POME_TRY(Json value, json::parse(json));
  POME_CHECK(fill_value(value, answers));
  return json::dump(value);
}

}  // namespace pome::proof
