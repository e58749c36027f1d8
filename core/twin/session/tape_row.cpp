#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/session/tape.h"

namespace pome::twin {
namespace {

namespace rest = github::rest;
namespace model = github::model;

constexpr std::array<std::string_view, 6> kSecretHeaders = {"authorization", "cookie",    "proxy-authorization",
                                                            "x-admin-token", "x-api-key", "x-auth-token"};
constexpr std::string_view kHidden = "[REDACTED]";
constexpr std::size_t kIdDigits = 6;

/// Appends valid JSON without the white space between its tokens, so that a row stays one line; numbers, member order
/// and escapes stay as sent.
std::string compact(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_string && text::is_space(c)) continue;
    out.push_back(c);
    if (in_string && c == '\\' && i + 1 < json.size()) out.push_back(json[++i]);
    if (c == '"') in_string = !in_string;
  }
  return out;
}

/// A body as JSON where it is JSON, as a string where it is other text, null where there is none.
void write_body(JsonWriter& out, std::string_view name, std::string_view body) {
  out.key(name);
  if (body.empty()) {
    out.null();
  } else if (json::parse(body)) {
    out.raw(compact(body));
  } else {
    out.value(body);
  }
}

/// All headers, names in lower case and sorted, repeated ones joined; values that open something are hidden.
void write_headers(JsonWriter& out, const http::Headers& headers) {
  std::map<std::string, std::string> fields;
  for (const http::Header header : headers) {
    std::string name = text::to_lower(header.name);
    const bool secret = std::find(kSecretHeaders.begin(), kSecretHeaders.end(), name) != kSecretHeaders.end();
    const std::string_view value = secret ? kHidden : std::string_view(header.value);
    const auto [at, added] = fields.emplace(std::move(name), value);
    if (!added && !secret) at->second += text::cat(", ", value);
  }
  out.key("request_headers").begin_object();
  for (const auto& [name, value] : fields) out.field(name, value);
  out.end_object();
}

/// What GitHub says in an error body: `message`, or `error.message` as some services have it.
std::optional<std::string> error_of(const http::Response& response) {
  if (response.status < 400) return std::nullopt;
  const Result<Json> body = json::parse(response.body);
  if (body) {
    if (const auto message = json::string_at(*body, "message")) return std::string(*message);
    if (const auto message = json::string_at(json::at(*body, "error"), "message")) return std::string(*message);
  }
  return std::string(http::reason_phrase(response.status));
}

struct Answer {
  rest::Outcome outcome;
  model::World after;
};

Answer answer_again(const SessionConfig& config, const TapeEntry& entry) {
  Answer answer;
  if (entry.refusal != Refusal::none) {
    answer.outcome.response = refusal_response(entry.refusal);
    return answer;
  }
  answer.after = *entry.world;
  answer.outcome = rest::dispatch(answer.after, rest::Call{.request = entry.request,
                                                           .login = entry.login,
                                                           .base_url = config.base_url,
                                                           .now_millis = entry.now_millis,
                                                           .calls_before = entry.calls_before,
                                                           .meter = entry.meter});
  return answer;
}

void write_identity(JsonWriter& out, const SessionConfig& config, const TapeEntry& entry, std::string_view id) {
  const std::optional<std::string_view> correlation = entry.request.headers.get("x-pome-correlation-id");
  const std::optional<std::string_view> step = entry.request.headers.get("x-pome-scenario-step-id");
  out.field("ts", time::iso8601_millis(entry.now_millis + entry.latency_micros / 1000));
  out.field("run_id", config.run_id).field("twin", "github").field("request_id", id);
  out.field("correlation_id", correlation.value_or(id));
  out.field("task_step_id", step).field("scenario_step_id", step);
  out.null_field("step_id").field("tool_call_id", correlation);
}

void write_request(JsonWriter& out, const SessionConfig& config, const http::Request& request) {
  std::string path = text::cat(config.mount, request.path);
  if (!request.query.empty()) path += text::cat('?', request.query);
  out.field("method", request.method).field("path", path);
  write_body(out, "request_body", request.body);
  write_headers(out, request.headers);
}

void write_operation(JsonWriter& out, const rest::Outcome& outcome) {
  out.key("operation");
  outcome.operation.empty() ? out.null() : out.value(outcome.operation);
  out.key("tool");
  outcome.tools.empty() ? out.null() : out.value(outcome.tools.front());
  out.key("tools").begin_array();
  for (const std::string_view tool : outcome.tools) out.value(tool);
  out.end_array();
}

void write_delta(JsonWriter& out, const TapeEntry& entry, const Answer& answer) {
  out.field("state_mutation", !answer.outcome.changes.empty());
  out.key("state_delta");
  if (answer.outcome.changes.empty()) {
    out.null();
  } else {
    model::write_state_delta(out, *entry.world, answer.after, answer.outcome.changes);
  }
}

void write_event_end(JsonWriter& out, std::string_view kind, std::string_view id) {
  out.field("kind", kind).field("event_id", id).null_field("parent_id").null_field("parent_event_id");
}

}  // namespace

std::string request_id(std::size_t number) {
  std::string digits;
  text::append_integer(digits, static_cast<std::int64_t>(number));
  const std::size_t zeros = digits.size() < kIdDigits ? kIdDigits - digits.size() : 0;
  return text::cat("req_", std::string(zeros, '0'), digits);
}

void write_row(JsonWriter& out, const SessionConfig& config, const TapeEntry& entry, std::size_t number) {
  const std::string id = request_id(number);
  const Answer answer = answer_again(config, entry);
  const rest::Outcome& outcome = answer.outcome;
  out.begin_object();
  write_identity(out, config, entry, id);
  write_request(out, config, entry.request);
  write_operation(out, outcome);
  out.field("status", outcome.response.status);
  write_body(out, "response_body", outcome.response.body);
  out.field("latency_ms", entry.latency_micros / 1000);
  out.field("fidelity", outcome.fidelity == rest::Fidelity::unsupported ? "unsupported" : "semantic");
  write_delta(out, entry, answer);
  out.field("error", error_of(outcome.response));
  write_event_end(out, "TwinHttpEvent", id);
  out.end_object();
}

void write_truncation(JsonWriter& out, const SessionConfig& config, const Tape& tape) {
  const std::vector<TapeEntry>& entries = tape.entries();
  const std::int64_t at = entries.empty() ? 0 : entries.back().now_millis + entries.back().latency_micros / 1000;
  const std::string id = request_id(entries.size() + 1);
  out.begin_object();
  out.field("ts", time::iso8601_millis(at)).field("run_id", config.run_id).field("twin", "github");
  out.field("kept", entries.size()).field("dropped", tape.dropped());
  out.field("message", "The tape is full: later calls of this session were answered and counted, but not kept.");
  write_event_end(out, "TapeTruncatedEvent", id);
  out.end_object();
}

}  // namespace pome::twin
