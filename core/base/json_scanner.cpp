#include "core/base/json_scanner.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/base/text.h"

namespace pome {
namespace {

constexpr bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = text::lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10;
  return std::nullopt;
}

/// The four digits after "\u"; nothing when they are not hexadecimal.
std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto digit = hex_digit(text[i]);
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  return value;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(static_cast<unsigned char>(value))); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

char simple_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

/// Decodes the escape "uXXXX" (and a low surrogate behind it) at `at`; returns the position after it.
std::size_t append_unicode_escape(std::string& out, std::string_view body, std::size_t at) {
  std::uint32_t code = hex4(body.substr(at + 1)).value_or(0xFFFD);
  at += 5;
  const bool high = code >= 0xD800 && code < 0xDC00;
  const std::string_view rest = body.substr(std::min(at, body.size()));
  const auto low = high && rest.substr(0, 2) == "\\u" ? hex4(rest.substr(2)) : std::nullopt;
  if (low && *low >= 0xDC00 && *low < 0xE000) {
    code = 0x10000 + ((code - 0xD800) << 10) + (*low - 0xDC00);
    at += 6;
  } else if (code >= 0xD800 && code < 0xE000) {
    code = 0xFFFD;
  }
  append_utf8(out, code);
  return at;
}

/// Length of the string literal that starts `text`, quotes included; 0 when it is malformed.
std::size_t string_length(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') return i + 1;
    if (static_cast<unsigned char>(c) < 0x20) return 0;
    if (c != '\\') continue;
    if (++i == text.size()) return 0;
    if (text[i] == 'u' ? !hex4(text.substr(i + 1))
                       : std::string_view("\"\\/bfnrt").find(text[i]) == std::string_view::npos)
      return 0;
  }
  return 0;
}

/// Length of the number that starts `text`; 0 when it is malformed.
std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && text::is_digit(text[i])) ++i;
    return i - from;
  };
  if (i < text.size() && text[i] == '-') ++i;
  const bool zero = i < text.size() && text[i] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return 0;
  if (i < text.size() && text[i] == '.' && (++i, digits()) == 0) return 0;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return 0;
  }
  return i;
}

std::size_t word_length(std::string_view text) {
  for (const std::string_view word : {std::string_view("true"), std::string_view("false"), std::string_view("null")}) {
    if (text.substr(0, word.size()) == word) return word.size();
  }
  return 0;
}

}  // namespace

void JsonScanner::skip_space() {
  while (at_ < text_.size() && is_json_space(text_[at_])) ++at_;
}

JsonScanner::Token JsonScanner::failed() {
  failed_ = true;
  return Token::error;
}

JsonScanner::Token JsonScanner::open(bool object) {
  if (depth_ == in_object_.size()) return failed();
  in_object_[depth_++] = object;
  end_ = ++at_;
  expect_ = object ? Expect::key_or_end : Expect::value_or_end;
  return object ? Token::begin_object : Token::begin_array;
}

JsonScanner::Token JsonScanner::close(bool object) {
  const bool may_end =
      expect_ == Expect::comma_or_end || expect_ == Expect::value_or_end || expect_ == Expect::key_or_end;
  if (!may_end || depth_ == 0 || in_object_[depth_ - 1] != object) return failed();
  --depth_;
  end_ = ++at_;
  value_is_over();
  return object ? Token::end_object : Token::end_array;
}

JsonScanner::Token JsonScanner::key() {
  const std::size_t length = text_[at_] == '"' ? string_length(text_.substr(at_)) : 0;
  if (length == 0) return failed();
  end_ = at_ + length;
  at_ = end_;
  skip_space();
  if (at_ == text_.size() || text_[at_] != ':') return failed();
  ++at_;
  expect_ = Expect::value;
  return Token::key;
}

JsonScanner::Token JsonScanner::scalar(std::size_t length, Token token) {
  if (length == 0) return failed();
  at_ += length;
  end_ = at_;
  value_is_over();
  return token;
}

JsonScanner::Token JsonScanner::next() {
  if (failed_) return Token::error;
  skip_space();
  if (at_ < text_.size() && text_[at_] == ',' && expect_ == Expect::comma_or_end) {
    expect_ = in_object_[depth_ - 1] ? Expect::key : Expect::value;
    ++at_;
    skip_space();
  }
  begin_ = at_;
  end_ = at_;
  if (at_ == text_.size()) return depth_ == 0 && expect_ == Expect::value ? Token::end : failed();
  const char c = text_[at_];
  if (c == '}' || c == ']') return close(c == '}');
  if (expect_ == Expect::comma_or_end) return failed();
  if (expect_ == Expect::key || expect_ == Expect::key_or_end) return key();
  if (c == '{' || c == '[') return open(c == '{');
  const std::string_view rest = text_.substr(at_);
  if (c == '"') return scalar(string_length(rest), Token::string);
  if (c == '-' || text::is_digit(c)) return scalar(number_length(rest), Token::number);
  return scalar(word_length(rest), Token::literal);
}

JsonScanner::Token JsonScanner::skip() {
  const Token first = next();
  if (first != Token::begin_object && first != Token::begin_array) return first;
  const std::size_t begin = begin_;
  const std::size_t outside = depth_ - 1;
  while (depth_ > outside) {
    if (next() == Token::error) return Token::error;
  }
  begin_ = begin;
  return first;
}

std::string JsonScanner::text() const {
  const std::string_view body = raw().substr(1, raw().size() - 2);
  if (body.find('\\') == std::string_view::npos) return std::string(body);
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] != '\\') {
      out.push_back(body[i++]);
    } else if (body[i + 1] == 'u') {
      i = append_unicode_escape(out, body, i + 1);
    } else {
      out.push_back(simple_escape(body[i + 1]));
      i += 2;
    }
  }
  return out;
}

}  // namespace pome
