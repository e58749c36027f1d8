#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Session tokens: JSON Web Tokens (RFC 7519), HS256 only, and the provider-shaped `ghp_pome_...` form.
namespace pome::auth {

struct Claims {
  std::string sid;  ///< the session the token opens
  std::string team_id;
  std::string login;                       ///< the actor on the twin; empty = the twin's default login
  std::optional<std::int64_t> expires_at;  ///< epoch seconds (`exp`)

  bool operator==(const Claims&) const = default;
};

std::string sign_jwt(const Claims& claims, std::string_view secret);

enum class TokenError { malformed, bad_signature, expired };

struct Verified {
  std::optional<Claims> claims;  ///< set when the token is good
  TokenError error = TokenError::malformed;
};

/// Verifies a JWT (with or without the `edt_` prefix) or a provider-shaped token (`ghp_pome_`, `github_pat_pome_`).
/// `alg` is pinned to HS256; the signature is compared in constant time; `exp`, `nbf` are enforced.
Verified verify_token(std::string_view token, std::string_view secret, std::int64_t now_seconds);

/// `ghp_pome_<base64url(sid)>_<exp>_<first 22 characters of base64url(HMAC-SHA256(secret, "github:<sid>:<exp>"))>`.
std::string sign_github_token(std::string_view sid, std::optional<std::int64_t> expires_at, std::string_view secret);

/// The token in an Authorization header in every spelling real clients use: `Bearer x`, `bearer x`, `token x`, and
/// `Basic base64(user:x)` or `Basic base64(x:x-oauth-basic)`. Nothing when the header carries none.
std::optional<std::string> token_of_authorization(std::string_view header);

}  // namespace pome::auth
