#include <algorithm>

#include "tests/unit/twin_session/support.h"

namespace pome::twin {
namespace {

TEST(Tape, RateLimitCountsTheCallsAndReplaysThem) {
  Client client;
  const auto remaining = [&] {
    Result<Json> body = json::parse(client.call("GET", "/rate_limit").body);
    return json::integer_at((*body)["rate"], "remaining");
  };
  EXPECT_EQ(client.call("GET", "/user").headers.get("x-ratelimit-remaining"), "4999");
  EXPECT_EQ(client.call("GET", "/user").headers.get("x-ratelimit-used"), "2");
  EXPECT_EQ(remaining(), 4998);
  EXPECT_EQ(client.events()[2]["response_body"]["rate"]["remaining"], 4998) << "the tape shows what was answered";
}

TEST(Tape, ARowHasEveryField) {
  Client client;
  http::Request post =
      client.request("POST", "/repos/acme/api/issues/1/comments?note=a%20b&x=1", "{ \"body\" :\n \"on it\" }");
  post.headers.add("Cookie", "a=b");
  post.headers.add("X-API-Key", "pme_secret");
  post.headers.add("X-Multi", "one");
  post.headers.add("x-multi", "two");
  post.headers.add("x-pome-correlation-id", "toolu_1");
  post.headers.add("x-pome-scenario-step-id", "step_1");
  const http::Response response = client.session->handle(std::move(post));
  ASSERT_EQ(response.status, 201) << response.body;
  const Json events = client.events();
  ASSERT_EQ(events.size(), 1u);
  const Json& row = events[0];
  EXPECT_EQ(row["ts"], "2027-01-15T08:00:00.001Z");
  EXPECT_EQ(row["run_id"], "ses_1");
  EXPECT_EQ(row["twin"], "github");
  EXPECT_EQ(row["request_id"], "req_000001");
  EXPECT_EQ(row["correlation_id"], "toolu_1");
  EXPECT_EQ(row["tool_call_id"], "toolu_1");
  EXPECT_EQ(row["task_step_id"], "step_1");
  EXPECT_EQ(row["scenario_step_id"], "step_1");
  EXPECT_TRUE(row["step_id"].is_null());
  EXPECT_EQ(row["method"], "POST");
  EXPECT_EQ(row["path"], "/s/ses_1/repos/acme/api/issues/1/comments?note=a%20b&x=1");
  EXPECT_EQ(row["request_body"], Json({{"body", "on it"}}));
  EXPECT_EQ(row["request_headers"], Json({{"accept", "application/vnd.github+json"},
                                          {"authorization", "[REDACTED]"},
                                          {"cookie", "[REDACTED]"},
                                          {"x-api-key", "[REDACTED]"},
                                          {"x-multi", "one, two"},
                                          {"x-pome-correlation-id", "toolu_1"},
                                          {"x-pome-scenario-step-id", "step_1"}}));
  EXPECT_EQ(row["operation"], "issues/create-comment");
  EXPECT_EQ(row["tool"], "add_issue_comment");
  EXPECT_EQ(row["tools"][0], "add_issue_comment");
  EXPECT_EQ(row["status"], 201);
  EXPECT_EQ(row["response_body"], *json::parse(response.body));
  EXPECT_EQ(row["latency_ms"], 1);
  EXPECT_EQ(row["fidelity"], "semantic");
  EXPECT_EQ(row["state_mutation"], true);
  EXPECT_TRUE(row["state_delta"]["before"].is_null());
  EXPECT_EQ(row["state_delta"]["after"]["body"], "on it");
  EXPECT_EQ(row["state_delta"]["after"]["repo"], "acme/api");
  EXPECT_TRUE(row["error"].is_null());
  EXPECT_EQ(row["kind"], "TwinHttpEvent");
  EXPECT_EQ(row["event_id"], "req_000001");
  EXPECT_TRUE(row.contains("parent_id") && row["parent_id"].is_null());
  EXPECT_FALSE(text::contains(client.session->events(), client.token));
  EXPECT_FALSE(text::contains(client.session->events(), "pme_secret"));
}

TEST(Tape, BeforeAndAfterOfAnEdit) {
  Client client;
  ASSERT_EQ(client.call("PATCH", "/repos/acme/api/issues/1", R"({"state":"closed"})").status, 200);
  ASSERT_EQ(client.call("GET", "/repos/acme/api/issues/1").status, 200);
  ASSERT_EQ(client.call("PATCH", "/repos/acme/api/issues/1", R"({"state":"open"})").status, 200);
  const Json events = client.events();
  EXPECT_EQ(events[0]["state_delta"]["before"]["state"], "open");
  EXPECT_EQ(events[0]["state_delta"]["after"]["state"], "closed");
  EXPECT_TRUE(events[1]["state_delta"].is_null());
  EXPECT_EQ(events[1]["state_mutation"], false);
  EXPECT_EQ(events[2]["state_delta"]["before"]["state"], "closed");
  EXPECT_EQ(events[2]["request_id"], "req_000003");
}

TEST(Tape, BodiesThatAreNotJson) {
  Client client;
  EXPECT_EQ(client.call("POST", "/repos/acme/api/issues", "title=x").status, 400);
  EXPECT_EQ(client.call("POST", "/repos/acme/api/issues", "\xff\xfe").status, 400);
  EXPECT_EQ(client.call("POST", "/repos/acme/api/issues", "{\"title\":\"a\\\"b \\\\\",\r\n\"x\":1.50}").status, 201);
  const Json events = client.events();
  EXPECT_EQ(events[0]["request_body"], "title=x");
  EXPECT_EQ(events[0]["error"], "Problems parsing JSON");
  EXPECT_EQ(events[0]["state_mutation"], false);
  EXPECT_TRUE(events[1]["request_body"].is_string());
  EXPECT_EQ(events[2]["request_body"]["title"], "a\"b \\");
  EXPECT_TRUE(text::contains(client.session->events(), R"({"title":"a\"b \\","x":1.50})"));
}

TEST(Tape, UnsupportedCallsAreMarked) {
  Client client;
  EXPECT_EQ(client.call("GET", "/graphql").status, 501);
  EXPECT_EQ(client.call("POST", "/_pome/unknown").status, 501);
  EXPECT_EQ(client.session->unsupported_calls(), 2u);
  const Json events = client.events();
  EXPECT_EQ(events[0]["fidelity"], "unsupported");
  EXPECT_TRUE(events[0]["operation"].is_null());
  EXPECT_TRUE(events[0]["tool"].is_null());
  EXPECT_EQ(events[0]["tools"], Json::array());
}

TEST(Tape, MethodOverrideIsIgnored) {
  Client client;
  http::Request get = client.request("GET", "/repos/acme/api/issues/1", R"({"state":"closed"})");
  get.headers.add("X-HTTP-Method-Override", "PATCH");
  EXPECT_EQ(client.session->handle(std::move(get)).status, 200);
  EXPECT_EQ(client.session->state(), client.session->initial_state());
}

TEST(Tape, OwnRoutesAreNotRecorded) {
  Client client;
  EXPECT_EQ(client.call("GET", "/_pome/state").body, client.session->state());
  EXPECT_EQ(client.call("GET", "/_pome/events").body, "[]");
  const Result<Json> health = json::parse(client.call("GET", "/_pome/health").body);
  ASSERT_TRUE(health);
  EXPECT_EQ((*health)["ok"], true);
  EXPECT_EQ((*health)["twin"], "github");
  EXPECT_EQ((*health)["calls"], 0);
  EXPECT_EQ(client.call("HEAD", "/_pome/state").body, "");
  EXPECT_EQ(client.call("POST", "/_pome/state").status, 405);
  EXPECT_EQ(client.session->calls(), 0u);
}

TEST(Tape, IsBoundedInRows) {
  SessionConfig config = test_config();
  config.max_tape_rows = 3;
  Client client(config);
  for (int i = 0; i < 5; ++i) client.call("GET", "/repos/acme/api");
  EXPECT_EQ(client.session->calls(), 5u);
  const Json events = client.events();
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[3]["kind"], "TapeTruncatedEvent");
  EXPECT_EQ(events[3]["kept"], 3);
  EXPECT_EQ(events[3]["dropped"], 2);
  client.session->reset();
  EXPECT_EQ(client.session->events(), "[]");
}

TEST(Tape, IsBoundedInBytesAndHasNoHoles) {
  SessionConfig config = test_config();
  config.max_tape_bytes = 100'000;
  Client client(config);
  client.call("GET", "/repos/acme/api");
  client.call("POST", "/repos/acme/api/issues", std::string(200'000, ' '));
  client.call("GET", "/repos/acme/api");
  const Json events = client.events();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[1]["kind"], "TapeTruncatedEvent");
  EXPECT_EQ(events[1]["dropped"], 2);
}

TEST(Tape, IsBoundedInTheBytesOfItsExport) {
  SessionConfig config = test_config();
  Client all;
  const std::size_t size = all.call("GET", "/repos/acme/api").body.size();
  config.max_tape_response_bytes = 3 * size;
  Client client(config);
  for (int i = 0; i < 5; ++i) client.call("GET", "/repos/acme/api");
  const Json events = client.events();
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[3]["kind"], "TapeTruncatedEvent");
  EXPECT_EQ(events[3]["kept"], 3);
  client.session->reset();
  client.call("GET", "/repos/acme/api");
  EXPECT_EQ(client.events().size(), 1u) << "a reset gives the room back";
}

TEST(Tape, LinesHoldTheSameRows) {
  SessionConfig config = test_config();
  config.max_tape_rows = 2;
  Client client(config);
  for (int i = 0; i < 3; ++i) client.call("POST", "/repos/acme/api/issues", "{\n\"title\": \"x\\ny\"\n}");
  const Json events = client.events();
  const std::string lines = client.session->events_ndjson();
  const std::vector<std::string_view> rows = text::lines(lines);
  ASSERT_EQ(rows.size(), events.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(*json::parse(rows[i]), events[i]);
}

// Answering again gives what was answered: over a long mix of calls every row equals its live answer.
TEST(Tape, RowsEqualTheLiveAnswers) {
  const std::vector<std::pair<std::string, std::string>> calls = {
      {"GET /repos/acme/api", ""},
      {"GET /repos/acme/api/issues?state=all&per_page=2&page=1", ""},
      {"GET /repos/acme/api/issues/1", ""},
      {"GET /repos/acme/api/labels", ""},
      {"GET /repos/acme/api/issues/1/comments", ""},
      {"GET /user", ""},
      {"GET /rate_limit", ""},
      {"HEAD /repos/acme/api/issues/1", ""},
      {"GET /nowhere", ""},
      {"POST /repos/acme/api/issues", R"({"title":"new one","labels":["bug"]})"},
      {"POST /repos/acme/api/issues", R"({"title":7})"},
      {"POST /repos/acme/api/issues/1/comments", R"({"body":"hello"})"},
      {"POST /repos/acme/api/issues/1/labels", R"({"labels":["bug"]})"},
      {"DELETE /repos/acme/api/issues/1/labels/bug", ""},
      {"PATCH /repos/acme/api/issues/1", R"({"state":"closed","title":"changed"})"},
      {"PATCH /repos/acme/api/issues/1", R"({"state":"open","assignees":["alice"]})"},
      {"POST /repos/acme/api/labels", R"({"name":"fresh","color":"ff0000"})"},
      {"DELETE /repos/acme/api/labels/fresh", ""},
      {"POST /repos/acme/api/milestones", R"({"title":"v1"})"},
      {"PATCH /repos/acme/api/issues/2", R"({"milestone":1})"},
  };
  Client client;
  std::vector<http::Response> answers;
  std::uint32_t random = 7;
  for (int i = 0; i < 400; ++i) {
    random = random * 1664525u + 1013904223u;
    const auto& [line, body] = calls[(random >> 8) % calls.size()];
    const std::size_t space = line.find(' ');
    if (random >> 28 == 0) {
      answers.push_back(client.call_with(line.substr(space + 1), "Bearer wrong"));
    } else {
      answers.push_back(client.call(line.substr(0, space), line.substr(space + 1), body));
    }
    client.environment.millis += 777;
  }
  const Json events = client.events();
  ASSERT_EQ(events.size(), answers.size());
  std::size_t mutations = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(events[i]["status"], answers[i].status);
    const Json expected = answers[i].body.empty() ? Json() : *json::parse(answers[i].body);
    ASSERT_EQ(events[i]["response_body"], expected) << i << ' ' << events[i]["path"];
    if (events[i]["state_mutation"] == true) ++mutations;
    if (events[i]["state_mutation"] == true) {
      EXPECT_LT(events[i]["status"], 300);
    }
  }
  EXPECT_GT(mutations, 50u);
  // Byte for byte, too: the row carries the answer's own text.
  const std::string tape = client.session->events_ndjson();
  const std::vector<std::string_view> rows = text::lines(tape);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i].body.empty()) {
      ASSERT_TRUE(text::contains(rows[i], answers[i].body)) << i;
    }
  }
  EXPECT_EQ(tape, client.session->events_ndjson());
}

