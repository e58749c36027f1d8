#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/twin/session/session.h"
#include "tests/support/fake_environment.h"

namespace pome::twin {

inline constexpr std::string_view kTestSecret = "a secret of more than thirty-two bytes, for tests";

inline SessionConfig test_config(std::string id = "ses_1") {
  SessionConfig config;
  config.id = std::move(id);
  config.mount = "/s/" + config.id;
  config.base_url = "http://127.0.0.1:8080" + config.mount;
  config.auth_secret = std::string(kTestSecret);
  return config;
}

/// A session on the default seed with a token for its default login.
class Client {
 public:
  explicit Client(SessionConfig config = test_config(), std::string_view seed = {}) {
    Result<std::unique_ptr<Session>> opened = Session::open(std::move(config), seed, environment);
    EXPECT_TRUE(opened) << opened.error().message;
    session = std::move(opened).value();
    token = session->mint_token(kDefaultLogin, environment.seconds() + 3600);
  }

  /// `target` is relative to the mount and may carry a query.
  http::Request request(std::string_view method, std::string_view target, std::string body = {}) const {
    const std::size_t mark = target.find('?');
    http::Request request;
    request.method = std::string(method);
    request.path = session->config().mount + std::string(target.substr(0, mark));
    if (mark != std::string_view::npos) request.query = std::string(target.substr(mark + 1));
    request.headers.add("Authorization", "Bearer " + token);
    request.headers.add("Accept", "application/vnd.github+json");
    request.body = std::move(body);
    return request;
  }
  http::Response call(std::string_view method, std::string_view target, std::string body = {}) {
    return session->handle(request(method, target, std::move(body)));
  }
  http::Response call_with(std::string_view target, std::optional<std::string> authorization) {
    http::Request get = request("GET", target);
    get.headers.remove("authorization");
    if (authorization) get.headers.add("authorization", *authorization);
    return session->handle(std::move(get));
  }
  Json events() const {
    Result<Json> rows = json::parse(session->events());
    EXPECT_TRUE(rows) << rows.error().message;
    return std::move(rows).value();
  }

  test::FakeEnvironment environment;
  std::unique_ptr<Session> session;
  std::string token;
};

inline std::string message_of(const http::Response& response) {
  const Result<Json> body = json::parse(response.body);
  return body ? std::string(json::string_at(*body, "message").value_or("")) : std::string();
}

}  // namespace pome::twin
