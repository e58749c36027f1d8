#include "core/auth/jwt.h"

#include <array>
#include <limits>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"

namespace pome::auth {
namespace {

constexpr std::string_view kAgentPrefix = "edt_";
constexpr std::array<std::string_view, 2> kProviderPrefixes = {"ghp_pome_", "github_pat_pome_"};
constexpr std::size_t kProviderSignature = 22;  // characters
constexpr std::size_t kMaxExpiryDigits = 12;
constexpr std::int64_t kIssuedAtLeeway = 60;  // seconds the signer's clock may be ahead
constexpr std::size_t kMaxTokenBytes = 8192;

std::string signature(std::string_view secret, std::string_view data) {
  return encoding::base64url(encoding::bytes_view(hash::hmac_sha256(secret, data)));
}

Verified refuse(TokenError error) { return Verified{std::nullopt, error}; }

/// A NumericDate (RFC 7519 section 2): a JSON number, fractions allowed. `valid` is false for any other type.
struct NumericDate {
  bool valid = true;
  std::optional<std::int64_t> seconds;
};

NumericDate date_at(const Json& payload, std::string_view name) {
  const Json& value = json::at(payload, name);
  if (value.is_null()) return {};
  if (value.is_number_unsigned()) {
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto number = value.get<std::uint64_t>();
    return {true, static_cast<std::int64_t>(number < kMax ? number : kMax)};
  }
  if (value.is_number_integer()) return {true, value.get<std::int64_t>()};
  if (value.is_number_float()) {
    const double number = value.get<double>();
    constexpr double kLimit = 9.0e15;  // exactly representable, far beyond any date
    if (!(number > -kLimit)) return {true, -static_cast<std::int64_t>(kLimit)};
    return {true, static_cast<std::int64_t>(number < kLimit ? number : kLimit)};
  }
  return {false, std::nullopt};
}

/// True when the header names HS256 and asks for no extension this code does not know (`crit`).
bool good_header(std::string_view encoded) {
  const std::optional<std::string> text = encoding::from_base64url(encoded);
  if (!text) return false;
  const Result<Json> header = json::parse(*text);
  return header && json::string_at(*header, "alg") == "HS256" && json::at(*header, "crit").is_null();
}

Verified read_payload(std::string_view encoded, std::int64_t now) {
  const std::optional<std::string> text = encoding::from_base64url(encoded);
  if (!text) return refuse(TokenError::malformed);
  const Result<Json> payload = json::parse(*text);
  if (!payload) return refuse(TokenError::malformed);
  const NumericDate expires = date_at(*payload, "exp");
  const NumericDate not_before = date_at(*payload, "nbf");
  const NumericDate issued = date_at(*payload, "iat");
  const std::string_view sid = json::string_at(*payload, "sid").value_or("");
  if (!expires.valid || !not_before.valid || !issued.valid || sid.empty()) return refuse(TokenError::malformed);
  const bool over = expires.seconds && *expires.seconds <= now;
  const bool early =
      (not_before.seconds && *not_before.seconds > now) || (issued.seconds && *issued.seconds > now + kIssuedAtLeeway);
  if (over || early) return refuse(TokenError::expired);
  return Verified{Claims{std::string(sid), std::string(json::string_at(*payload, "team_id").value_or("")),
                         std::string(json::string_at(*payload, "login").value_or("")), expires.seconds}};
}

Verified verify_jwt(std::string_view token, std::string_view secret, std::int64_t now) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return refuse(TokenError::malformed);
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return refuse(TokenError::malformed);
  }
  if (!good_header(token.substr(0, first))) return refuse(TokenError::malformed);
  // Comparing the encoded form also refuses other spellings of the same signature bytes.
  if (!text::constant_time_equal(signature(secret, token.substr(0, second)), token.substr(second + 1))) {
    return refuse(TokenError::bad_signature);
  }
  return read_payload(token.substr(first + 1, second - first - 1), now);
}

