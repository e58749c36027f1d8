#include "core/auth/jwt.h"
#include "core/base/encoding.h"
#include "tests/unit/twin_session/support.h"

namespace pome::twin {
namespace {

constexpr std::string_view kIssue = "/repos/acme/api/issues/1";

TEST(Gate, TakesTheTokenInEverySpelling) {
  Client client;
  const std::string bare = client.token.substr(4);
  const std::string provider = auth::sign_github_token("ses_1", std::nullopt, kTestSecret);
  const std::vector<std::string> spellings = {
      "Bearer " + client.token,
      "bearer " + client.token,
      "token " + client.token,
      "Bearer " + bare,
      "Basic " + encoding::base64("x-access-token:" + client.token),
      "Basic " + encoding::base64(client.token + ":x-oauth-basic"),
      "token " + provider,
  };
  for (const std::string& spelling : spellings) {
    EXPECT_EQ(client.call_with(kIssue, spelling).status, 200) << spelling;
    EXPECT_EQ(client.call_with(kIssue, spelling).status, 200) << "again " << spelling;
  }
}

TEST(Gate, AnswersLikeGitHubAndRecordsEveryRefusal) {
  Client client;
  const auth::Claims other{"ses_2", "tm", "ada", std::nullopt};
  const struct {
    std::optional<std::string> header;
    std::string_view message;
  } rows[] = {
      {std::nullopt, "Requires authentication"},
      {"", "Requires authentication"},
      {"Bearer", "Requires authentication"},
      {client.token, "Requires authentication"},
      {"Bearer nonsense", "Bad credentials"},
      {"Bearer " + client.token + "x", "Bad credentials"},
      {"token ghp_" + std::string(36, 'a'), "Bad credentials"},
      {"Bearer " + auth::sign_jwt(other, kTestSecret), "Bad credentials"},
      {"Bearer " + auth::sign_github_token("ses_2", std::nullopt, kTestSecret), "Bad credentials"},
  };
  std::size_t count = 0;
  for (const auto& row : rows) {
    const http::Response response = client.call_with(kIssue, row.header);
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(message_of(response), row.message);
    ++count;
    const Json events = client.events();
    ASSERT_EQ(events.size(), count);
    EXPECT_EQ(events.back()["status"], 401);
    EXPECT_EQ(events.back()["error"], std::string(row.message));
    EXPECT_EQ(json::dump(events.back()["response_body"]), json::dump(*json::parse(response.body)));
  }
  EXPECT_EQ(client.session->calls(), count);
  EXPECT_EQ(client.call_with("/_pome/state", std::nullopt).status, 401);
  EXPECT_EQ(client.events().size(), count + 1);
}

TEST(Gate, ARememberedTokenStillExpires) {
  Client client;
  EXPECT_EQ(client.call("GET", kIssue).status, 200);
  client.environment.pass(3599);
  EXPECT_EQ(client.call("GET", kIssue).status, 200);
  client.environment.pass(1);
  EXPECT_EQ(client.call("GET", kIssue).status, 401);
}

TEST(Gate, TheTokenNamesTheActor) {
  Client client;
  client.token = client.session->mint_token("alice", client.environment.seconds() + 60);
  const http::Response response = client.call("POST", "/repos/acme/api/issues/1/comments", R"({"body":"hello"})");
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(json::at(*json::parse(response.body), "user")["login"], "alice");
  // Another actor right after: what is remembered belongs to one header.
  client.token = client.session->mint_token(kDefaultLogin, client.environment.seconds() + 60);
  const http::Response second = client.call("POST", "/repos/acme/api/issues/1/comments", R"({"body":"hello"})");
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_EQ(json::at(*json::parse(second.body), "user")["login"], std::string(kDefaultLogin));
  EXPECT_EQ(client.events()[0]["response_body"]["user"]["login"], "alice");
}

TEST(Gate, HealthNeedsNoToken) {
  Client client;
  const http::Response response = client.call_with("/healthz", std::nullopt);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"ok":true,"sid":"ses_1"})");
  EXPECT_EQ(client.session->calls(), 0u);
}

TEST(Gate, RefusesHugeBodies) {
  Client client;
  const http::Response response = client.call("POST", "/repos/acme/api/issues", std::string(kMaxRequestBody + 1, ' '));
  EXPECT_EQ(response.status, 413);
  const Json events = client.events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0]["status"], 413);
  EXPECT_TRUE(events[0]["request_body"].is_null());
}

TEST(Gate, PagesMayCallFromAnyOrigin) {
  Client client;
  http::Request preflight = client.request("OPTIONS", kIssue);
  preflight.headers.remove("authorization");
  preflight.headers.add("Origin", "https://play.example");
  preflight.headers.add("Access-Control-Request-Method", "PATCH");
  preflight.headers.add("Access-Control-Request-Headers", "authorization,x-github-api-version");
  const http::Response answer = client.session->handle(std::move(preflight));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.headers.get("access-control-allow-headers"), "authorization,x-github-api-version");
  EXPECT_FALSE(answer.headers.has("access-control-allow-credentials"));
  EXPECT_EQ(client.session->calls(), 0u);

  http::Request refused = client.request("GET", kIssue);
  refused.headers.remove("authorization");
  refused.headers.add("Origin", "https://play.example");
  const http::Response error = client.session->handle(std::move(refused));
  EXPECT_EQ(error.status, 401);
  EXPECT_EQ(error.headers.get("access-control-allow-origin"), "*");
  EXPECT_TRUE(text::contains(error.headers.get("vary").value_or(""), "Origin"));
  EXPECT_TRUE(text::contains(error.headers.get("access-control-expose-headers").value_or(""), "Link"));
  EXPECT_FALSE(client.call("GET", kIssue).headers.has("access-control-expose-headers") &&
               !client.call("GET", kIssue).headers.has("access-control-allow-origin"));
}

}  // namespace
}  // namespace pome::twin
