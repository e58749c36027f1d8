#include "core/redact/redact.h"

#include <algorithm>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json_scanner.h"
#include "core/base/json_writer.h"
#include "core/base/sort.h"
#include "core/base/text.h"

namespace pome::redact {
namespace {

constexpr std::string_view kOpen = "[REDACTED:";
constexpr std::string_view kNote = "[REDACTED-NOTE: ";

constexpr std::string_view kOtherOpen = "\xE2\x9F\xA6";   // U+27E6
constexpr std::string_view kOtherClose = "\xE2\x9F\xA7";  // U+27E7

bool is_between(std::string_view value, std::string_view open, std::string_view close) {
  return value.size() >= open.size() + close.size() && value.substr(0, open.size()) == open &&
         value.substr(value.size() - close.size()) == close;
}

/// Ours, or the `[REDACTED]` of another recorder.
bool is_placeholder(std::string_view value) {
  return is_between(value, kOpen.substr(0, kOpen.size() - 1), "]") || is_between(value, kOtherOpen, kOtherClose);
}

/// One Braille character a byte (U+2800 and up): text that no criterion looks for.
std::string braille(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const unsigned byte = static_cast<unsigned char>(c);
    out.push_back('\xE2');
    out.push_back(static_cast<char>(0xA0U | (byte >> 6)));
    out.push_back(static_cast<char>(0x80U | (byte & 0x3FU)));
  }
  return out;
}

/// Sorted by position, with overlapping and touching-inside spans joined.
std::vector<Span> joined(std::vector<Span> spans) {
  sort_stably(spans, [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && span.begin < out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

/// Does `literal` occur in `text` reaching over one edge of `span`, and not over both?
bool crosses_an_edge(std::string_view text, const Span& span, std::string_view literal) {
  // Looked for near the span only: agents write these texts, and a look to their end for each span would be too long.
  const std::size_t first = span.begin > literal.size() ? span.begin - literal.size() : 0;
  const std::string_view near = text.substr(0, span.end + literal.size());
  for (std::size_t at = near.find(literal, first); at < span.end; at = near.find(literal, at + 1)) {
    const std::size_t end = at + literal.size();
    const bool inside = at >= span.begin && end <= span.end;
    const bool around = at <= span.begin && end >= span.end;
    if (end > span.begin && !inside && !around) return true;
  }
  return false;
}

}  // namespace

Redactor::Redactor(std::vector<std::string> known_values, std::vector<std::string> literals)
    : known_values_(known_values) {
  sort_stably(literals);
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  // Shortest first: a literal's own redaction may keep the shorter ones inside it.
  sort_stably(literals, [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  for (std::string& literal : literals) {
    if (literal.empty()) continue;
    std::string redacted = replace(literal, find_secrets(literal));
    literals_.push_back({std::move(literal), std::move(redacted)});
  }
}

std::vector<Span> Redactor::find_secrets(std::string_view text) const {
  std::vector<Span> spans = find_shapes(text);
  known_values_.find(text, spans);
  return joined(std::move(spans));
}

std::string Redactor::placeholder(std::string_view secret) const {
  const auto digest = hash::sha256(secret);
  const std::string_view bytes = encoding::bytes_view(digest).substr(0, 4);
  std::string kept;
  for (const Literal& literal : literals_) {
    if (literal.text != secret && text::contains(secret, literal.text)) kept.append(text::cat(' ', literal.redacted));
  }
  std::string plain = text::cat(kOpen, encoding::hex(bytes), kept, ']');
  for (const Literal& literal : literals_) {
    if (text::contains(secret, literal.text) || !text::contains(plain, literal.text)) continue;
    return text::cat(kOtherOpen, braille(bytes), kept, kOtherClose);
  }
  return plain;
}

std::string Redactor::replace(std::string_view text, const std::vector<Span>& spans) const {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  for (const Span& span : spans) {
    out.append(text.substr(at, span.begin - at));
    out.append(placeholder(text.substr(span.begin, span.end - span.begin)));
    at = span.end;
  }
  out.append(text.substr(at));
  return out;
}

std::string Redactor::notes(std::string_view text, const std::vector<Span>& spans) const {
  std::string out;
  for (const Literal& literal : literals_) {
    const auto crossed = [&](const Span& span) { return crosses_an_edge(text, span, literal.text); };
    if (std::any_of(spans.begin(), spans.end(), crossed)) out.append(text::cat(' ', kNote, literal.redacted, ']'));
  }
  return out;
}

std::string Redactor::text(std::string_view text) const {
  const std::vector<Span> spans = find_secrets(text);
  if (spans.empty()) return std::string(text);
  return replace(text, spans) + notes(text, spans);
}

std::string Redactor::sentence(std::string_view text) const { return replace(text, find_secrets(text)); }

std::string Redactor::json(std::string_view document) const {
  std::string out;
  out.reserve(document.size());
  JsonScanner scanner(document);
  std::size_t copied = 0;
  const auto put = [&](std::string_view replacement) {
    out.append(document.substr(copied, scanner.begin() - copied));
    append_json_string(out, replacement);
    copied = scanner.end();
  };
  bool secret = false;  // the member just named holds a secret
  for (;;) {
    const bool wholly = std::exchange(secret, false);
    const JsonScanner::Token token = wholly ? scanner.skip() : scanner.next();
    if (token == JsonScanner::Token::error) return text(document);
    if (token == JsonScanner::Token::end) break;
    const bool is_text = token == JsonScanner::Token::string || token == JsonScanner::Token::key;
    if (wholly && scanner.raw() != "null" && scanner.raw() != "\"\"") {
      const std::string value = is_text ? scanner.text() : std::string(scanner.raw());
      if (!is_placeholder(value)) put(placeholder(value));
    } else if (is_text) {
      const std::string value = scanner.text();
      secret = token == JsonScanner::Token::key && is_secret_name(value);
      const std::string redacted = text(value);
      if (redacted != value) put(redacted);
    }
  }
  out.append(document.substr(copied));
  return out;
}

}  // namespace pome::redact
