#include "core/base/json.h"

#include <cstddef>

#include "core/base/text.h"

namespace pome::json {
namespace {

/// The deepest nesting in `text`, counted without parsing; brackets inside strings do not count.
int nesting_depth(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') deepest = ++depth > deepest ? depth : deepest;
    if (c == '}' || c == ']') --depth;
  }
  return deepest;
}

/// Accepts everything and remembers where the parser stopped.
class ErrorPosition : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    position = at;
    return false;
  }
  std::size_t position = 0;
};

Error syntax_error(std::string_view text) {
  ErrorPosition handler;
  Json::sax_parse(text.begin(), text.end(), &handler);
  const std::size_t offset = handler.position == 0 ? 0 : handler.position - 1;
  const std::string_view before = text.substr(0, offset);
  std::size_t line = 1;
  for (const char c : before) line += c == '\n' ? 1 : 0;
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? before.size() + 1 : before.size() - start;
  const bool at_end = text::trim_right(text).size() <= before.size();
  std::string what = at_end ? std::string("the text ends too early")
                            : text::cat("unexpected text near \"", text::truncate_utf8(text.substr(offset), 12), "\"");
  return fail("bad-json", text::cat("line ", line, ", column ", column, ": ", what));
}

}  // namespace

Result<Json> parse(std::string_view text) {
  if (nesting_depth(text) > kMaxDepth)
    return fail("bad-json", text::cat("nesting is deeper than ", kMaxDepth, " levels"));
  if (!text::is_valid_utf8(text)) return fail("bad-json", "the text is not valid UTF-8");
  Json value = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return syntax_error(text);
  return value;
}

const Json& at(const Json& value, std::string_view key) {
  static const Json kNull;
  if (!value.is_object()) return kNull;
  const auto found = value.find(key);
  return found == value.end() ? kNull : *found;
}

std::optional<std::string_view> string_at(const Json& value, std::string_view key) {
  const Json& member = at(value, key);
  if (!member.is_string()) return std::nullopt;
  return std::string_view(member.get_ref<const std::string&>());
}

std::optional<std::int64_t> integer_at(const Json& value, std::string_view key) {
  const Json& member = at(value, key);
  if (!member.is_number_integer()) return std::nullopt;
  return member.get<std::int64_t>();
}

std::optional<bool> bool_at(const Json& value, std::string_view key) {
  const Json& member = at(value, key);
  if (!member.is_boolean()) return std::nullopt;
  return member.get<bool>();
}

std::string dump(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pome::json
