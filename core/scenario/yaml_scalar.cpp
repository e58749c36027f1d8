#include "core/scenario/yaml_scalar.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "core/base/text.h"

namespace pome::scenario::yaml {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> options) {
  return std::find(options.begin(), options.end(), text) != options.end();
}

std::size_t digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && text::is_digit(text[count])) ++count;
  return count;
}

int hex_digit(char c) {
  if (text::is_digit(c)) return c - '0';
  const char low = text::lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// The digits after "0x" or "0o", or nothing when there is another character or the value does not fit.
std::optional<std::int64_t> based_integer(std::string_view text, int base) {
  std::int64_t value = 0;
  for (const char c : text) {
    const int digit = hex_digit(c);
    if (digit < 0 || digit >= base || value > (std::numeric_limits<std::int64_t>::max() - digit) / base)
      return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

bool all_digits_of_base(std::string_view text, int base) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [base](char c) {
    const int digit = hex_digit(c);
    return digit >= 0 && digit < base;
  });
}

/// A float of the core schema rewritten as a JSON number ("+.5" to "0.5"), or nothing when it is none.
std::optional<std::string> as_json_number(std::string_view text) {
  std::string out;
  if (text.starts_with('+') || text.starts_with('-')) {
    if (text.front() == '-') out = "-";
    text.remove_prefix(1);
  }
  const std::size_t whole = digits(text);
  std::string_view integer = text.substr(0, whole);
  text.remove_prefix(whole);
  while (integer.size() > 1 && integer.front() == '0') integer.remove_prefix(1);
  out += integer.empty() ? "0" : integer;
  std::size_t fraction = 0;
  const bool point = text.starts_with('.');
  if (point) {
    text.remove_prefix(1);
    fraction = digits(text);
    if (fraction > 0) (out += ".") += text.substr(0, fraction);
    text.remove_prefix(fraction);
  }
  if (whole + fraction == 0) return std::nullopt;
  if (text.empty()) return point ? std::optional(out) : std::nullopt;
  if (text::lower(text.front()) != 'e') return std::nullopt;
  std::string_view exponent = text.substr(1);
  if (exponent.starts_with('+') || exponent.starts_with('-')) exponent.remove_prefix(1);
  if (exponent.empty() || digits(exponent) != exponent.size()) return std::nullopt;
  return out += text;
}

ScalarProblem bad_number(std::string_view source) {
  return {"yaml-number", text::cat("The number ", source, " cannot be represented."),
          "Use a smaller number, or quote it.", 0};
}

ScalarProblem resolve_number(std::string_view source, Node& node) {
  const std::string_view unsigned_part = source.starts_with('+') || source.starts_with('-') ? source.substr(1) : source;
  const bool decimal = !unsigned_part.empty() && digits(unsigned_part) == unsigned_part.size();
  const int base = source.starts_with("0x") ? 16 : source.starts_with("0o") ? 8 : 10;
  const bool based = base != 10 && all_digits_of_base(source.substr(2), base);
  if (decimal || based) {
    const std::string_view body = source.starts_with('+') ? unsigned_part : source;
    const std::optional<std::int64_t> value = based ? based_integer(source.substr(2), base) : text::to_integer(body);
    if (!value) return bad_number(source);
    node.kind = Node::Kind::integer;
    node.integer = *value;
    node.number = static_cast<double>(*value);
    return {};
  }
  if (is_one_of(text::to_lower(unsigned_part), {".inf"}) || is_one_of(source, {".nan", ".NaN", ".NAN"})) {
    const bool known = is_one_of(unsigned_part, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"});
    if (known) return bad_number(source);
  }
  const std::optional<std::string> number = as_json_number(source);
  if (!number) return {};
  const Result<Json> parsed = json::parse(*number);
  if (!parsed) return bad_number(source);
  node.kind = Node::Kind::number;
  node.number = parsed->get<double>();
  return {};
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto push = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return push(code);
  if (code < 0x800) {
    push(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    push(0xE0 | code >> 12);
    push(0x80 | (code >> 6 & 0x3F));
  } else {
    push(0xF0 | code >> 18);
    push(0x80 | (code >> 12 & 0x3F));
    push(0x80 | (code >> 6 & 0x3F));
  }
  push(0x80 | (code & 0x3F));
}

std::optional<std::uint32_t> hex_value(std::string_view text, std::size_t width) {
  if (text.size() < width || !all_digits_of_base(text.substr(0, width), 16)) return std::nullopt;
  return static_cast<std::uint32_t>(*based_integer(text.substr(0, width), 16));
}

/// Reads what follows a backslash; returns the number of bytes used, 0 when the escape is unknown.
std::size_t read_escape(std::string_view rest, std::string& out) {
  constexpr std::string_view kNames = "0abt\tnvfre \"/\\";
  constexpr std::string_view kValues("\0\a\b\t\t\n\v\f\r\x1b \"/\\", 14);
  if (rest.empty()) return 0;
  if (const std::size_t at = kNames.find(rest.front()); at != std::string_view::npos) {
    out.push_back(kValues[at]);
    return 1;
  }
  if (rest.front() == 'N' || rest.front() == '_' || rest.front() == 'L' || rest.front() == 'P') {
    append_utf8(out, rest.front() == 'N' ? 0x85 : rest.front() == '_' ? 0xA0 : rest.front() == 'L' ? 0x2028 : 0x2029);
    return 1;
  }
  const std::size_t width = rest.front() == 'x' ? 2 : rest.front() == 'u' ? 4 : rest.front() == 'U' ? 8 : 0;
  const std::optional<std::uint32_t> code = width > 0 ? hex_value(rest.substr(1), width) : std::nullopt;
  if (!code || *code > 0x10FFFF) return 0;
  std::size_t used = width + 1;
  std::uint32_t point = *code;
  if (point >= 0xD800 && point < 0xDC00 && width == 4 && rest.substr(used).starts_with("\\u")) {
    const std::optional<std::uint32_t> low = hex_value(rest.substr(used + 2), 4);
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (*low - 0xDC00);
      used += 6;
    }
  }
  if (point >= 0xD800 && point < 0xE000) return 0;
  append_utf8(out, point);
  return used;
}

}  // namespace

ScalarProblem resolve_plain(std::string_view source, Node& node) {
  node.text = std::string(source);
  if (is_one_of(source, {"", "~", "null", "Null", "NULL"})) {
    node.kind = Node::Kind::null;
  } else if (is_one_of(source, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    node.kind = Node::Kind::boolean;
    node.boolean = text::lower(source.front()) == 't';
  } else {
    node.kind = Node::Kind::string;
    return resolve_number(source, node);
  }
  return {};
}

ScalarProblem read_quoted(std::string_view source, std::string& value, std::size_t& width) {
  const char quote = source.front();
  std::size_t i = 1;
  while (i < source.size() && source[i] != '\n') {
    const char c = source[i];
    if (c == quote) {
      if (quote == '"' || i + 1 == source.size() || source[i + 1] != '\'') {
        width = i + 1;
        return {};
      }
      value.push_back('\'');
      i += 2;
    } else if (c == '\\' && quote == '"') {
      const std::size_t used = read_escape(source.substr(i + 1), value);
      if (used == 0) {
        return {"yaml-escape", "This escape sequence is not known.",
                "Write \\\\ for a backslash, or use single quotes.", i};
      }
      i += used + 1;
    } else {
      value.push_back(c);
      ++i;
    }
  }
  return {"yaml-quote", "The quoted text does not end on this line.", "Close the quote; use \\n for a line break.", 0};
}

}  // namespace pome::scenario::yaml
