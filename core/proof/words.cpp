#include "core/proof/words.h"

#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/base/pointer.h"
#include "core/base/text.h"

namespace pome::proof {
namespace {

constexpr std::size_t kShownText = 40;
/// Members that name an entry, the best first.
constexpr std::array<std::string_view, 13> kNames = {"full_name", "filename", "name",    "login", "path",
                                                     "tag_name",  "ref",      "context", "key",   "title",
                                                     "slug",      "pattern",  "sha"};

std::string cut(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::string_view kept = text::truncate_utf8(line, kShownText);
  return kept.size() == text.size() ? std::string(kept) : text::cat(kept, "...");
}

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() > tail.size() && text.substr(text.size() - tail.size()) == tail;
}

/// "issue #1", "label `bug`", "`acme/api`", "the world".
std::string entry_in_words(std::string_view list_name, const Json& entry, std::size_t index) {
  if (list_name == "repositories") return name_of(entry, index);
  return text::cat(singular(list_name), ' ', name_of(entry, index));
}

}  // namespace

std::string singular(std::string_view list_name) {
  std::string name = text::replace_all(std::string(list_name), "_", " ");
  if (ends_with(name, "ies")) return name.substr(0, name.size() - 3) + "y";
  for (const std::string_view tail : {std::string_view("ches"), std::string_view("uses"), std::string_view("sses")}) {
    if (ends_with(name, tail)) return name.substr(0, name.size() - 2);
  }
  return ends_with(name, "s") ? name.substr(0, name.size() - 1) : name;
}

std::string name_of(const Json& entry, std::size_t index) {
  if (entry.is_string()) return value_in_words(entry);
  if (const auto number = json::integer_at(entry, "number")) return text::cat('#', *number);
  for (const std::string_view member : kNames) {
    if (const auto name = json::string_at(entry, member)) return text::cat('`', cut(*name), '`');
  }
  if (const auto body = json::string_at(entry, "body")) return text::cat('"', cut(*body), '"');
  return text::cat("no. ", index + 1);
}

std::string_view parent_of(std::string_view pointer) {
  const std::size_t slash = pointer.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : pointer.substr(0, slash);
}

std::string last_step(std::string_view pointer) {
  const std::size_t slash = pointer.rfind('/');
  const std::string_view step = slash == std::string_view::npos ? std::string_view() : pointer.substr(slash + 1);
  return text::replace_all(text::replace_all(std::string(step), "~1", "/"), "~0", "~");
}

std::string place_in_words(const Json& state, std::string_view pointer) {
  if (pointer.empty()) return "the world";
  const std::string_view parent = parent_of(pointer);
  const Json* value = pointer::resolve(state, pointer);
  const Json* around = pointer::resolve(state, parent);
  if (value == nullptr || around == nullptr) return place_in_words(state, parent);
  const std::string step = last_step(pointer);
  std::string own;
  std::string_view owner = parent;
  if (around->is_array()) {
    own = entry_in_words(last_step(parent), *value, static_cast<std::size_t>(text::to_integer(step).value_or(0)));
    owner = parent_of(parent);
  } else {
    own = value->is_array() ? text::cat("the ", text::replace_all(step, "_", " ")) : text::cat('`', step, '`');
  }
  return owner.empty() ? own : text::cat(own, " of ", place_in_words(state, owner));
}

std::string value_in_words(const Json& value) {
  if (value.is_null()) return "nothing";
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.empty() ? "empty" : text::cat('`', cut(text), '`');
  }
  return value.is_structured() ? "something else" : json::dump(value);
}

std::string call_in_words(const Json& row, std::size_t index) {
  const auto operation = json::string_at(row, "operation");
  const std::string what = operation ? std::string(*operation)
                                     : text::cat(json::string_at(row, "method").value_or("?"), ' ',
                                                 json::string_at(row, "path").value_or("?"));
  return text::cat("call ", index + 1, " (`", what, "`)");
}

std::vector<std::string> literals_of(std::string_view sentence) {
  std::vector<std::string> found;
  const auto keep = [&](std::string_view value) {
    if (value.empty() || std::find(found.begin(), found.end(), value) != found.end()) return;
    found.emplace_back(value);
  };
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const char c = sentence[i];
    if (c == '#') {
      std::size_t end = i + 1;
      while (end < sentence.size() && text::is_digit(sentence[end])) ++end;
      keep(sentence.substr(i + 1, end - i - 1));
    } else if (c == '`' || c == '"') {
      const std::size_t end = sentence.find(c, i + 1);
      if (end == std::string_view::npos) break;
      keep(sentence.substr(i + 1, end - i - 1));
      i = end;
    }
  }
  return found;
}

}  // namespace pome::proof
