#include "core/control/control_plane.h"

#include <utility>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/control/authenticate.h"
#include "core/control/keys.h"
#include "core/control/login.h"
#include "core/control/plane.h"
#include "core/control/router.h"
#include "core/http/cors.h"

namespace pome::control {
namespace {

constexpr std::size_t kIdBytes = 12;
constexpr std::size_t kRequestIdBytes = 8;

Result<Json> json_body(const http::Request& request) {
  if (text::trim(request.body).empty()) return Json::object();
  Result<Json> body = json::parse(request.body);
  if (!body) return fail(kInvalid, text::cat("The body is not valid JSON: ", body.error().message, "."));
  if (!body->is_object()) return fail(kInvalid, "The body has to be a JSON object.");
  return body;
}

/// Which bucket of the rate limiter a request counts in. Callers without a key share one for each address, so that
/// nobody's sign-in attempts hold up somebody's uploads.
std::string caller_of(const Route& route, const Principal& principal) {
  if (principal.key) return principal.key->id;
  if (!principal.team.id.empty()) return text::cat("page/", principal.team.id);
  return text::cat("open", route.path);
}

Result<http::Response> run_route(Plane& plane, const http::Request& request, Match match, std::int64_t& retry_after) {
  const Route& route = *match.route;
  Call call{request, std::move(match.path), Json::object(), {}, plane.now()};
  if (route.access == Access::owner) {
    POME_TRY(call.principal, authenticate(plane, request, call.now));
  }
  retry_after = plane.limiter.take(caller_of(route, call.principal), call.now);
  if (retry_after > 0) {
    return fail(kRateLimited, text::cat("Too many requests. Try again in ", retry_after, " seconds."));
  }
  const std::size_t limit = route.max_body > 0 ? route.max_body : plane.config.max_upload_bytes;
  if (request.body.size() > limit) return fail(kTooLarge, text::cat("The body is larger than ", limit, " bytes."));
  if (route.body == Body::json) {
    POME_TRY(call.body, json_body(request));
  }
  return route.handler(plane, call);
}

http::Response answer(Plane& plane, const http::Request& request, std::string_view request_id) {
  Match match = find_route(request.method, request.path);
  if (!match.route) {
    if (match.allow.empty()) return error_response(fail(kNotFound, "There is nothing at this address."), request_id);
    http::Response response =
        error_response(fail(kMethodNotAllowed, text::cat("This address answers ", match.allow, ".")), request_id);
    response.headers.add("allow", match.allow);
    return response;
  }
  std::int64_t retry_after = 0;
  Result<http::Response> result = run_route(plane, request, std::move(match), retry_after);
  if (result) return std::move(result).value();
  http::Response response = error_response(result.error(), request_id);
  if (response.status == 503) retry_after = 5;
  if (retry_after > 0) response.headers.add("retry-after", std::to_string(retry_after));
  return response;
}

}  // namespace

std::string random_secret(Environment& environment) { return encoding::base64url(environment.random_bytes(32)); }

Plane::Plane(Config c, Store& s, Environment& e)
    : config(std::move(c)), store(s), environment(e), limiter(config.rate_limit_per_minute) {}

std::string Plane::new_id(std::string_view prefix) {
  return text::cat(prefix, encoding::hex(environment.random_bytes(kIdBytes)));
}

std::string Plane::dashboard_url(std::string_view run_id) const {
  return text::cat(config.public_url, "/runs/", run_id);
}

void Plane::with_twin(const Live& session, const std::function<void(twin::Session&)>& work) const {
  const auto locked = [&] { work(*session.twin); };
  if (config.session_lock) {
    config.session_lock(session.row.id, locked);
  } else {
    locked();
  }
}

ControlPlane::ControlPlane(Config config, Store& store, Environment& environment)
    : plane_(std::make_unique<Plane>(std::move(config), store, environment)) {}
ControlPlane::~ControlPlane() = default;

http::Response ControlPlane::handle(const http::Request& request) {
  if (std::optional<http::Response> preflight = http::cors_preflight(request)) return *std::move(preflight);
  const std::string id = text::cat("req_", encoding::hex(plane_->environment.random_bytes(kRequestIdBytes)));
  http::Response response = answer(*plane_, request, id);
  response.headers.set("x-request-id", id);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  http::add_cors(request.headers.has("origin"), response);
  return response;
}

std::shared_ptr<twin::Session> ControlPlane::twin_session(std::string_view sid) {
  const auto found = plane_->live.find(sid);
  if (found == plane_->live.end() || found->second.row.expires_at <= plane_->now()) return nullptr;
  return found->second.twin;
}

Result<std::optional<std::string>> ControlPlane::ensure_first_key(std::string_view key_name) {
  POME_TRY(const std::vector<ApiKey> existing, plane_->store.keys());
  if (!existing.empty()) return std::optional<std::string>();
  Team team;
  team.id = plane_->new_id("tm_");
  team.slug = "local";
  team.monthly_quota = plane_->config.monthly_quota;
  POME_CHECK(plane_->store.put_team(team));
  POME_TRY(NewKey key, mint_key(*plane_, team.id, key_name));
  return std::optional<std::string>(std::move(key.full_key));
}

std::string ControlPlane::mint_signin_code() { return control::mint_signin_code(*plane_); }

void ControlPlane::reap() {
  const std::int64_t now = plane_->now();
  std::vector<std::string> overdue;
  for (const auto& [sid, session] : plane_->live) {
    if (session.row.expires_at <= now) overdue.push_back(sid);
  }
  // A row that cannot be written now stays in memory and is tried again by the next call.
  for (const std::string& sid : overdue) {
    const std::int64_t at = plane_->live.find(sid)->second.row.expires_at;
    static_cast<void>(close_session(*plane_, sid, "expired", at).has_value());
  }
  std::erase_if(plane_->idempotency, [&](const auto& entry) { return entry.second.forget_at <= now; });
  std::erase_if(plane_->login_codes, [&](const auto& entry) { return entry.second.expires_at <= now; });
  std::erase_if(plane_->signin_codes, [&](const auto& entry) { return entry.second.expires_at <= now; });
  plane_->limiter.prune(now);
}

}  // namespace pome::control
