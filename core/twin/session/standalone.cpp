#include "core/twin/session/standalone.h"

#include <utility>

#include "core/auth/jwt.h"
#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/http/cors.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/session/health.h"

namespace pome::twin {
namespace {

constexpr std::string_view kSessions = "/s/";

http::Response plain_not_found() {
  return http::Response{404, {{"content-type", "text/plain; charset=utf-8"}}, "404 Not Found"};
}

http::Response message(int status, std::string_view text) {
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("message", text).field("documentation_url", "https://docs.github.com/rest");
  out.field("status", std::to_string(status)).end_object();
  return http::json_response(status, std::move(body));
}

/// The sid of "/s/{sid}/...", decoded; empty when there is none.
std::string sid_of(std::string_view path) {
  path.remove_prefix(kSessions.size());
  return text::percent_decode(path.substr(0, path.find('/')));
}

}  // namespace

bool is_loopback(std::string_view address) {
  if (text::starts_with_ignore_case(address, "::ffff:")) address.remove_prefix(7);
  if (address == "::1") return true;
  const std::vector<std::string_view> parts = text::split(address, '.');
  if (parts.size() != 4 || parts[0] != "127") return false;
  for (const std::string_view part : parts) {
    const std::optional<std::int64_t> number = text::to_integer(part);
    if (part.size() > 3 || !text::is_digit(part.empty() ? 'x' : part[0]) || !number || *number > 255) return false;
  }
  return true;
}

Standalone::Standalone(StandaloneConfig config, SeedPtr seed, Environment& environment)
    : config_(std::move(config)), seed_(std::move(seed)), environment_(environment) {}

Result<std::unique_ptr<Standalone>> Standalone::open(StandaloneConfig config, std::string_view seed_json,
                                                     Environment& environment) {
  if (config.auth_secret.empty()) return fail("no-secret", "The twin needs a secret to sign its tokens with.");
  POME_TRY(SeedPtr seed, read_seed(seed_json));
  std::unique_ptr<Standalone> twin(new Standalone(std::move(config), std::move(seed), environment));
  POME_CHECK(twin->make_session(twin->config_.first_sid));
  return twin;
}

Result<Session*> Standalone::make_session(std::string_view sid) {
  SessionConfig config;
  config.id = std::string(sid);
  config.mount = text::cat(kSessions, sid);
  config.base_url = config_.origin + config.mount;
  config.auth_secret = config_.auth_secret;
  config.run_id = config_.run_id;
  config.runtime = config_.runtime;
  POME_TRY(std::unique_ptr<Session> session, Session::start(std::move(config), seed_, environment_));
  return sessions_.emplace(sid, std::move(session)).first->second.get();
}

Session* Standalone::session(std::string_view sid) {
  const auto found = sessions_.find(sid);
  return found == sessions_.end() ? nullptr : found->second.get();
}

std::string Standalone::mint_token(std::string_view sid, std::string_view login,
                                   std::int64_t expires_at_seconds) const {
  const auth::Claims claims{std::string(sid), "tm_local", std::string(login), expires_at_seconds};
  return text::cat("edt_", auth::sign_jwt(claims, config_.auth_secret));
}

http::Response Standalone::handle(http::Request request, std::string_view peer_address) {
  if (request.path.starts_with(kSessions)) return session_request(std::move(request));
  if (request.path == "/healthz" && (request.method == "GET" || request.method == "HEAD")) {
    http::Response response = http::json_response(200, standalone_healthz(config_.runtime));
    http::add_cors(request.headers.has("origin"), response);
    return response;
  }
  if (request.path == "/admin/reset" || request.path == "/admin/seed") return admin_request(request, peer_address);
  return plain_not_found();
}

http::Response Standalone::session_request(http::Request request) {
  const std::string sid = sid_of(request.path);
  if (Session* known = session(sid)) return known->handle(std::move(request));
  if (std::optional<http::Response> preflight = http::cors_preflight(request)) return *std::move(preflight);
  const bool has_origin = request.headers.has("origin");
  http::Response response;
  if (!opens(request, sid)) {
    const bool has_token = auth::token_of_authorization(request.headers.get("authorization").value_or("")).has_value();
    response = has_token ? github::rest::bad_credentials() : github::rest::requires_authentication();
  } else if (sessions_.size() >= config_.max_sessions) {
    response = message(503, "This twin has no room for another session. Restart it, or use a session that exists.");
  } else if (const Result<Session*> made = make_session(sid)) {
    return (*made)->handle(std::move(request));
  } else {
    response = message(404, "Not Found");
  }
  http::add_cors(has_origin, response);
  return response;
}

bool Standalone::opens(const http::Request& request, std::string_view sid) const {
  const std::optional<std::string> token =
      auth::token_of_authorization(request.headers.get("authorization").value_or(""));
  if (!token) return false;
  const std::int64_t now = environment_.now_millis() / 1000;
  const auth::Verified verified = auth::verify_token(*token, config_.auth_secret, now);
  return verified.claims && verified.claims->sid == sid;
}

bool Standalone::may_administer(const http::Request& request, std::string_view peer_address) const {
  // A page in a browser on this machine is a loopback peer, too: its Origin gives it away.
  if (request.headers.has("origin")) return false;
  if (config_.admin_token.empty()) return is_loopback(peer_address);
  return text::constant_time_equal(request.headers.get("x-admin-token").value_or(""), config_.admin_token);
}

http::Response Standalone::admin_request(const http::Request& request, std::string_view peer_address) {
  if (!may_administer(request, peer_address)) return message(403, "Forbidden");
  if (request.method != "POST") {
    http::Response response = message(405, "This address answers POST only.");
    response.headers.add("allow", "POST");
    return response;
  }
  if (request.path == "/admin/seed") return reseed(request.body);
  for (auto& [sid, session] : sessions_) session->reset();
  return http::json_response(200, R"({"ok":true})");
}

http::Response Standalone::reseed(std::string_view body) {
  if (body.size() > kMaxRequestBody) return message(413, "The seed is larger than 8 MiB.");
  const Result<Json> parsed = json::parse(body);
  if (!parsed) return message(400, "Problems parsing JSON");
  Result<SeedPtr> seed = read_seed(body);
  if (!seed) return message(422, seed.error().message);
  seed_ = std::move(seed).value();
  for (auto& [sid, session] : sessions_) session->reseed(seed_);
  return http::json_response(200, R"({"ok":true})");
}

}  // namespace pome::twin
