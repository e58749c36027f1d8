#include "core/twin/session/standalone.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/twin/github/rest/api.h"
#include "tests/support/fake_environment.h"

namespace pome::twin {
namespace {

constexpr const char* kLoopback = "127.0.0.1";

class StandaloneTwin : public testing::Test {
 protected:
  void open(StandaloneConfig config = {}) {
    config.origin = "http://127.0.0.1:3333";
    config.auth_secret = "a secret of more than thirty-two bytes, for tests";
    auto opened = Standalone::open(std::move(config), {}, environment);
    ASSERT_TRUE(opened) << opened.error().message;
    twin = std::move(opened).value();
  }
  http::Response call(std::string method, std::string path, http::Headers headers = {}, std::string body = {},
                      std::string_view peer = kLoopback) {
    return twin->handle({std::move(method), std::move(path), {}, std::move(headers), std::move(body)}, peer);
  }
  http::Headers bearer(std::string_view sid) const {
    return {{"authorization", "Bearer " + twin->mint_token(sid, "ada", environment.seconds() + 60)}};
  }

  test::FakeEnvironment environment;
  std::unique_ptr<Standalone> twin;
};

TEST_F(StandaloneTwin, Health) {
  open();
  const auto body = json::parse(call("GET", "/healthz").body);
  ASSERT_TRUE(body);
  EXPECT_EQ((*body)["ok"], true);
  EXPECT_EQ((*body)["twin"], "github");
  EXPECT_EQ((*body)["operations"], github::rest::operations().size());
  EXPECT_EQ((*body)["runtime"]["version"], "0.1.0");
  EXPECT_EQ(call("GET", "/").status, 404);
  EXPECT_EQ(call("GET", "/").body, "404 Not Found");
  EXPECT_EQ(call("GET", "/repos/acme/api", bearer("standalone")).status, 404);
}

TEST_F(StandaloneTwin, EverySidHasItsOwnWorld) {
  open();
  EXPECT_EQ(call("GET", "/s/standalone/repos/acme/api", bearer("standalone")).status, 200);
  EXPECT_EQ(call("POST", "/s/one/repos/acme/api/issues", bearer("one"), R"({"title":"x"})").status, 201);
  EXPECT_EQ(call("GET", "/s/one/repos/acme/api/issues/2", bearer("one")).status, 200);
  EXPECT_EQ(call("GET", "/s/two/repos/acme/api/issues/2", bearer("two")).status, 404);
  EXPECT_EQ(call("GET", "/s/two/repos/acme/api", bearer("one")).status, 401);
}

TEST_F(StandaloneTwin, NoTokenOpensNothing) {
  open();
  EXPECT_EQ(call("GET", "/s/new/user").status, 401);
  EXPECT_TRUE(text::contains(call("GET", "/s/new/user").body, "Requires authentication"));
  EXPECT_TRUE(text::contains(call("GET", "/s/new/user", bearer("other")).body, "Bad credentials"));
  EXPECT_EQ(twin->session("new"), nullptr);
  EXPECT_EQ(call("GET", "/s/", bearer("")).status, 401);
  EXPECT_EQ(call("GET", "/s/standalone/user").status, 401);
  EXPECT_EQ(twin->session("standalone")->calls(), 1u);
}

TEST_F(StandaloneTwin, RoomIsLimited) {
  StandaloneConfig config;
  config.max_sessions = 2;
  open(config);
  EXPECT_EQ(call("GET", "/s/one/user", bearer("one")).status, 200);
  EXPECT_EQ(call("GET", "/s/two/user", bearer("two")).status, 503);
  EXPECT_EQ(call("GET", "/s/one/user", bearer("one")).status, 200);
}

TEST_F(StandaloneTwin, AdminFromLoopback) {
  open();
  call("POST", "/s/one/repos/acme/api/issues", bearer("one"), R"({"title":"x"})");
  for (const char* peer : {"10.0.0.7", "", "127.0.0.1.evil", "::2", "1270.0.0.1", "127.0.0.256", "127.0.0.-1"}) {
    const http::Response refused = call("POST", "/admin/reset", {{"x-forwarded-for", "127.0.0.1"}}, {}, peer);
    EXPECT_EQ(refused.status, 403) << peer;
    EXPECT_EQ(refused.body,
              R"({"message":"Forbidden","documentation_url":"https://docs.github.com/rest","status":"403"})");
  }
  EXPECT_EQ(call("GET", "/s/one/repos/acme/api/issues/2", bearer("one")).status, 200);
  EXPECT_EQ(call("GET", "/admin/reset").status, 405);
  for (const char* peer : {"127.0.0.1", "::1", "::ffff:127.0.0.1", "127.9.9.9"}) {
    EXPECT_EQ(call("POST", "/admin/reset", {}, {}, peer).status, 200) << peer;
  }
  EXPECT_EQ(call("GET", "/s/one/repos/acme/api/issues/2", bearer("one")).status, 404);
}

TEST_F(StandaloneTwin, AdminRefusesPages) {
  open();
  EXPECT_EQ(call("POST", "/admin/reset", {{"Origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(call("POST", "/admin/reset", {{"Origin", "null"}}).status, 403);
}

TEST_F(StandaloneTwin, AdminWithToken) {
  StandaloneConfig config;
  config.admin_token = "let me in";
  open(config);
  EXPECT_EQ(call("POST", "/admin/reset").status, 403);
  EXPECT_EQ(call("POST", "/admin/reset", {{"X-Admin-Token", "let me"}}).status, 403);
  EXPECT_EQ(call("POST", "/admin/reset", {{"X-Admin-Token", "let me in"}}, {}, "10.0.0.7").status, 200);
  EXPECT_EQ(call("POST", "/admin/reset", {{"X-Admin-Token", "let me in"}, {"Origin", "http://x"}}).status, 403);
}

TEST_F(StandaloneTwin, Seeding) {
  open();
  call("GET", "/s/one/user", bearer("one"));
  EXPECT_EQ(call("POST", "/admin/seed", {}, "{").status, 400);
  EXPECT_EQ(call("POST", "/admin/seed", {}, R"({"repositories":7})").status, 422);
  EXPECT_EQ(call("GET", "/s/one/repos/acme/api", bearer("one")).status, 200);
  EXPECT_EQ(call("POST", "/admin/seed", {}, R"({"repositories":[{"owner":"o","name":"r"}]})").status, 200);
  EXPECT_EQ(call("GET", "/s/one/repos/o/r", bearer("one")).status, 200);
  EXPECT_EQ(call("GET", "/s/later/repos/o/r", bearer("later")).status, 200);
}

TEST(Standalone, NeedsASecretAndAGoodSeed) {
  test::FakeEnvironment environment;
  EXPECT_EQ(Standalone::open({}, {}, environment).error().code, "no-secret");
  StandaloneConfig config;
  config.auth_secret = "x";
  EXPECT_EQ(Standalone::open(config, "{", environment).error().code, "bad-seed");
}

}  // namespace
}  // namespace pome::twin
