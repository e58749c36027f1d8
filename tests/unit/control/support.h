#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/encoding.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/control/control_plane.h"
#include "tests/support/fake_environment.h"
#include "tests/support/memory_store.h"

namespace pome::control {

inline constexpr std::string_view kOrigin = "http://127.0.0.1:8080";
inline constexpr std::string_view kScenario = R"(# Label the bug

## Prompt

Look at issue #1 of `acme/api` and label it.

## Success Criteria

- [D] Issue #1 in `acme/api` has the `bug` label applied
- [D] `add_issue_comment` was called

## Config

```yaml
twins: [github]
timeout: 60
passThreshold: 100
```
)";

/// A control plane on a memory store with one team and key.
class ControlTest : public testing::Test {
 protected:
  ControlTest() { start(Config{}); }

  void start(Config config) {
    config.public_url = std::string(kOrigin);
    config.signing_secret = "a signing secret of more than thirty-two bytes";
    plane = std::make_unique<ControlPlane>(std::move(config), store, environment);
    const auto first = plane->ensure_first_key("first");
    ASSERT_TRUE(first);
    if (*first) key = **first;
  }

  static http::Request request(std::string_view method, std::string_view target, std::string body = {}) {
    const std::size_t mark = target.find('?');
    http::Request request;
    request.method = std::string(method);
    request.path = std::string(target.substr(0, mark));
    if (mark != std::string_view::npos) request.query = std::string(target.substr(mark + 1));
    request.headers.add("Host", "127.0.0.1:8080");
    request.body = std::move(body);
    return request;
  }
  http::Response call(std::string_view method, std::string_view target, std::string body = {}) {
    http::Request made = request(method, target, std::move(body));
    made.headers.add("X-API-Key", key);
    return plane->handle(made);
  }
  http::Response call_open(std::string_view method, std::string_view target, std::string body = {}) {
    return plane->handle(request(method, target, std::move(body)));
  }

  static std::string session_body(std::string_view more = "", std::string_view scenario = kScenario) {
    return text::cat(R"({"twins":["github"],"scenario_source":")", encoding::base64(scenario), '"', more, '}');
  }
  /// Makes a session and remembers it.
  Json create(std::string_view more = "", std::string_view scenario = kScenario) {
    const http::Response response = call("POST", "/v1/sessions", session_body(more, scenario));
    EXPECT_EQ(response.status, 201) << response.body;
    Json body = parse(response);
    sid = std::string(json::string_at(body, "session_id").value_or(""));
    token = std::string(json::string_at(body, "agent_token").value_or(""));
    return body;
  }
  std::string at_session(std::string_view rest) const { return text::cat("/v1/sessions/", sid, rest); }
  /// A call of the agent on the session's twin.
  http::Response agent(std::string_view method, std::string_view path, std::string body = {}) {
    const std::shared_ptr<twin::Session> twin = plane->twin_session(sid);
    if (!twin) return http::Response{599, {}, {}};
    http::Request made = request(method, text::cat("/s/", sid, path), std::move(body));
    made.headers.add("authorization", "token " + token);
    return twin->handle(std::move(made));
  }
  void solve() {
    EXPECT_EQ(agent("POST", "/repos/acme/api/issues/1/labels", R"({"labels":["bug"]})").status, 200);
    EXPECT_EQ(agent("POST", "/repos/acme/api/issues/1/comments", R"({"body":"on it"})").status, 201);
  }

  static Json parse(const http::Response& response) {
    Result<Json> body = json::parse(response.body);
    EXPECT_TRUE(body) << response.body;
    return body ? std::move(body).value() : Json::object();
  }
  static void expect_error(const http::Response& response, int status, std::string_view type) {
    EXPECT_EQ(response.status, status) << response.body;
    const Json body = parse(response);
    const Json& error = json::at(body, "error");
    EXPECT_EQ(json::string_at(error, "type").value_or(""), type);
    EXPECT_GT(json::string_at(error, "message").value_or("").size(), 10u) << response.body;
    EXPECT_EQ(json::string_at(error, "request_id"), response.headers.get("x-request-id"));
  }

  test::FakeEnvironment environment;
  test::MemoryStore store;
  std::unique_ptr<ControlPlane> plane;
  std::string key;
  std::string sid;
  std::string token;
};

}  // namespace pome::control