std::string provider_signature(std::string_view sid, std::string_view expiry, std::string_view secret) {
  std::string data = text::cat("github:", sid);
  if (!expiry.empty()) data += text::cat(':', expiry);
  return signature(secret, data).substr(0, kProviderSignature);
}

/// The sid behind its canonical base64url form, or nothing.
std::optional<std::string> decode_sid(std::string_view encoded) {
  std::optional<std::string> sid = encoding::from_base64url(encoded);
  if (!sid || sid->empty() || encoding::base64url(*sid) != encoded) return std::nullopt;
  return sid;
}

bool is_expiry(std::string_view digits) {
  if (digits.empty() || digits.size() > kMaxExpiryDigits) return false;
  for (const char c : digits) {
    if (!text::is_digit(c)) return false;
  }
  return true;
}

Verified provider_claims(std::string sid, std::optional<std::int64_t> expires, std::int64_t now) {
  if (expires && *expires <= now) return refuse(TokenError::expired);
  return Verified{Claims{std::move(sid), "provider-shaped", "", expires}};
}

/// Read from the right: 22 characters of signature, then perhaps an expiry; base64url may contain "_" itself.
Verified verify_provider(std::string_view rest, std::string_view secret, std::int64_t now) {
  if (rest.size() < kProviderSignature + 2) return refuse(TokenError::malformed);
  const std::string_view given = rest.substr(rest.size() - kProviderSignature);
  rest.remove_suffix(kProviderSignature);
  if (rest.back() != '_') return refuse(TokenError::malformed);
  rest.remove_suffix(1);
  bool readable = false;
  const std::size_t bar = rest.rfind('_');
  if (bar != std::string_view::npos && is_expiry(rest.substr(bar + 1))) {
    const std::string_view expiry = rest.substr(bar + 1);
    std::optional<std::string> sid = decode_sid(rest.substr(0, bar));
    readable = sid.has_value();
    if (sid && text::constant_time_equal(provider_signature(*sid, expiry, secret), given)) {
      return provider_claims(*std::move(sid), text::to_integer(expiry), now);
    }
  }
  std::optional<std::string> sid = decode_sid(rest);
  if (!sid) return refuse(readable ? TokenError::bad_signature : TokenError::malformed);
  if (!text::constant_time_equal(provider_signature(*sid, {}, secret), given)) return refuse(TokenError::bad_signature);
  return provider_claims(*std::move(sid), std::nullopt, now);
}

}  // namespace

std::string sign_jwt(const Claims& claims, std::string_view secret) {
  std::string payload;
  JsonWriter writer(payload);
  writer.begin_object().field("sid", claims.sid).field("team_id", claims.team_id);
  if (!claims.login.empty()) writer.field("login", claims.login);
  if (claims.expires_at) writer.field("exp", *claims.expires_at);
  writer.end_object();
  const std::string data =
      text::cat(encoding::base64url(R"({"alg":"HS256","typ":"JWT"})"), '.', encoding::base64url(payload));
  return text::cat(data, '.', signature(secret, data));
}

Verified verify_token(std::string_view token, std::string_view secret, std::int64_t now_seconds) {
  if (secret.empty() || token.size() > kMaxTokenBytes) return refuse(TokenError::malformed);
  for (const std::string_view prefix : kProviderPrefixes) {
    if (token.starts_with(prefix)) return verify_provider(token.substr(prefix.size()), secret, now_seconds);
  }
  if (token.starts_with(kAgentPrefix)) token.remove_prefix(kAgentPrefix.size());
  return verify_jwt(token, secret, now_seconds);
}

std::string sign_github_token(std::string_view sid, std::optional<std::int64_t> expires_at, std::string_view secret) {
  std::string expiry;
  if (expires_at) text::append_integer(expiry, *expires_at);
  std::string token = text::cat(kProviderPrefixes[0], encoding::base64url(sid), '_');
  if (expires_at) token += text::cat(expiry, '_');
  return token + provider_signature(sid, expiry, secret);
}

}  // namespace pome::auth
