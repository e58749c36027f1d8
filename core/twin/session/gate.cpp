#include "core/twin/session/gate.h"

#include <limits>
#include <optional>

#include "core/auth/jwt.h"
#include "core/base/text.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/session/session.h"

namespace pome::twin {

http::Response refusal_response(Refusal refusal) {
  if (refusal == Refusal::no_token) return github::rest::requires_authentication();
  if (refusal == Refusal::bad_token) return github::rest::bad_credentials();
  return http::json_response(
      413, text::cat(R"({"message":"The request body is larger than )", kMaxRequestBody,
                     R"( bytes.","documentation_url":"https://docs.github.com/rest","status":"413"})"));
}

Gate::Admission Gate::admit(const http::Headers& headers, std::int64_t now_seconds) {
  const std::optional<std::string_view> header = headers.get("authorization");
  if (!header) return {Refusal::no_token, {}};
  if (!good_header_.empty() && now_seconds < good_until_ && text::constant_time_equal(*header, good_header_)) {
    return {Refusal::none, login_};
  }
  const std::optional<std::string> token = auth::token_of_authorization(*header);
  if (!token) return {Refusal::no_token, {}};
  const auth::Verified verified = auth::verify_token(*token, secret_, now_seconds);
  if (!verified.claims || verified.claims->sid != sid_) return {Refusal::bad_token, {}};
  good_header_ = std::string(*header);
  good_until_ = verified.claims->expires_at.value_or(std::numeric_limits<std::int64_t>::max());
  login_ = verified.claims->login.empty() ? std::string(kDefaultLogin) : verified.claims->login;
  return {Refusal::none, login_};
}

}  // namespace pome::twin
