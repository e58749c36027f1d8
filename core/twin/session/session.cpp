#include "core/twin/session/session.h"

#include <utility>

#include "core/auth/jwt.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/http/cors.h"
#include "core/twin/github/model/seed.h"
#include "core/twin/github/model/state_export.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/session/gate.h"
#include "core/twin/session/health.h"
#include "core/twin/session/tape.h"

namespace pome::twin {
namespace {

namespace model = github::model;
namespace rest = github::rest;

constexpr std::size_t kMaxSid = 64;
/// Bodies of refused requests beyond this are not kept: a caller without a token cannot fill the tape with them.
constexpr std::size_t kMaxRefusedBody = std::size_t{64} << 10;

bool is_sid(std::string_view sid) {
  for (const char c : sid) {
    if (!text::is_alpha(c) && !text::is_digit(c) && c != '_' && c != '-') return false;
  }
  return !sid.empty() && sid.size() <= kMaxSid;
}

std::string describe(const Diagnostics& diagnostics) {
  std::string message;
  for (const Diagnostic& problem : diagnostics) {
    if (problem.severity != Severity::error) continue;
    if (!message.empty()) message += "; ";
    message += text::cat("line ", problem.line, ", column ", problem.column, ": ", problem.message);
    if (!problem.hint.empty()) message += text::cat(" (", problem.hint, ')');
  }
  return message;
}

http::Response only_get() {
  http::Response response = http::json_response(405, R"({"message":"This address answers GET only.","status":"405"})");
  response.headers.add("allow", "GET, HEAD");
  return response;
}

Result<SeedPtr> build(std::string_view json) {
  model::SeedResult result = model::build_world(json);
  if (!result.world) return fail("bad-seed", describe(result.diagnostics));
  auto seed = std::make_shared<Seed>();
  seed->json = std::string(json);
  seed->world = std::make_shared<const model::World>(*std::move(result.world));
  return SeedPtr(std::move(seed));
}

}  // namespace

/// The default seed's world is built once in a program.
Result<SeedPtr> read_seed(std::string_view json) {
  if (!text::trim(json).empty()) return build(json);
  static const Result<SeedPtr> shared = build({});
  return shared;
}

struct Session::State {
  State(SessionConfig c, SeedPtr s, Environment& e)
      : config(std::move(c)),
        environment(e),
        gate(config.id, config.auth_secret),
        tape({config.max_tape_rows, config.max_tape_bytes, config.max_tape_response_bytes}),
        seed(std::move(s)),
        world(std::make_shared<model::World>(*seed->world)) {}

  void start_over(SeedPtr from) {
    seed = std::move(from);
    world = std::make_shared<model::World>(*seed->world);
    tape.clear();
    calls = 0;
    meter = {};
    unsupported = 0;
  }

  http::Response answer(http::Request request);
  http::Response refuse(http::Request request, Refusal refusal, std::int64_t now_millis);
  http::Response dispatch(http::Request request, std::string_view login, std::int64_t now_millis);
  /// `/_pome/...` addresses; nothing for any other path.
  std::optional<http::Response> own_route(const http::Request& request) const;
  enum class Form { array, lines };
  std::string events(Form form, std::size_t first = 0) const;

