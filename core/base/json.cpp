#include "core/base/json.h"

#include <algorithm>
#include <cstddef>

#include "core/base/text.h"

namespace pome::json {
namespace {

/// Offset of the bracket that opens a level deeper than kMaxDepth, or npos; brackets inside strings do not count.
std::size_t too_deep_at(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if ((c == '{' || c == '[') && ++depth > kMaxDepth) return i;
    if (c == '}' || c == ']') --depth;
  }
  return std::string_view::npos;
}

std::size_t bad_utf8_at(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = text::utf8_sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
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

/// A glimpse of the text for a message: one line, a few characters.
std::string_view first_words(std::string_view text) {
  return text::truncate_utf8(text.substr(0, text.find('\n', 1)), 12);
}

Problem syntax_problem(std::string_view text) {
  ErrorPosition handler;
  Json::sax_parse(text.begin(), text.end(), &handler);
  Problem problem;
  problem.offset = std::min(handler.position == 0 ? 0 : handler.position - 1, text.size());
  if (text::trim_right(text).size() <= problem.offset) {
    problem.what = "the text ends too early";
  } else {
    problem.what = text::cat("unexpected text near \"", first_words(text.substr(problem.offset)), "\"");
  }
  return problem;
}

std::optional<Problem> problem_before_parsing(std::string_view text) {
  if (const std::size_t at = too_deep_at(text); at != std::string_view::npos) {
    return Problem{at, text::cat("nesting is deeper than ", kMaxDepth, " levels")};
  }
  if (!text::is_valid_utf8(text)) return Problem{bad_utf8_at(text), "the text is not valid UTF-8"};
  return std::nullopt;
}

Error as_error(std::string_view text, const Problem& problem) {
  const std::string_view before = text.substr(0, problem.offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? before.size() + 1 : before.size() - start;
  return fail("bad-json", text::cat("line ", static_cast<std::int64_t>(line), ", column ",
                                    static_cast<std::int64_t>(column), ": ", problem.what));
}

}  // namespace

std::optional<Problem> diagnose(std::string_view text) {
  if (std::optional<Problem> problem = problem_before_parsing(text)) return problem;
  if (Json::accept(text.begin(), text.end())) return std::nullopt;
  return syntax_problem(text);
}

Result<Json> parse(std::string_view text) {
  if (const std::optional<Problem> problem = problem_before_parsing(text)) return as_error(text, *problem);
  Json value = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return as_error(text, syntax_problem(text));
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
