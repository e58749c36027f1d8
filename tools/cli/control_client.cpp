#include "tools/cli/control_client.h"

#include <array>
#include <chrono>
#include <thread>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "tools/cli/interrupt.h"

namespace pome::cli {
namespace {

using std::chrono::milliseconds;

constexpr std::array<milliseconds, 2> kRetryPauses = {milliseconds(200), milliseconds(800)};
constexpr milliseconds kCountTimeout{300};
constexpr milliseconds kTidyTimeout{5'000};  // after Ctrl-C
constexpr std::string_view kSessions = "/v1/sessions";
constexpr std::size_t kMaxShownMessage = 300;

bool worth_repeating(const Result<http::Response>& reply) {
  if (reply) return reply->status == 502 || reply->status == 503 || reply->status == 504;
  return reply.error().code == "http-failed" || reply.error().code == "http-timeout";
}

std::string trimmed_message(std::string_view message) {
  return std::string(text::truncate_utf8(message, kMaxShownMessage));
}

/// What the answer says went wrong: the error envelope's message, GitHub's "message", or nothing.
std::string message_in(const Json& body) {
  const Json& error = json::at(body, "error");
  std::string message(json::string_at(error, "message").value_or(json::string_at(body, "message").value_or("")));
  if (message.empty() && error.is_string()) message = error.get<std::string>();
  const auto request_id = json::string_at(error, "request_id");
  if (!message.empty() && request_id) text::append(message, text::cat(" (request ", *request_id, ")"));
  return trimmed_message(message);
}

bool is_web_page(const http::Response& response) {
  const std::string_view type = response.headers.get("content-type").value_or("");
  return text::contains_ignore_case(type, "text/html") || text::trim_left(response.body).starts_with('<');
}

Error refusal(int status, std::string_view origin, const std::string& message) {
  const std::string said = message.empty() ? text::cat("HTTP ", status) : message;
  if (status == 401 || status == 403) {
    return fail("auth",
                text::cat(origin, " refused the key: ", said, ". Run `pome login` or set a valid POME_API_KEY."));
  }
  if (status == 402 || status == 429) {
    return fail("quota", text::cat(origin, " refused because of a limit: ", said,
                                   ". Wait for the reset or look at the team's plan."));
  }
  if (status == 404) return fail("not-found", text::cat(origin, " answered 404: ", said, "."));
  return fail("control-plane", text::cat(origin, " answered ", status, ": ", said, "."));
}

/// The body of a good answer; an empty one counts as `{}`.
Result<Json> json_of(const http::Response& response, const std::string& url) {
  const std::string origin(origin_of(url));
  const bool good = response.status >= 200 && response.status < 300;
  if (good && text::trim(response.body).empty()) return Json::object();
  auto body = json::parse(response.body);
  if (good && body) return std::move(body).value();
  if (body) return refusal(response.status, origin, message_in(*body));
  if (is_web_page(response) && response.status != 401 && response.status != 403) {
    return fail("control-plane", text::cat(origin, " answered ", response.status,
                                           " with a web page instead of JSON. Is this the control plane's URL?"));
  }
  if (!good) return refusal(response.status, origin, {});
  return fail("control-plane", text::cat(origin, " answered ", response.status, " with something that is not JSON."));
}

Error wrong_shape(std::string_view origin, std::string_view path, std::string_view missing) {
  return fail("control-plane",
              text::cat(origin, " answered ", path, " in an unexpected shape: \"", missing, "\" is missing."));
}

std::string text_at(const Json& value, std::string_view key) {
  return std::string(json::string_at(value, key).value_or(""));
}

std::string without_stop(std::string message) {
  while (!message.empty() && message.back() == '.') message.pop_back();
  return message;
}

std::string new_session_body(const NewSession& session) {
  std::string body;
  JsonWriter json(body);
  json.begin_object().key("twins").begin_array();
  for (const std::string& twin : session.twins) json.value(twin);
  json.end_array().field("scenario_source", encoding::base64(session.scenario_markdown));
  json.field("idempotency_key", session.idempotency_key);
  if (!session.seed_json.empty()) json.raw_field("seed", session.seed_json);
  if (session.life_seconds > 0) json.field("ttl_seconds", session.life_seconds);
  json.end_object();
  return body;
}

}  // namespace

Result<http::Response> ControlClient::send(HttpCall request, bool repeatable) {
  auto reply = http_.send(request);
  for (const milliseconds pause : kRetryPauses) {
    if (!repeatable || !worth_repeating(reply) || interrupted()) break;
    std::this_thread::sleep_for(pause);
    reply = http_.send(request);
  }
  return reply;
}

/// One API call with the team key; answers the body's JSON text.
Result<std::string> ControlClient::call(std::string_view method, std::string_view path, std::string body,
                                        bool repeatable) {
  HttpCall request;
  request.method = std::string(method);
  request.url = text::cat(api_url_, path);
  request.headers.add("accept", "application/json");
  if (!api_key_.empty()) request.headers.add("x-api-key", api_key_);
  if (!body.empty()) request.headers.add("content-type", "application/json");
  request.body = std::move(body);
  // What is being made has to be known to be deleted: a first Ctrl-C waits for it. Tidying up waits for nothing long.
  if (path == kSessions) request.stop_at_interrupt = 2;
  if (method == "DELETE") request.stop_at_interrupt = 0;
  if (method == "DELETE" && interrupted()) request.timeout = kTidyTimeout;
  POME_TRY(const auto response, send(request, repeatable));
  POME_TRY(const Json checked, json_of(response, request.url));
  if (!checked.is_object()) return wrong_shape(origin_of(request.url), path, "object");
  return text::trim(response.body).empty() ? std::string("{}") : response.body;
}

Result<HostedSession> ControlClient::create_session(const NewSession& session) {
  POME_TRY(const std::string text, call("POST", kSessions, new_session_body(session), true));
  POME_TRY(const Json body, json::parse(text));
  HostedSession created;
  created.id = text_at(body, "session_id");
  created.twin_url = text_at(body, "twin_url");
  created.agent_token = text_at(body, "agent_token");
  created.github_token = text_at(json::at(json::at(body, "provider_credentials"), "github"), "token");
  const auto seeded = json::bool_at(body, "seed_applied");
  created.reports_seed = seeded.has_value();
  created.seeded = seeded.value_or(false);
  const std::pair<std::string_view, const std::string*> needed[] = {
      {"session_id", &created.id}, {"twin_url", &created.twin_url}, {"agent_token", &created.agent_token}};
  for (const auto& [name, value] : needed) {
    if (value->empty()) return wrong_shape(origin_of(api_url_), "POST /v1/sessions", name);
  }
  while (created.twin_url.ends_with('/')) created.twin_url.pop_back();
  return created;
}

Result<std::string> ControlClient::twin_get(const HostedSession& session, std::string_view path) {
  HttpCall request;
  request.url = text::cat(session.twin_url, path);
  request.headers.add("authorization", text::cat("Bearer ", session.agent_token));
  request.headers.add("accept", "application/json");
  request.max_response_bytes = std::size_t{256} << 20;
  POME_TRY(auto response, send(request, true));
  if (response.status >= 200 && response.status < 300) {
    if (is_web_page(response)) {
      return fail("control-plane", text::cat("The twin answered ", path, " with a web page instead of JSON."));
    }
    return std::move(response.body);
  }
  const auto body = json::parse(response.body);
  const std::string said = body ? message_in(*body) : std::string();
  return fail("control-plane",
              text::cat("The twin answered ", path, " with ", response.status, said.empty() ? "" : ": ", said, "."));
}

Result<std::string> ControlClient::state(const HostedSession& session) {
  POME_TRY(auto text, twin_get(session, "/_pome/state"));
  if (text::trim_left(text).starts_with('{')) return text;
  return fail("control-plane", "The twin's state export is not a JSON object.");
}

Result<std::string> ControlClient::events(const HostedSession& session) {
  POME_TRY(auto text, twin_get(session, "/_pome/events"));
  if (text::trim_left(text).starts_with('[')) return text;
  return fail("control-plane", "The twin's tape is not a JSON array.");
}

std::optional<std::uint64_t> ControlClient::call_count(const HostedSession& session) {
  HttpCall request;
  request.url = text::cat(session.twin_url, "/_pome/health");
  request.headers.add("authorization", text::cat("Bearer ", session.agent_token));
  request.timeout = kCountTimeout;
  const auto response = http_.send(request);
  if (!response || response->status != 200) return std::nullopt;
  const auto body = json::parse(response->body);
  const auto calls = body ? json::integer_at(*body, "calls") : std::nullopt;
  if (!calls || *calls < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*calls);
}

Result<void> ControlClient::reset(std::string_view session_id) {
  POME_TRY(const auto ignored, call("POST", text::cat("/v1/sessions/", session_id, "/reset"), "{}", true));
  static_cast<void>(ignored);
  return {};
}

std::string ControlClient::absolute(std::string_view url) const {
  return url.starts_with('/') ? text::cat(origin_of(api_url_), url) : std::string(url);
}

/// Stores one document behind a signed URL, which carries its own permission. Answers the problem, or nothing.
std::string ControlClient::put(const std::string& url, std::string_view type, std::string_view document) {
  HttpCall request;
  request.method = "PUT";
  request.url = absolute(url);
  request.headers.add("content-type", type);
  request.body = std::string(document);
  const auto response = send(request, true);
  if (!response) return response.error().message;
  if (response->status < 200 || response->status >= 300) return text::cat("HTTP ", response->status);
  return {};
}

StoredDocuments ControlClient::upload(std::string_view session_id, std::string_view events_ndjson,
                                      std::string_view state_initial, std::string_view state_final,
                                      std::vector<std::string>& problems) {
  StoredDocuments stored;
  const auto store = [&](const Json& target, std::string_view type, std::string_view name, std::string_view document,
                         std::string& key) {
    const std::string url = text_at(target, "url");
    const std::string problem = url.empty() ? std::string("no upload URL") : put(url, type, document);
    if (problem.empty()) {
      key = text_at(target, "key");
    } else {
      problems.push_back(text::cat(name, " was not uploaded: ", without_stop(problem), "."));
    }
  };
  const auto targets = [&](std::string_view path) -> Json {
    const auto answer = call("POST", text::cat("/v1/sessions/", session_id, path), "{}", true);
    if (!answer) {
      problems.push_back(answer.error().message);
      return Json::object();
    }
    auto parsed = json::parse(*answer);
    return parsed ? std::move(parsed).value() : Json::object();
  };
  const Json events = targets("/result-upload-url");
  store(events, "application/x-ndjson", "events.jsonl", events_ndjson, stored.events_key);
  const Json states = targets("/state-upload-url");
  store(json::at(states, "state_initial"), "application/json", "state_initial.json", state_initial,
        stored.state_initial_key);
  store(json::at(states, "state_final"), "application/json", "state_final.json", state_final, stored.state_final_key);
  return stored;
}

Result<StoredRun> ControlClient::post_result(std::string_view session_id, std::string_view body_json) {
  const std::string path = text::cat("/v1/sessions/", session_id, "/result");
  POME_TRY(const std::string text, call("POST", path, std::string(body_json), true));
  POME_TRY(const Json body, json::parse(text));
  StoredRun stored;
  stored.run_id = text_at(body, "run_id");
  stored.dashboard_url = text_at(body, "dashboard_url");
  stored.server_score = json::integer_at(body, "server_score");
  if (!stored.server_score) stored.server_score = json::integer_at(body, "score");
  stored.mismatch = json::bool_at(body, "mismatch").value_or(false);
  if (stored.run_id.empty()) return wrong_shape(origin_of(api_url_), path, "run_id");
  return stored;
}

Result<void> ControlClient::delete_session(std::string_view session_id) {
  const auto answer = call("DELETE", text::cat("/v1/sessions/", session_id), {}, true);
  if (answer || answer.error().code == "not-found") return {};
  return answer.error();
}

Result<Identity> ControlClient::me() {
  POME_TRY(const std::string text, call("GET", "/v1/me", {}, true));
  POME_TRY(const Json body, json::parse(text));
  const Json& user = json::at(body, "user");
  const Json& team = json::at(body, "team");
  const Json& key = json::at(body, "api_key");
  Identity identity;
  identity.user = text_at(user, "email").empty() ? text_at(user, "id") : text_at(user, "email");
  identity.team_id = text_at(team, "id");
  identity.team = text_at(team, "slug");
  identity.plan = text_at(team, "plan_tier");
  identity.key_id = text_at(key, "id");
  identity.key_name = text_at(key, "name");
  if (identity.team_id.empty()) return wrong_shape(origin_of(api_url_), "GET /v1/me", "team.id");
  return identity;
}

Result<std::string> ControlClient::usage() { return call("GET", "/v1/usage", {}, true); }

Result<LoginExchange> ControlClient::exchange(std::string_view body_json) {
  POME_TRY(const std::string text, call("POST", "/v1/auth/cli/exchange", std::string(body_json), false));
  POME_TRY(const Json body, json::parse(text));
  LoginExchange login{text_at(json::at(body, "api_key"), "full_key"), text_at(body, "team_id")};
  if (login.api_key.empty()) return wrong_shape(origin_of(api_url_), "the login exchange", "api_key.full_key");
  return login;
}

}  // namespace pome::cli
