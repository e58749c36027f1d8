#include <array>
#include <optional>
#include <utility>

#include "core/auth/jwt.h"
#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/control/router.h"
#include "core/control/scoring.h"

namespace pome::control {
namespace {

constexpr std::int64_t kGraceSeconds = 600;  // beyond the scenario's timeout
constexpr std::int64_t kMinTtl = 10;
constexpr std::int64_t kMaxTtl = 24 * 3600 + kGraceSeconds;  // of the longest scenario
constexpr std::int64_t kIdempotencySeconds = 24 * 3600;
constexpr std::size_t kMaxIdempotencyKey = 200;
constexpr std::size_t kMaxGroupId = 128;
constexpr std::string_view kOpenApiUrl =
    "https://raw.githubusercontent.com/github/rest-api-description/main/descriptions/api.github.com/"
    "api.github.com.json";

/// A valid request for a session.
struct Order {
  std::shared_ptr<const Prepared> scenario;
  std::string seed;  ///< JSON; empty for the twin's default
  std::string group_id;
  std::string idempotency_key;
  std::int64_t ttl = 0;
};

/// The only twin is GitHub's; naming it twice is naming it once.
Result<void> check_twins(const Json& body) {
  const Json& twins = json::at(body, "twins");
  if (twins.is_null()) return {};
  if (!twins.is_array() || twins.empty()) {
    return invalid("twins", "\"twins\" has to be a list with at least one twin: [\"github\"].");
  }
  for (const Json& twin : twins) {
    if (twin != "github") {
      return invalid("twins", text::cat("There is no twin named ", json::dump(twin), " here. Available: github."));
    }
  }
  return {};
}

/// The first of two member names that is there.
const Json& either(const Json& body, std::string_view name, std::string_view alias) {
  const Json& value = json::at(body, name);
  return value.is_null() ? json::at(body, alias) : value;
}

Result<std::string> scenario_markdown(const Json& body) {
  const Json& source = either(body, "scenario_source", "task_source");
  const Json& id = either(body, "scenario_id", "task_id");
  if (source.is_null() == id.is_null()) {
    return invalid("scenario_source",
                   "Send either scenario_source (the Markdown in base64) or scenario_id, and not both.");
  }
  if (source.is_null()) {
    return invalid("scenario_id",
                   "This control plane keeps no scenarios. Send the Markdown as scenario_source (base64).");
  }
  std::optional<std::string> markdown;
  if (source.is_string()) markdown = encoding::from_base64(source.get_ref<const std::string&>());
  if (!markdown || !text::is_valid_utf8(*markdown)) {
    return invalid("scenario_source", "scenario_source has to be UTF-8 Markdown in base64.");
  }
  if (text::trim(*markdown).empty()) return invalid("scenario_source", "scenario_source holds an empty scenario.");
  return *std::move(markdown);
}

/// The JSON of the seed member; empty when there is none.
Result<std::string> sent_seed(const Json& body) {
  const Json& seed = json::at(body, "seed");
  if (seed.is_null()) return std::string();
  if (!seed.is_object()) return invalid("seed", "\"seed\" has to be a JSON object.");
  return json::dump(seed);
}

/// The seed sent, else the scenario's own, else nothing.
Result<std::string> seed_of(const Prepared& scenario) {
  for (const Diagnostic& problem : scenario.parsed.diagnostics) {
    if (problem.severity != Severity::error || problem.code != "bad-sidecar") continue;
    return invalid("seed", text::cat("The seed cannot be used: ", problem.message));
  }
  return scenario.parsed.scenario.seed.json;
}

Result<std::string> short_text(const Json& body, std::string_view name, std::size_t max_bytes) {
  const Json& value = json::at(body, name);
  if (value.is_null()) return std::string();
  const bool good = value.is_string() && value.get_ref<const std::string&>().size() <= max_bytes;
  if (!good) return invalid(name, text::cat('"', name, "\" has to be a text of at most ", max_bytes, " bytes."));
  return value.get<std::string>();
}

Result<std::int64_t> ttl_of(const Plane& plane, const Json& body, const Prepared& scenario) {
  if (plane.config.session_ttl_seconds > 0) return plane.config.session_ttl_seconds;
  const Json& asked = json::at(body, "ttl_seconds");
  if (asked.is_null()) return scenario.parsed.scenario.config.timeout_seconds + kGraceSeconds;
  const std::optional<std::int64_t> ttl = json::integer_at(body, "ttl_seconds");
  if (!ttl || *ttl < kMinTtl || *ttl > kMaxTtl) {
    return invalid("ttl_seconds",
                   text::cat("\"ttl_seconds\" has to be a whole number from ", kMinTtl, " to ", kMaxTtl, '.'));
  }
  return *ttl;
}

Result<Order> read_order(Plane& plane, const Call& call) {
  POME_CHECK(check_twins(call.body));
  POME_TRY(std::string markdown, scenario_markdown(call.body));
  POME_TRY(std::string seed, sent_seed(call.body));
  Order order;
  order.scenario = prepare_scenario(plane, std::move(markdown), std::move(seed), call.principal);
  POME_TRY(order.seed, seed_of(*order.scenario));
  POME_TRY(order.group_id, short_text(call.body, "group_id", kMaxGroupId));
  POME_TRY(order.idempotency_key, short_text(call.body, "idempotency_key", kMaxIdempotencyKey));
  POME_TRY(order.ttl, ttl_of(plane, call.body, *order.scenario));
  return order;
}

Result<void> check_room(Plane& plane, const Call& call) {
  const Team& team = call.principal.team;
  if (team.monthly_quota > 0) {
    POME_TRY(const std::int64_t used, plane.store.sessions_created_since(team.id, month_start(call.now)));
    if (used >= team.monthly_quota) {
      return fail(
          kQuotaExceeded,
          text::cat("Your team has used its ", team.monthly_quota, " sessions of this month. The next ones come on ",
                    std::string_view(time::iso8601(next_month_start(call.now))).substr(0, 10), '.'));
    }
  }
  if (plane.live.size() < plane.config.max_live_sessions) return {};
  return fail(kUnavailable, text::cat(plane.config.max_live_sessions,
                                      " sessions are running, which is the limit. Delete one, or try again later."));
}

void write_addresses(JsonWriter& out, std::string_view twin_url) {
  out.field("openapi_url", kOpenApiUrl).key("per_twin").begin_object().key("github").begin_object();
  out.field("api_url", twin_url).field("mcp_url", text::cat(twin_url, "/mcp")).field("openapi_url", kOpenApiUrl);
  out.end_object().end_object();
}

http::Response created(const Plane& plane, const Live& session) {
  const std::string twin_url = text::cat(plane.config.public_url, "/s/", session.row.id);
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("session_id", session.row.id).field("session_token", session.row.id);
  out.field("team_id", session.row.team_id).field("state", session.row.state);
  out.key("twins").begin_array().value("github").end_array();
  out.field("twin_url", twin_url).field("created_at", time::iso8601(session.row.created_at));
  out.field("expires_at", time::iso8601(session.row.expires_at)).field("agent_token", session.agent_token);
  out.key("provider_credentials").begin_object().key("github").begin_object().field("token", session.github_token);
  out.field("header", "Authorization").field("scheme", "Bearer").end_object().end_object();
  write_addresses(out, twin_url);
  out.field("seed_applied", session.seed_applied).key("group_id");
  session.group_id.empty() ? out.null() : out.value(session.group_id);
  out.end_object();
  return http::json_response(201, std::move(body));
}

/// The answer to a repeated create: the same session again while it lives.
Result<http::Response> repeated(Plane& plane, const IdempotentCreate& first, std::string_view digest) {
  if (first.body_digest != digest) {
    return fail(kConflict, "This idempotency_key was used with another request. Use a fresh one.");
  }
  const auto found = plane.live.find(first.session_id);
  if (found == plane.live.end()) {
    return fail(kConflict, "The session of this idempotency_key is over. Use a fresh one for a new session.");
  }
  return created(plane, found->second);
}

/// The seed, read; the sessions of one scenario share what they have not changed.
Result<twin::SeedPtr> shared_seed(Plane& plane, const std::string& json) {
  if (plane.last_seed && plane.last_seed->json == json) return plane.last_seed;
  Result<twin::SeedPtr> seed = twin::read_seed(json);
  if (!seed) return invalid("seed", text::cat("The seed cannot be used: ", seed.error().message));
  plane.last_seed = *seed;
  return seed;
}

Result<Live> open_live(Plane& plane, const Call& call, const Order& order) {
  Live session;
  SessionRow& row = session.row;
  row.id = plane.new_id("ses_");
  row.team_id = call.principal.team.id;
  row.state = "ready";
  row.twins = "github";
  row.created_at = call.now;
  row.expires_at = call.now + order.ttl;
  twin::SessionConfig config;
  config.id = row.id;
  config.mount = text::cat("/s/", row.id);
  config.base_url = plane.config.public_url + config.mount;
  config.auth_secret = random_secret(plane.environment);
  config.team_id = row.team_id;
  session.github_token = auth::sign_github_token(row.id, row.expires_at, config.auth_secret);
  POME_TRY(twin::SeedPtr seed, shared_seed(plane, order.seed));
  POME_TRY(session.twin, twin::Session::start(std::move(config), std::move(seed), plane.environment));
  session.agent_token = session.twin->mint_token(twin::kDefaultLogin, row.expires_at);
  session.scenario = order.scenario;
  session.group_id = order.group_id;
  session.seed_applied = !order.seed.empty();
  row.scenario_source = order.scenario->stored_markdown;
  if (session.seed_applied) row.seed = run_redactor(session, call.principal).json(order.seed);
  return session;
}

}  // namespace

Result<http::Response> create_session(Plane& plane, Call& call) {
  POME_TRY(Order order, read_order(plane, call));
  const std::string idempotency = text::cat(call.principal.team.id, '/', order.idempotency_key);
  const std::string digest = order.idempotency_key.empty() ? std::string() : hash::sha256_hex(call.request.body);
  if (!order.idempotency_key.empty()) {
    const auto first = plane.idempotency.find(idempotency);
    if (first != plane.idempotency.end()) return repeated(plane, first->second, digest);
  }
  POME_CHECK(check_room(plane, call));
  POME_TRY(Live session, open_live(plane, call, order));
  POME_CHECK(plane.store.put_session(session.row));
  if (!order.idempotency_key.empty()) {
    plane.idempotency.emplace(idempotency,
                              IdempotentCreate{session.row.id, digest, session.row.expires_at + kIdempotencySeconds});
  }
  http::Response response = created(plane, session);
  std::string id = session.row.id;
  plane.live.emplace(std::move(id), std::move(session));
  return response;
}

}  // namespace pome::control