TEST(Session, SameCallsGiveTheSameBytes) {
  Client a;
  Client b;
  for (Client* client : {&a, &b}) {
    client->call("POST", "/repos/acme/api/issues", R"({"title":"x"})");
    client->call("PATCH", "/repos/acme/api/issues/2", R"({"state":"closed"})");
  }
  EXPECT_EQ(a.session->state(), b.session->state());
  EXPECT_EQ(a.session->events(), b.session->events());
}

TEST(Session, SessionsAreIsolated) {
  Client a;
  Client b(test_config("ses_2"));
  const std::string untouched = b.session->state();
  ASSERT_EQ(a.call("POST", "/repos/acme/api/issues", R"({"title":"only in a"})").status, 201);
  EXPECT_EQ(b.session->state(), untouched);
  EXPECT_EQ(b.call("GET", "/repos/acme/api/issues/2").status, 404);
  EXPECT_EQ(b.call_with("/repos/acme/api", "Bearer " + a.token).status, 401);
}

TEST(Session, ResetStartsOver) {
  Client client;
  const std::string initial = client.session->state();
  EXPECT_EQ(initial, client.session->initial_state());
  const std::string first = client.call("POST", "/repos/acme/api/issues", R"({"title":"x"})").body;
  EXPECT_NE(client.session->state(), initial);
  EXPECT_EQ(client.session->initial_state(), initial);
  client.session->reset();
  EXPECT_EQ(client.session->state(), initial);
  EXPECT_EQ(client.session->calls(), 0u);
  EXPECT_EQ(client.call("POST", "/repos/acme/api/issues", R"({"title":"x"})").body, first);
  EXPECT_EQ(client.events()[0]["request_id"], "req_000001");
}

