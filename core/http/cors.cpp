#include "core/http/cors.h"

#include <string_view>

#include "core/base/text.h"

namespace pome::http {
namespace {

constexpr std::string_view kMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";
constexpr std::string_view kUsualHeaders = "Authorization, Content-Type, X-API-Key";
constexpr std::string_view kExposed =
    "ETag, Last-Modified, Link, Location, Retry-After, X-GitHub-Media-Type, X-GitHub-Request-Id, X-RateLimit-Limit, "
    "X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Resource, X-RateLimit-Used, X-Request-Id";
constexpr std::string_view kMaxAge = "7200";

/// A list of header names and nothing else: it is echoed into a header.
bool is_name_list(std::string_view list) {
  for (const char c : list) {
    if (!text::is_alpha(c) && !text::is_digit(c) && c != '-' && c != '_' && c != ',' && c != ' ') return false;
  }
  return !list.empty();
}

}  // namespace

std::optional<Response> cors_preflight(const Request& request) {
  if (request.method != "OPTIONS" || !request.headers.has("origin") ||
      !request.headers.has("access-control-request-method")) {
    return std::nullopt;
  }
  const std::string_view asked = request.headers.get("access-control-request-headers").value_or("");
  Response response{204, {}, {}};
  response.headers.add("access-control-allow-origin", "*");
  response.headers.add("access-control-allow-methods", kMethods);
  response.headers.add("access-control-allow-headers", is_name_list(asked) ? asked : kUsualHeaders);
  response.headers.add("access-control-max-age", kMaxAge);
  if (request.headers.has("access-control-request-private-network")) {
    response.headers.add("access-control-allow-private-network", "true");
  }
  response.headers.add("vary", "Origin, Access-Control-Request-Headers");
  return response;
}

void add_cors(bool has_origin, Response& response) {
  const std::string_view vary = response.headers.get("vary").value_or("");
  if (vary.empty()) {
    response.headers.add("vary", "Origin");
  } else if (!text::contains_ignore_case(vary, "origin")) {
    response.headers.set("vary", text::cat(vary, ", Origin"));
  }
  if (!has_origin) return;
  response.headers.set("access-control-allow-origin", "*");
  response.headers.set("access-control-expose-headers", kExposed);
}

}  // namespace pome::http
