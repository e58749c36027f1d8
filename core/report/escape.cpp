#include "core/report/escape.h"

#include <cstdint>

#include "core/base/text.h"

namespace pome::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// The code point of a well-formed sequence.
std::uint32_t code_point(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence.front());
  if (sequence.size() == 1) return lead;
  std::uint32_t value = lead & (0xffU >> (sequence.size() + 1));
  for (const char c : sequence.substr(1)) value = value << 6 | (static_cast<unsigned char>(c) & 0x3fU);
  return value;
}

bool harmless(std::uint32_t point) {
  if (point < 0x20) return point == '\n' || point == '\t';
  if (point >= 0x7f && point < 0xa0) return false;
  const bool reorders = point == 0x200e || point == 0x200f || point == 0x061c || (point >= 0x202a && point <= 0x202e) ||
                        (point >= 0x2066 && point <= 0x2069);
  const bool ends_a_line = point == 0x2028 || point == 0x2029;
  return !reorders && !ends_a_line && (point & 0xfffeU) != 0xfffeU && !(point >= 0xfdd0 && point <= 0xfdef);
}

/// Replaces characters of `text` by what `replacement` gives for them; an empty answer keeps the character.
template <class Replacement>
std::string replaced(std::string_view text, Replacement replacement) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view instead = replacement(i);
    if (instead.empty()) {
      out.push_back(text[i]);
    } else {
      out.append(instead);
    }
  }
  return out;
}

std::string_view markup_entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// Markdown's own characters as references, which never are markup.
std::string markdown_text(std::string_view text) {
  return replaced(text, [&](std::size_t i) -> std::string_view {
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    const bool word_follows = text::is_alpha(next) || text::is_digit(next);
    switch (text[i]) {
      case '\\':
        return "&#92;";
      case '`':
        return "&#96;";
      case '*':
        return "&#42;";
      case '_':
        return "&#95;";
      case '[':
        return "&#91;";
      case ']':
        return "&#93;";
      case '|':
        return "&#124;";
      case '~':
        return "&#126;";
      case '$':
        return "&#36;";
      case '@':
        return word_follows ? "@&#8203;" : "";  // a break of no width: entities alone would still mention people
      case '#':
        return word_follows ? "#&#8203;" : "";
      case ':':
        return next == '/' || word_follows ? "&#58;" : "";  // a link, an :emoji:
      case '.':
        return i >= 3 && text::equals_ignore_case(text.substr(i - 3, 3), "www") ? "&#46;" : "";
      default:
        return markup_entity(text[i]);
    }
  });
}

/// `escape` for all of the text, with the parts between pairs of backticks in code elements.
template <class Escape>
std::string with_code(std::string_view text, Escape escape) {
  std::string out;
  while (true) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos || close == open + 1) return out + escape(text);
    out += escape(text.substr(0, open));
    text::append(out, "<code>", escape(text.substr(open + 1, close - open - 1)), "</code>");
    text.remove_prefix(close + 1);
  }
}

std::string_view percent_encoded(char c) {
  switch (c) {
    case '%':
      return "%25";
    case '\n':
      return "%0A";
    default:
      return {};
  }
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    const std::size_t length = text::utf8_sequence_length(text);
    const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
    out.append(length != 0 && harmless(code_point(sequence)) ? sequence : kReplacement);
    text.remove_prefix(sequence.size());
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : clean(text::trim(text))) {
    if (!text::is_space(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

std::string xml(std::string_view text) {
  const std::string safe = clean(text);
  return replaced(safe, [&](std::size_t i) -> std::string_view {
    if (safe[i] == '\n') return "&#10;";
    if (safe[i] == '\t') return "&#9;";
    return markup_entity(safe[i]);
  });
}

std::string html(std::string_view text) {
  const std::string safe = clean(text);
  return replaced(safe, [&](std::size_t i) { return markup_entity(safe[i]); });
}

std::string html_inline(std::string_view text) { return with_code(one_line(text), html); }

std::string json_in_html(std::string_view json) {
  return replaced(json, [&](std::size_t i) -> std::string_view { return json[i] == '<' ? "\\u003c" : ""; });
}

std::string markdown_inline(std::string_view text) { return with_code(one_line(text), markdown_text); }

std::string command_data(std::string_view text) {
  const std::string safe = clean(text);
  return replaced(safe, [&](std::size_t i) { return percent_encoded(safe[i]); });
}

std::string command_property(std::string_view text) {
  const std::string safe = clean(text);
  return replaced(safe, [&](std::size_t i) -> std::string_view {
    if (safe[i] == ':') return "%3A";
    if (safe[i] == ',') return "%2C";
    return percent_encoded(safe[i]);
  });
}

std::string uri_of(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  const std::string encoded = text::percent_encode(path, "/");
  return path.starts_with('/') ? "file://" + encoded : encoded;
}

std::string indented(std::string_view json, int levels) {
  return text::replace_all(std::string(json), "\n", "\n" + std::string(static_cast<std::size_t>(levels) * 2, ' '));
}

}  // namespace pome::report
