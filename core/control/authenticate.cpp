#include "core/control/authenticate.h"

#include "core/auth/jwt.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/control/signed_value.h"

namespace pome::control {
namespace {

/// The key in `x-api-key`, or as a bearer token.
std::optional<std::string> key_of(const http::Request& request) {
  if (const auto header = request.headers.get("x-api-key")) return std::string(text::trim(*header));
  return auth::token_of_authorization(request.headers.get("authorization").value_or(""));
}

std::optional<std::string_view> cookie_of(const http::Request& request) {
  for (const http::Header header : request.headers) {
    if (!text::equals_ignore_case(header.name, "cookie")) continue;
    for (std::string_view pair : text::split(header.value, ';')) {
      pair = text::trim(pair);
      if (pair.starts_with(kCookieName) && pair.substr(kCookieName.size()).starts_with('=')) {
        return pair.substr(kCookieName.size() + 1);
      }
    }
  }
  return std::nullopt;
}

Result<Team> team_of(Plane& plane, std::string_view id) {
  POME_TRY(std::optional<Team> team, plane.store.team(id));
  if (!team) return fail(kInvalidAuth, "The team of this key does not exist any more.");
  return *std::move(team);
}

Result<Principal> by_key(Plane& plane, std::string key) {
  const std::string hash = hash::sha256_hex(key);
  POME_TRY(std::optional<ApiKey> row, plane.store.key_by_hash(hash));
  if (!row || !text::constant_time_equal(row->hash, hash)) {
    return fail(kInvalidAuth, "This API key is not known here. Check POME_API_KEY, or run `pome login` again.");
  }
  if (row->revoked) return fail(kRevokedKey, "This API key was revoked. Run `pome login` to get a new one.");
  POME_TRY(Team team, team_of(plane, row->team_id));
  return Principal{std::move(team), std::move(row), std::move(key)};
}

Result<Principal> by_cookie(Plane& plane, const http::Request& request, std::string_view cookie, std::int64_t now) {
  const std::optional<std::string> team_id = open_value(kCookiePurpose, cookie, now, plane.config.signing_secret);
  if (!team_id) return fail(kInvalidAuth, "Your sign-in is over. Open a fresh link from `pome serve`.");
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (!reads && !is_same_origin(plane, request)) {
    return fail(kForbidden, "A signed-in page may change things only from this server's own origin.");
  }
  POME_TRY(Team team, team_of(plane, *team_id));
  return Principal{std::move(team), std::nullopt, {}};
}

}  // namespace

bool is_same_origin(const Plane& plane, const http::Request& request) {
  const std::string_view origin = request.headers.get("origin").value_or("");
  if (origin.empty()) return false;
  if (origin == plane.config.public_url) return true;
  // Another name of this server (localhost, 127.0.0.1): the listener has checked that Host is one of them.
  const std::size_t scheme = origin.find("://");
  return scheme != std::string_view::npos && origin.substr(scheme + 3) == request.headers.get("host").value_or("");
}

Result<Principal> authenticate(Plane& plane, const http::Request& request, std::int64_t now) {
  if (std::optional<std::string> key = key_of(request); key && !key->empty()) return by_key(plane, *std::move(key));
  if (const auto cookie = cookie_of(request)) return by_cookie(plane, request, *cookie, now);
  return fail(kInvalidAuth, "This needs an API key in the x-api-key header. Run `pome login`, or set POME_API_KEY.");
}

}  // namespace pome::control
