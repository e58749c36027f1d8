#pragma once
#include "core/control/plane.h"

namespace pome::control {

inline constexpr std::string_view kCookieName = "pome_signin";
inline constexpr std::string_view kCookiePurpose = "cookie";

/// Who sent the request: the key's team, or the team of a page's cookie. Fails with `invalid_auth`, `revoked_key` or,
/// for a cookie from another origin, `forbidden`.
Result<Principal> authenticate(Plane& plane, const http::Request& request, std::int64_t now);

/// True when the request's Origin is this server itself.
bool is_same_origin(const Plane& plane, const http::Request& request);

}  // namespace pome::control
