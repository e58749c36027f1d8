#include "core/redact/shapes.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace pome::redact {
namespace {

enum class Body { alnum, word, word_dash, alnum_dash, upper_digit, alnum_slash };

bool accepts(Body body, char c) {
  const bool digit = text::is_digit(c);
  switch (body) {
    case Body::alnum:
      return digit || text::is_alpha(c);
    case Body::word:
      return digit || text::is_alpha(c) || c == '_';
    case Body::word_dash:
      return digit || text::is_alpha(c) || c == '_' || c == '-';
    case Body::alnum_dash:
      return digit || text::is_alpha(c) || c == '-';
    case Body::upper_digit:
      return digit || (c >= 'A' && c <= 'Z');
    case Body::alnum_slash:
      return digit || text::is_alpha(c) || c == '/';
  }
  return false;
}

struct Shape {
  std::string_view prefix;
  Body body;
  std::size_t least;         ///< characters after the prefix
  bool needs_digit = false;  ///< short prefixes that also start ordinary identifiers
};

constexpr Shape kShapes[] = {
    {"redaction_fixture_secret_", Body::word_dash, 8},
    {"sk-", Body::word_dash, 20},
    {"sk_test_", Body::word, 4},
    {"sk_live_", Body::word, 4},
    {"rk_test_", Body::word, 4},
    {"rk_live_", Body::word, 4},
    {"ghp_pome_", Body::word_dash, 8},
    {"github_pat_pome_", Body::word_dash, 8},
    {"ghp_", Body::alnum, 36},
    {"gho_", Body::alnum, 36},
    {"ghu_", Body::alnum, 36},
    {"ghs_", Body::alnum, 36},
    {"ghr_", Body::alnum, 36},
    {"github_pat_", Body::word, 20},
    {"xoxa-", Body::alnum_dash, 20},
    {"xoxb-", Body::alnum_dash, 20},
    {"xoxe-", Body::alnum_dash, 20},
    {"xoxo-", Body::alnum_dash, 20},
    {"xoxp-", Body::alnum_dash, 20},
    {"xoxr-", Body::alnum_dash, 20},
    {"xoxs-", Body::alnum_dash, 20},
    {"xapp-", Body::alnum_dash, 10},
    {"pme_", Body::word_dash, 20},
    {"pk_", Body::word_dash, 20, true},
    {"rk_", Body::word_dash, 20, true},
    {"AIza", Body::word_dash, 20},
    {"AKIA", Body::upper_digit, 16},
    {"ASIA", Body::upper_digit, 16},
    {"ya29.", Body::word_dash, 20},
    {"https://hooks.slack.com/services/", Body::alnum_slash, 10},
};

constexpr std::array<std::string_view, 18> kSecretNames = {
    "access_token", "agent_token",    "anthropic_api_key", "api_key",     "authorization",       "client_secret",
    "cookie",       "openai_api_key", "password",          "private_key", "proxy_authorization", "refresh_token",
    "secret",       "session_token",  "set_cookie",        "token",       "webhook_secret",      "x_api_key"};

std::size_t run_length(Body body, std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && accepts(body, text[length])) ++length;
  return length;
}

struct Token {
  std::size_t length = 0;  ///< 0: no token
  std::size_t dead = 0;    ///< bytes in which no token can start either
};

/// The table's shape that starts `text`. `dead` is said of the shapes that need a digit, which are skipped when
/// `digits` is false.
Token table_shape(std::string_view text, bool digits) {
  for (const Shape& shape : kShapes) {
    if (text.substr(0, shape.prefix.size()) != shape.prefix || (shape.needs_digit && !digits)) continue;
    const std::string_view body = text.substr(shape.prefix.size());
    const std::size_t length = run_length(shape.body, body);
    if (length < shape.least) continue;
    const std::string_view found = body.substr(0, length);
    const std::size_t end = shape.prefix.size() + length;
    if (shape.needs_digit && std::none_of(found.begin(), found.end(), text::is_digit)) return {0, end};
    return {end, 0};
  }
  return {};
}

/// `eyJ....eyJ....signature`, with Pome's `edt_` before it or not.
Token json_web_token(std::string_view text) {
  constexpr std::size_t kLeast = 5;
  const std::size_t prefix = text.substr(0, 4) == "edt_" ? 4 : 0;
  if (text.substr(prefix, 3) != "eyJ") return {};
  std::size_t at = prefix;
  for (int part = 0; part < 3; ++part) {
    const std::size_t length = run_length(Body::word_dash, text.substr(at));
    at += length;
    if (length < kLeast) return {0, part == 0 ? at : 0};
    if (part == 2) break;
    if (at == text.size() || text[at] != '.') return {0, part == 0 ? at : 0};
    ++at;
  }
  return {at, 0};
}

/// A PEM block; without its end line it reaches to the first character that no such block has, so that a scenario which
/// merely quotes a first line keeps what follows.
std::size_t pem_length(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  if (text.substr(0, kBegin.size()) != kBegin) return 0;
  const std::size_t label_end = text.substr(0, kBegin.size() + 64).find("-----", kBegin.size());
  if (label_end == std::string_view::npos) return 0;
  const std::string_view label = text.substr(kBegin.size(), label_end - kBegin.size());
  if (!std::all_of(label.begin(), label.end(), [](char c) { return accepts(Body::upper_digit, c) || c == ' '; }))
    return 0;
  const std::string end_line = text::cat("-----END ", label, "-----");
  const std::string_view block = text.substr(0, text.find_first_of("\"`[]{}#", label_end));
  const std::size_t end = block.find(end_line, label_end);
  return end == std::string_view::npos ? block.size() : end + end_line.size();
}

bool starts_word(std::string_view text, std::size_t at) { return at == 0 || !accepts(Body::word, text[at - 1]); }

/// First characters of all shapes: most positions are passed over by one look here.
bool may_start(char c) {
  constexpr std::string_view kFirst = "rsgxpAyhe";
  return kFirst.find(c) != std::string_view::npos;
}

}  // namespace

std::vector<Span> find_shapes(std::string_view text) {
  std::vector<Span> spans;
  std::size_t no_token_before = 0;
  std::size_t no_digit_before = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const std::string_view rest = text.substr(at);
    if (rest.front() == '-') {
      length = pem_length(rest);
    } else if (may_start(rest.front())) {
      if (starts_word(text, at)) {
        const Token shape = table_shape(rest, at >= no_digit_before);
        length = shape.length;
        if (shape.dead > 0) no_digit_before = at + shape.dead;
      }
      if (rest.front() == 'e' && at >= no_token_before) {
        const Token token = json_web_token(rest);
        length = token.length;
        no_token_before = at + token.dead;
      }
    }
    if (length > 0) spans.push_back({at, at + length});
    at += std::max<std::size_t>(length, 1);
  }
  return spans;
}

bool is_secret_name(std::string_view name) {
  if (name.size() > 24) return false;
  std::string folded = text::to_lower(name);
  std::replace(folded.begin(), folded.end(), '-', '_');
  return std::binary_search(kSecretNames.begin(), kSecretNames.end(), std::string_view(folded));
}

}  // namespace pome::redact
