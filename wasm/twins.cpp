#include <map>
#include <memory>
#include <utility>

#include "core/base/encoding.h"
#include "core/base/json_writer.h"
#include "core/twin/session/session.h"
#include "wasm/engine.h"
#include "wasm/envelope.h"

namespace pome::engine {
namespace {

constexpr std::int64_t kDefaultTokenSeconds = 24 * 60 * 60;

Error unknown_twin(int handle) {
  return fail("unknown-twin", "No twin is open under handle " + std::to_string(handle) + ".");
}

/// Takes the text up to `end` (which is dropped) off the front of `rest`; all of it when `end` does not occur.
std::string_view take_until(std::string_view& rest, std::string_view end) {
  const std::size_t at = rest.find(end);
  const std::string_view taken = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + end.size());
  return taken;
}

Result<http::Request> request_of(std::string_view flat) {
  std::string_view head = take_until(flat, "\n\n");
  std::string_view target = take_until(head, "\n");
  http::Request request;
  request.method = std::string(take_until(target, " "));
  request.path = std::string(take_until(target, "?"));
  request.query = std::string(target);
  if (request.method.empty() || request.path.empty() || request.path.front() != '/') {
    return fail("bad-request-text", "A request starts with its method, a space and an absolute path.");
  }
  while (!head.empty()) {
    std::string_view value = take_until(head, "\n");
    const std::string_view name = take_until(value, ":");
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (!name.empty()) request.headers.add(name, value);
  }
  request.body = std::string(flat);
  return request;
}

std::string flat_of(const http::Response& response) {
  std::string out = std::to_string(response.status);
  for (const http::Header header : response.headers) {
    out.append("\n").append(header.name).append(": ").append(header.value);
  }
  out.append("\n\n").append(response.body);
  return out;
}

std::string no_answer(const Error& error) { return "0\n\n" + failed(error); }

}  // namespace

struct Twins::State {
  Environment& environment;
  std::map<int, std::unique_ptr<twin::Session>> sessions = {};
  int next = 1;
};

Twins::Twins(Environment& environment) : state_(new State{environment}) {}
Twins::~Twins() = default;

std::string Twins::open(std::string_view config_text) {
  return guarded([&]() -> std::string {
    auto input = input_object(config_text);
    if (!input) return failed(input.error());
    const auto text = [&input](std::string_view key, std::string_view fallback) {
      return std::string(json::string_at(*input, key).value_or(fallback));
    };
    const std::int64_t now = state_->environment.now_millis() / 1000;
    const std::int64_t expires_at = now + json::integer_at(*input, "token_ttl_seconds").value_or(kDefaultTokenSeconds);
    twin::SessionConfig config;
    config.id = text("sid", "tab");
    config.mount = "/s/" + config.id;
    config.base_url = text("origin", "https://twin.invalid") + config.mount;
    config.auth_secret = encoding::hex(state_->environment.random_bytes(32));
    config.run_id = text("run_id", config.id);
    auto session = twin::Session::open(config, text("seed", ""), state_->environment);
    if (!session) return failed(session.error());
    const int handle = state_->next++;
    std::string value;
    JsonWriter writer(value);
    writer.begin_object();
    writer.field("handle", handle).field("sid", config.id).field("mount", config.mount);
    writer.field("base_url", config.base_url);
    writer.field("token", (*session)->mint_token(text("login", twin::kDefaultLogin), expires_at));
    writer.field("expires_at", expires_at);
    writer.end_object();
    state_->sessions.emplace(handle, std::move(*session));
    return succeeded(value);
  });
}

std::string Twins::request(int handle, std::string_view flat) {
  try {
    const auto found = state_->sessions.find(handle);
    if (found == state_->sessions.end()) return no_answer(unknown_twin(handle));
    auto request = request_of(flat);
    if (!request) return no_answer(request.error());
    return flat_of(found->second->handle(std::move(*request)));
  } catch (...) {
    return no_answer(fail("internal", "The twin could not finish this request; its body may be too large."));
  }
}

std::string Twins::export_document(int handle, std::string_view what) const {
  return guarded([&]() -> std::string {
    const auto found = state_->sessions.find(handle);
    if (found == state_->sessions.end()) return failed(unknown_twin(handle));
    const twin::Session& session = *found->second;
    if (what == "state") return succeeded_text(session.state());
    if (what == "initial_state") return succeeded_text(session.initial_state());
    if (what == "events") return succeeded_text(session.events());
    return failed(fail("bad-input", "A twin exports state, initial_state or events.", std::string(what)));
  });
}

std::string Twins::close(int handle) {
  return guarded([&]() -> std::string {
    if (state_->sessions.erase(handle) == 0) return failed(unknown_twin(handle));
    return succeeded("true");
  });
}

}  // namespace pome::engine
