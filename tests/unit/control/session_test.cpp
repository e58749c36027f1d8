#include "core/auth/jwt.h"
#include "core/base/time.h"
#include "tests/unit/control/support.h"

namespace pome::control {
namespace {

using SessionTest = ControlTest;

TEST_F(SessionTest, CreateAnswersEverythingAClientNeeds) {
  const Json body = create(R"(,"group_id":"grp_1")");
  EXPECT_EQ(sid.substr(0, 4), "ses_");
  EXPECT_EQ(body["session_token"], sid);
  EXPECT_EQ(body["twin_url"], text::cat(kOrigin, "/s/", sid));
  EXPECT_EQ(body["expires_at"], time::iso8601(environment.seconds() + 660)) << "the scenario's timeout and ten minutes";
  EXPECT_EQ(token.substr(0, 4), "edt_");
  EXPECT_EQ(body["provider_credentials"]["github"]["header"], "Authorization");
  EXPECT_EQ(body["per_twin"]["github"]["api_url"], body["twin_url"]);
  EXPECT_EQ(body["group_id"], "grp_1");
  EXPECT_EQ(body["seed_applied"], false);
  EXPECT_EQ(agent("GET", "/repos/acme/api/issues/1").status, 200);
  token = body["provider_credentials"]["github"]["token"];
  EXPECT_EQ(token.substr(0, 9), "ghp_pome_");
  EXPECT_EQ(agent("GET", "/repos/acme/api/issues/1").status, 200);
}

TEST_F(SessionTest, TokensOfOneSessionOpenNoOther) {
  create();
  const std::string first = token;
  create();
  token = first;
  EXPECT_EQ(agent("GET", "/user").status, 401);
}

TEST_F(SessionTest, BadRequestsSayWhichMember) {
  const std::string source = encoding::base64(kScenario);
  const struct {
    std::string body;
    std::string_view field;
  } rows[] = {
      {"{}", "scenario_source"},
      {text::cat(R"({"scenario_source":")", source, R"(","scenario_id":"scn_1"})"), "scenario_source"},
      {R"({"scenario_id":"scn_1"})", "scenario_id"},
      {R"({"scenario_source":"%%%"})", "scenario_source"},
      {R"({"scenario_source":7})", "scenario_source"},
      {R"({"scenario_source":""})", "scenario_source"},
      {R"({"scenario_source":"/w=="})", "scenario_source"},
      {text::cat(R"({"twins":[],"scenario_source":")", source, "\"}"), "twins"},
      {text::cat(R"({"twins":"github","scenario_source":")", source, "\"}"), "twins"},
      {text::cat(R"({"twins":["slack"],"scenario_source":")", source, "\"}"), "twins"},
      {text::cat(R"({"twins":["github",7],"scenario_source":")", source, "\"}"), "twins"},
      {session_body(R"(,"seed":7)"), "seed"},
      {session_body(R"(,"seed":{"repositories":7})"), "seed"},
      {session_body(R"(,"seed":{"github":{"repositories":[]},"slack":{}})"), "seed"},
      {session_body(R"(,"group_id":7)"), "group_id"},
      {session_body(R"(,"idempotency_key":[])"), "idempotency_key"},
      {session_body(R"(,"ttl_seconds":1)"), "ttl_seconds"},
      {session_body(R"(,"ttl_seconds":"60")"), "ttl_seconds"},
      {session_body(R"(,"ttl_seconds":87001)"), "ttl_seconds"},
  };
  for (const auto& row : rows) {
    const http::Response response = call("POST", "/v1/sessions", row.body);
    expect_error(response, 422, "validation_failed");
    EXPECT_EQ(parse(response)["error"]["details"]["field"], std::string(row.field)) << row.body;
  }
  EXPECT_TRUE(store.session_rows.empty());
  EXPECT_EQ(call("POST", "/v1/sessions", text::cat(R"({"task_source":")", source, "\"}")).status, 201);
}