TEST(Session, ASeedIsReadWholeOrNotAtAll) {
  const Result<SeedPtr> refused = read_seed(R"({"repositories": 7})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "bad-seed");
  EXPECT_TRUE(text::contains(refused.error().message, "line 1"));
}

TEST(Session, ReseedStartsOver) {
  Client client;
  client.call("POST", "/repos/acme/api/issues", R"({"title":"x"})");
  client.session->reseed(*read_seed(R"({"repositories":[{"owner":"o","name":"r"}]})"));
  EXPECT_EQ(client.session->calls(), 0u);
  EXPECT_EQ(client.call("GET", "/repos/o/r").status, 200);
  EXPECT_EQ(client.call("GET", "/repos/acme/api").status, 404);
  client.session->reseed(*read_seed(""));
  EXPECT_EQ(client.call("GET", "/repos/acme/api").status, 200);
}

TEST(Session, RefusesBadIdsAndPathsOfOthers) {
  test::FakeEnvironment environment;
  for (const char* id : {"", "a/b", "a b", "\xc3\xbc"}) {
    const auto opened = Session::open(test_config(id), {}, environment);
    ASSERT_FALSE(opened) << id;
    EXPECT_EQ(opened.error().code, "bad-sid");
  }
  EXPECT_FALSE(Session::open(test_config(std::string(65, 'a')), {}, environment));
  Client client;
  http::Request request = client.request("GET", "/user");
  request.path = "/s/ses_11/user";
  EXPECT_EQ(client.session->handle(std::move(request)).status, 404);
}

}  // namespace
}  // namespace pome::twin
