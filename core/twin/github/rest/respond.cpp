#include "core/twin/github/rest/respond.h"

#include <utility>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/rest/conditional.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/nearby.h"
#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::string_view kApiVersion = "2022-11-28";
constexpr std::string_view kExposed =
    "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, "
    "X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, "
    "X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset";

struct FixedHeader {
  std::string_view name;
  std::string_view value;
};

constexpr FixedHeader kEverywhere[] = {
    {"access-control-allow-origin", "*"},
    {"access-control-expose-headers", kExposed},
    {"content-security-policy", "default-src 'none'"},
    {"referrer-policy", "origin-when-cross-origin, strict-origin-when-cross-origin"},
    {"strict-transport-security", "max-age=31536000; includeSubdomains; preload"},
    {"vary", "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With"},
    {"x-content-type-options", "nosniff"},
    {"x-frame-options", "deny"},
    {"x-xss-protection", "0"},
    {"x-github-api-version-selected", kApiVersion},
    {"x-oauth-scopes", "repo, user"},
};

void add_common(http::Headers& headers, const Call& call, const Route* route, const RateLimit& rate) {
  for (const FixedHeader& header : kEverywhere) headers.add(header.name, header.value);
  if (route && route->access != Access::account) headers.add("x-accepted-oauth-scopes", "repo");
  headers.add("x-ratelimit-limit", text::cat(rate.limit));
  headers.add("x-ratelimit-remaining", text::cat(rate.remaining()));
  headers.add("x-ratelimit-used", text::cat(rate.used));
  headers.add("x-ratelimit-reset", text::cat(rate.reset));
  headers.add("x-ratelimit-resource", "core");
  headers.add("x-github-request-id", github_request_id(call));
}

http::Response begin_response(const Call& call, const Route* route, const RateLimit& rate, int status) {
  constexpr std::size_t kTypicalHeaders = 30;
  constexpr std::size_t kTypicalBytes = 2048;
  http::Response response;
  response.status = status;
  response.headers.reserve(kTypicalHeaders, kTypicalBytes);
  add_common(response.headers, call, route, rate);
  return response;
}

bool is_read(const Call& call) { return call.request.method == "GET" || call.request.method == "HEAD"; }

void set_body(http::Response& response, const Call& call, std::string_view content_type, std::string body) {
  response.headers.add("content-type", content_type);
  if (call.request.method != "HEAD") response.body = std::move(body);
}

http::Response refuse(const Call& call, const Route* route, const RateLimit& rate, const ApiError& error) {
  http::Response response = begin_response(call, route, rate, error.status);
  response.headers.add("x-github-media-type", "github.v3; format=json");
  const std::string docs =
      route && !route->docs.empty() ? text::cat(errors::kDocs, "/", route->docs) : std::string(errors::kDocs);
  set_body(response, call, kJsonType, errors::render(error, docs));
  return response;
}

}  // namespace

/// Groups of hexadecimal digits, as GitHub prints request ids.
std::string github_request_id(const Call& call) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const std::uint64_t first = hash::fast64(call.request.path, call.calls_before + 1);
  const std::uint64_t second = hash::fast64(call.request.method, first);
  std::string out;
  out.reserve(36);
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 10) out.push_back(':');
    out.push_back(kDigits[(first >> (60 - 4 * i)) & 15]);
  }
  for (int i = 0; i < 16; ++i) {
    if (i == 0 || i == 8) out.push_back(':');
    out.push_back(kDigits[(second >> (60 - 4 * i)) & 15]);
  }
  return out;
}

http::Response respond(const Call& call, const Route* route, const RateLimit& rate, Reply reply) {
  if (const ApiError* error = reply.error()) return refuse(call, route, rate, *error);
  Answer& answer = reply.answer();
  const bool read = is_read(call);
  const bool tagged = !answer.body.empty() || answer.content_type != kJsonType;
  const std::string tag =
      tagged ? entity_tag(answer.body, read ? TagStrength::weak : TagStrength::strong) : std::string();
  const bool current = read && tagged && is_current(call.request.headers, tag, answer.modified_at);
  http::Response response = begin_response(call, route, rate, current ? 304 : answer.status);
  http::Headers& headers = response.headers;
  headers.add("x-github-media-type", answer.media_type.empty()
                                         ? std::string("github.v3; format=json")
                                         : text::cat("github.v3; param=", answer.media_type, "; format=json"));
  if (tagged) {
    headers.add("etag", tag);
    headers.add("cache-control", "private, max-age=60, s-maxage=60");
  }
  if (read && answer.modified_at != 0) headers.add("last-modified", time::http_date(answer.modified_at));
  if (!answer.link.empty()) headers.add("link", answer.link);
  if (!answer.location.empty()) headers.add("location", answer.location);
  if (!answer.disposition.empty()) headers.add("content-disposition", answer.disposition);
  if (tagged && !current) set_body(response, call, answer.content_type, std::move(answer.body));
  return response;
}

http::Response respond_unsupported(const Call& call, const RateLimit& rate) {
  http::Response response = begin_response(call, nullptr, rate, 501);
  set_body(response, call, kJsonType,
           errors::render_unsupported(call.request.method, call.request.path,
                                      nearby_routes(all_routes(), call.request.path)));
  return response;
}

}  // namespace pome::twin::github::rest