TEST_F(SessionTest, SeedsAreHonoured) {
  EXPECT_EQ(create(R"(,"seed":{"repositories":[{"owner":"o","name":"r"}]})")["seed_applied"], true);
  EXPECT_EQ(agent("GET", "/repos/o/r").status, 200);
  EXPECT_EQ(agent("GET", "/repos/acme/api").status, 404);
  EXPECT_FALSE(store.session_rows[sid].seed.empty());
  const std::string seeded =
      text::cat(kScenario, "\n## Seed State\n\n```json\n{\"repositories\":[{\"owner\":\"p\",\"name\":\"q\"}]}\n```\n");
  EXPECT_EQ(create("", seeded)["seed_applied"], true);
  EXPECT_EQ(agent("GET", "/repos/p/q").status, 200);
  create(R"(,"seed":{"repositories":[{"owner":"o","name":"r"}]})", seeded);
  EXPECT_EQ(agent("GET", "/repos/p/q").status, 404) << "the seed member wins";
  create(R"(,"seed":{"_meta":{"version":1},"github":{"repositories":[{"owner":"o","name":"r"}]}})");
  EXPECT_EQ(agent("GET", "/repos/o/r").status, 200) << "an envelope with one twin is its seed";
}

TEST_F(SessionTest, Idempotency) {
  const std::string body = session_body(R"(,"idempotency_key":"7b0c")");
  const http::Response first = call("POST", "/v1/sessions", body);
  const http::Response second = call("POST", "/v1/sessions", body);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(store.session_rows.size(), 1u);
  expect_error(call("POST", "/v1/sessions", session_body(R"(,"group_id":"g","idempotency_key":"7b0c")")), 409,
               "conflict");
  sid = parse(first)["session_id"];
  call("DELETE", at_session(""));
  expect_error(call("POST", "/v1/sessions", body), 409, "conflict");
  EXPECT_EQ(call("POST", "/v1/sessions", session_body(R"(,"idempotency_key":"other")")).status, 201);
}

TEST_F(SessionTest, QuotaAndRoom) {
  Config config;
  config.max_live_sessions = 2;
  start(config);
  store.teams.begin()->second.monthly_quota = 3;
  create();
  create();
  const http::Response full = call("POST", "/v1/sessions", session_body());
  expect_error(full, 503, "downstream_unavailable");
  EXPECT_TRUE(full.headers.has("retry-after"));
  EXPECT_EQ(call("DELETE", at_session("")).status, 204);
  create();
  call("DELETE", at_session(""));
  expect_error(call("POST", "/v1/sessions", session_body()), 402, "quota_exceeded");
  EXPECT_EQ(parse(call("GET", "/v1/usage"))["sessions_remaining"], 0);
  environment.millis = *time::parse_iso8601("2027-02-01T00:00:00Z") * 1000;
  plane->reap();
  create();
}

TEST_F(SessionTest, LifeOfASession) {
  create();
  Json row = parse(call("GET", at_session("")));
  EXPECT_EQ(row["id"], sid);
  EXPECT_EQ(row["state"], "ready");
  EXPECT_EQ(row["twin_type"], "github");
  EXPECT_TRUE(row["closed_at"].is_null());
  agent("GET", "/user");
  EXPECT_EQ(parse(call("GET", at_session("")))["state"], "running");
  EXPECT_EQ(call("DELETE", at_session("")).status, 204);
  EXPECT_EQ(call("DELETE", at_session("")).status, 204);
  row = parse(call("GET", at_session("")));
  EXPECT_EQ(row["state"], "done");
  EXPECT_TRUE(row["twin_url"].is_null());
  EXPECT_EQ(row["closed_at"], time::iso8601(environment.seconds()));
  EXPECT_EQ(plane->twin_session(sid), nullptr);
  expect_error(call("POST", at_session("/reset")), 409, "conflict");
  expect_error(call("DELETE", "/v1/sessions/ses_unknown"), 404, "not_found");
}

TEST_F(SessionTest, SessionsExpire) {
  create(R"(,"ttl_seconds":100)");
  environment.pass(99);
  EXPECT_EQ(agent("GET", "/user").status, 200);
  environment.pass(1);
  EXPECT_EQ(plane->twin_session(sid), nullptr) << "before the reaper comes, too";
  const Json row = parse(call("GET", at_session("")));
  EXPECT_EQ(row["state"], "expired");
  EXPECT_EQ(row["expired_reason"], "ttl");
  expect_error(call("POST", at_session("/result"), "{}"), 410, "session_expired");
  plane->reap();
  EXPECT_EQ(store.session_rows[sid].state, "expired");
  EXPECT_EQ(store.session_rows[sid].closed_at, store.session_rows[sid].expires_at);
  EXPECT_EQ(call("DELETE", at_session("")).status, 204);
}

TEST_F(SessionTest, ARestartEndsSessions) {
  create();
  start(Config{});
  const Json row = parse(call("GET", at_session("")));
  EXPECT_EQ(row["state"], "expired");
  EXPECT_EQ(row["expired_reason"], "server_restarted");
}

