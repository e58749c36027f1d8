#include "core/redact/known_values.h"

#include <algorithm>

#include "core/base/encoding.h"
#include "core/base/text.h"

namespace pome::redact {
namespace {

constexpr std::size_t kLeast = 8;

/// The characters of base64 text that `value` alone decides when `before` other bytes (0..2) stand in its first group.
std::string base64_core(std::string_view value, std::size_t before, bool url) {
  const std::string padded = std::string(before, '\0') + std::string(value);
  const std::string encoded = url ? encoding::base64url(padded) : encoding::base64(padded);
  const std::size_t begin = (before * 8 + 5) / 6;
  const std::size_t end = padded.size() * 8 / 6;
  return encoded.substr(begin, end - begin);
}

std::string with_lower_hex(std::string encoded) {
  for (std::size_t i = 0; i + 2 < encoded.size(); ++i) {
    if (encoded[i] != '%') continue;
    encoded[i + 1] = text::lower(encoded[i + 1]);
    encoded[i + 2] = text::lower(encoded[i + 2]);
  }
  return encoded;
}

bool is_base64(char c) {
  return text::is_alpha(c) || text::is_digit(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

}  // namespace

KnownValues::KnownValues(const std::vector<std::string>& values) {
  const auto add = [this](std::string pattern, bool base64) {
    const auto same = [&](const Pattern& other) { return other.text == pattern; };
    if (pattern.size() < kLeast || std::any_of(patterns_.begin(), patterns_.end(), same)) return;
    patterns_.push_back({std::move(pattern), base64});
  };
  for (const std::string& value : values) {
    if (value.size() < kLeast) continue;
    add(value, false);
    add(text::percent_encode(value), false);
    add(with_lower_hex(text::percent_encode(value)), false);
    for (std::size_t before = 0; before < 3; ++before) {
      add(base64_core(value, before, false), true);
      add(base64_core(value, before, true), true);
    }
  }
}

void KnownValues::find(std::string_view text, std::vector<Span>& spans) const {
  for (const Pattern& pattern : patterns_) {
    std::size_t from = 0;
    while ((from = text.find(pattern.text, from)) != std::string_view::npos) {
      Span span = {from, from + pattern.text.size()};
      while (pattern.base64 && span.begin > 0 && is_base64(text[span.begin - 1])) --span.begin;
      while (pattern.base64 && span.end < text.size() && (is_base64(text[span.end]) || text[span.end] == '='))
        ++span.end;
      from = span.end;
      spans.push_back(span);
    }
  }
}

}  // namespace pome::redact