  SessionConfig config;
  Environment& environment;
  Gate gate;
  Tape tape;
  SeedPtr seed;
  std::shared_ptr<model::World> world;  // never written once the tape may hold it, except through a new version
  std::uint64_t calls = 0;
  std::uint64_t unsupported = 0;
  rest::RateMeter meter;
};

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(SessionConfig config, std::string_view seed_json,
                                               Environment& environment) {
  POME_TRY(SeedPtr seed, read_seed(seed_json));
  return start(std::move(config), std::move(seed), environment);
}

Result<std::unique_ptr<Session>> Session::start(SessionConfig config, SeedPtr seed, Environment& environment) {
  if (!is_sid(config.id)) return fail("bad-sid", "A session id has 1 to 64 letters, digits, '_' or '-'.");
  if (config.run_id.empty()) config.run_id = config.id;
  return std::unique_ptr<Session>(
      new Session(std::make_unique<State>(std::move(config), std::move(seed), environment)));
}

http::Response Session::handle(http::Request request) {
  if (std::optional<http::Response> preflight = http::cors_preflight(request)) return *std::move(preflight);
  const bool has_origin = request.headers.has("origin");
  http::Response response = state_->answer(std::move(request));
  http::add_cors(has_origin, response);
  return response;
}

http::Response Session::State::answer(http::Request request) {
  const std::string_view mount = config.mount;
  if (!request.path.starts_with(mount) || (request.path.size() > mount.size() && request.path[mount.size()] != '/')) {
    return http::Response{404, {{"content-type", "text/plain; charset=utf-8"}}, "404 Not Found"};
  }
  request.path.erase(0, mount.size());
  if (request.path.empty()) request.path = "/";
  if (request.path == "/healthz" && http::is_safe(request.method)) {
    return http::json_response(200, session_healthz(config.id));
  }
  const std::int64_t now = environment.now_millis();
  const Gate::Admission admission = gate.admit(request.headers, now / 1000);
  if (admission.refusal != Refusal::none) return refuse(std::move(request), admission.refusal, now);
  if (request.body.size() > kMaxRequestBody) return refuse(std::move(request), Refusal::body_too_large, now);
  if (request.path.starts_with("/_pome/")) {
    if (std::optional<http::Response> own = own_route(request)) {
      if (request.method == "HEAD") own->body.clear();
      return *std::move(own);
    }
  }
  return dispatch(std::move(request), admission.login, now);
}

std::optional<http::Response> Session::State::own_route(const http::Request& request) const {
  const std::string_view name = std::string_view(request.path).substr(std::string_view("/_pome/").size());
  if (name != "health" && name != "state" && name != "events") return std::nullopt;
  if (!http::is_safe(request.method)) return only_get();
  if (name == "health") return http::json_response(200, session_health(config.runtime, calls));
  return http::json_response(200, name == "state" ? model::export_state(*world) : events(Form::array));
}

http::Response Session::State::refuse(http::Request request, Refusal refusal, std::int64_t now_millis) {
  if (request.body.size() > kMaxRefusedBody) request.body = {};
  ++calls;
  TapeEntry entry;
  entry.request = std::move(request);
  entry.now_millis = now_millis;
  entry.refusal = refusal;
  tape.add(std::move(entry));
  return refusal_response(refusal);
}

http::Response Session::State::dispatch(http::Request request, std::string_view login, std::int64_t now_millis) {
  const std::int64_t start = environment.monotonic_micros();
  const bool safe = http::is_safe(request.method);
  const std::shared_ptr<model::World> before = world;
  // A world that may change is a new version: the tape keeps the one before.
  const std::shared_ptr<model::World> after = safe ? before : std::make_shared<model::World>(*before);
  rest::Outcome outcome = rest::dispatch(*after, rest::Call{.request = request,
                                                            .login = login,
                                                            .base_url = config.base_url,
                                                            .now_millis = now_millis,
                                                            .calls_before = calls,
                                                            .meter = meter});
  const bool changed = !safe && !outcome.changes.empty();
  if (changed) world = after;
  const std::uint64_t calls_before = calls++;
  const rest::RateMeter met = std::exchange(meter, outcome.meter);
  if (outcome.fidelity == rest::Fidelity::unsupported) ++unsupported;
  const std::int64_t latency = environment.monotonic_micros() - start;
  tape.add(TapeEntry{.request = std::move(request),
                     .world = before,
                     .login = std::string(login),
                     .now_millis = now_millis,
                     .latency_micros = latency,
                     .calls_before = calls_before,
                     .meter = met,
                     .response_bytes = outcome.response.body.size(),
                     .world_changed = changed});
  return std::move(outcome.response);
}

std::string Session::State::events(Form form, std::size_t first) const {
  std::string out;
  JsonWriter array(out);
  if (form == Form::array) array.begin_array();
  const auto line = [&](const auto& write) {
    if (form == Form::array) {
      write(array);
      return;
    }
    JsonWriter writer(out);
    write(writer);
    out += '\n';
  };
  const std::vector<TapeEntry>& entries = tape.entries();
  for (std::size_t i = first; i < entries.size(); ++i) {
    line([&](JsonWriter& writer) { write_row(writer, config, entries[i], i + 1); });
  }
  if (tape.dropped() > 0 && first <= entries.size()) {
    line([&](JsonWriter& writer) { write_truncation(writer, config, tape); });
  }
  if (form == Form::array) array.end_array();
  return out;
}

void Session::reset() { state_->start_over(state_->seed); }

void Session::reseed(SeedPtr seed) { state_->start_over(std::move(seed)); }

std::string Session::initial_state() const { return model::export_state(*state_->seed->world); }
std::string Session::state() const { return model::export_state(*state_->world); }
std::string Session::events() const { return state_->events(State::Form::array); }
std::string Session::events_ndjson(std::size_t first) const { return state_->events(State::Form::lines, first); }
std::uint64_t Session::calls() const { return state_->calls; }
std::uint64_t Session::unsupported_calls() const { return state_->unsupported; }
const SessionConfig& Session::config() const { return state_->config; }

std::string Session::mint_token(std::string_view login, std::int64_t expires_at_seconds) const {
  const auth::Claims claims{state_->config.id, state_->config.team_id, std::string(login), expires_at_seconds};
  return text::cat("edt_", auth::sign_jwt(claims, state_->config.auth_secret));
}

}  // namespace pome::twin
