#include <optional>
#include <string>
#include <string_view>

#include "core/auth/jwt.h"
#include "core/base/encoding.h"
#include "core/base/text.h"

namespace pome::auth {
namespace {

/// The placeholder password of GitHub's older Basic convention: the token is the user name then.
constexpr std::string_view kOauthBasic = "x-oauth-basic";

std::optional<std::string> non_empty(std::string_view token) {
  if (token.empty()) return std::nullopt;
  return std::string(token);
}

std::optional<std::string> token_of_basic(std::string_view credentials) {
  const std::optional<std::string> pair = encoding::from_base64(credentials);
  if (!pair) return std::nullopt;
  const std::size_t colon = pair->find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string_view user = std::string_view(*pair).substr(0, colon);
  const std::string_view password = std::string_view(*pair).substr(colon + 1);
  return non_empty(password.empty() || password == kOauthBasic ? user : password);
}

}  // namespace

std::optional<std::string> token_of_authorization(std::string_view header) {
  header = text::trim(header);
  std::size_t end = 0;
  while (end < header.size() && !text::is_space(header[end])) ++end;
  const std::string_view scheme = header.substr(0, end);
  const std::string_view credentials = text::trim(header.substr(end));
  if (text::equals_ignore_case(scheme, "bearer") || text::equals_ignore_case(scheme, "token"))
    return non_empty(credentials);
  if (text::equals_ignore_case(scheme, "basic")) return token_of_basic(credentials);
  return std::nullopt;
}

}  // namespace pome::auth