TEST_F(SessionTest, Lists) {
  for (int i = 0; i < 3; ++i) create();
  const Json all = parse(call("GET", "/v1/sessions"));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0]["id"], sid) << "newest first";
  EXPECT_EQ(parse(call("GET", "/v1/sessions?limit=2")).size(), 2u);
  for (const char* limit : {"0", "-1", "x", ""}) {
    expect_error(call("GET", text::cat("/v1/sessions?limit=", limit)), 422, "validation_failed");
  }
}

TEST_F(SessionTest, OtherTeamsSeeNothing) {
  create();
  store.teams["tm_other"] = Team{"tm_other", "other", "free", 0};
  const std::string mine = key;
  key = parse(call("POST", "/v1/keys", R"({"name":"x"})"))["api_key"]["full_key"];
  for (auto& [id, row] : store.api_keys) {
    if (row.name == "x") row.team_id = "tm_other";
  }
  for (const char* rest : {"", "/state", "/initial-state", "/events"}) {
    expect_error(call("GET", at_session(rest)), 404, "not_found");
  }
  for (const char* rest : {"/reset", "/result", "/finalize", "/abandon", "/result-upload-url", "/state-upload-url"}) {
    expect_error(call("POST", at_session(rest), R"({"error_code":"x"})"), 404, "not_found");
  }
  expect_error(call("DELETE", at_session("")), 404, "not_found");
  EXPECT_EQ(parse(call("GET", "/v1/sessions")).size(), 0u);
  EXPECT_EQ(parse(call("GET", "/v1/keys")).size(), 1u);
  key = mine;
  EXPECT_EQ(call("GET", at_session("")).status, 200);
}

TEST_F(SessionTest, ResetIsTheOwnersRight) {
  create();
  solve();
  EXPECT_EQ(agent("POST", "/reset").status, 501) << "the agent's token reaches no reset";
  EXPECT_NE(call("GET", at_session("/state")).body, call("GET", at_session("/initial-state")).body);
  EXPECT_EQ(parse(call("GET", at_session("/events"))).size(), 3u);
  EXPECT_EQ(call("POST", at_session("/reset")).status, 200);
  EXPECT_EQ(call("GET", at_session("/state")).body, call("GET", at_session("/initial-state")).body);
  EXPECT_EQ(call("GET", at_session("/events")).body, "[]");
}

TEST_F(SessionTest, Abandon) {
  create();
  expect_error(call("POST", at_session("/abandon"), "{}"), 422, "validation_failed");
  const Json body = parse(call("POST", at_session("/abandon"), R"({"error_code":"agent_timeout"})"));
  EXPECT_EQ(body["state"], "failed");
  EXPECT_EQ(body["abandoned"], true);
  EXPECT_EQ(store.session_rows[sid].state, "failed");
  expect_error(call("POST", at_session("/abandon"), R"({"error_code":"x"})"), 409, "conflict");
  EXPECT_EQ(call("DELETE", at_session("")).status, 204);
  EXPECT_EQ(store.session_rows[sid].state, "failed");
}

TEST_F(SessionTest, AFailingStoreMakesNoSession) {
  store.failing = true;
  expect_error(call("POST", "/v1/sessions", session_body()), 500, "internal_error");
  store.failing = false;
  EXPECT_EQ(parse(call("GET", "/v1/sessions")).size(), 0u);
}

TEST_F(SessionTest, SecretsAreNotStored) {
  const std::string secret = "ghp_" + std::string(36, 'k');
  create("", text::cat(kScenario, "\nA note with ", secret, " and ", key, "\n"));
  const SessionRow& row = store.session_rows[sid];
  EXPECT_FALSE(text::contains(row.scenario_source, secret));
  EXPECT_FALSE(text::contains(row.scenario_source, key));
  EXPECT_TRUE(text::contains(row.scenario_source, "Label the bug"));
}

TEST_F(SessionTest, TwinsAreUsedUnderTheirLock) {
  Config config;
  std::vector<std::string> locked;
  config.session_lock = [&](std::string_view id, const std::function<void()>& work) {
    locked.emplace_back(id);
    work();
  };
  start(config);
  create();
  call("POST", at_session("/reset"));
  call("GET", at_session("/state"));
  call("GET", at_session("/events"));
  call("POST", at_session("/result"), "{}");
  EXPECT_EQ(locked, std::vector<std::string>(4, sid));
}

}  // namespace
}  // namespace pome::control
