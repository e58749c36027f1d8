#include "core/base/time.h"
#include "tests/unit/control/support.h"

namespace pome::control {
namespace {

class ResultTest : public ControlTest {
 protected:
  static std::string path_of(const Json& target) { return target["url"].get<std::string>().substr(kOrigin.size()); }
  /// Uploads the three documents as a client does; answers the members of the result that name them.
  std::string upload_all() {
    const Json events = parse(call("POST", at_session("/result-upload-url"), "{}"));
    const Json states = parse(call("POST", at_session("/state-upload-url"), "{}"));
    const std::shared_ptr<twin::Session> twin = plane->twin_session(sid);
    EXPECT_EQ(call_open("PUT", path_of(events), twin->events_ndjson()).status, 200);
    EXPECT_EQ(call_open("PUT", path_of(states["state_initial"]), twin->initial_state()).status, 200);
    EXPECT_EQ(call_open("PUT", path_of(states["state_final"]), twin->state()).status, 200);
    return text::cat(R"(,"trace_storage_key":)", events["key"].dump(), R"(,"state_initial_storage_key":)",
                     states["state_initial"]["key"].dump(), R"(,"state_final_storage_key":)",
                     states["state_final"]["key"].dump());
  }
  static std::string result(std::string_view more = "") {
    return text::cat(R"({"scenario_name":"01-label","stop_reason":"agent_exit_0","duration_ms":1234)", more, '}');
  }
};

TEST_F(ResultTest, AHostedRunIsScoredHere) {
  create();
  solve();
  const std::string keys = upload_all();
  const http::Response response =
      call("POST", at_session("/result"), result(keys + R"(,"satisfaction_score":100,"status":"pass")"));
  ASSERT_EQ(response.status, 200) << response.body;
  const Json body = parse(response);
  EXPECT_EQ(body["score"], 100);
  EXPECT_EQ(body["local_score"], 100);
  EXPECT_EQ(body["mismatch"], false);
  EXPECT_EQ(body["status"], "pass");
  EXPECT_EQ(body["criteria_results"].size(), 2u);
  EXPECT_EQ(body["criteria_results"][0]["passed"], true);
  const std::string run = body["run_id"];
  EXPECT_EQ(body["dashboard_url"], text::cat(kOrigin, "/runs/", run));
  EXPECT_EQ(parse(call("GET", at_session("")))["state"], "done");

  const Json row = parse(call("GET", "/v1/runs/" + run));
  EXPECT_EQ(row["scenario_name"], "01-label");
  EXPECT_EQ(row["title"], "Label the bug");
  EXPECT_EQ(row["duration_ms"], 1234);
  EXPECT_EQ(row["stop_reason"], "agent_exit_0");
  EXPECT_EQ(row["created_at"], time::iso8601(environment.seconds()));
  EXPECT_EQ(
      row["files"],
      Json::parse(
          R"(["scenario.md","state_initial.json","state_final.json","events.jsonl","score.json","report.json"])"));
  for (const Json& name : row["files"]) {
    const http::Response file = call("GET", row["links"][name.get<std::string>()].get<std::string>());
    EXPECT_EQ(file.status, 200) << name;
    EXPECT_EQ(file.headers.get("x-content-type-options"), "nosniff");
    EXPECT_GT(file.body.size(), 20u);
    EXPECT_FALSE(text::contains(file.body, token)) << name;
    EXPECT_FALSE(text::contains(file.body, token.substr(4))) << name;
    EXPECT_FALSE(text::contains(file.body, key)) << name;
  }
  EXPECT_EQ(parse(call("GET", text::cat("/v1/runs/", run, "/files/report.json")))["scenario"], "01-label");
  expect_error(call("GET", text::cat("/v1/runs/", run, "/files/other.json")), 404, "not_found");
  expect_error(call("GET", text::cat("/v1/runs/", run, "/files/signals.jsonl")), 404, "not_found");
  EXPECT_EQ(parse(call("GET", "/v1/runs"))[0]["id"], run);

  // The same again is the same run.
  EXPECT_EQ(call("POST", at_session("/result"), result(keys + R"(,"satisfaction_score":100,"status":"pass")")).body,
            response.body);
  EXPECT_EQ(call("POST", at_session("/finalize"), result()).body, response.body);
  call("DELETE", at_session(""));
  EXPECT_EQ(call("POST", at_session("/result"), result()).body, response.body);
  EXPECT_EQ(store.run_rows.size(), 1u);
  EXPECT_EQ(store.session_rows[sid].state, "done");
}

TEST_F(ResultTest, InlineDocuments) {
  create();
  solve();
  const std::shared_ptr<twin::Session> twin = plane->twin_session(sid);
  const std::string initial = encoding::base64(twin->initial_state());
  const std::string final_state = encoding::base64(twin->state());
  const std::string as_lines = encoding::base64(twin->events_ndjson());
  const std::string as_array = encoding::base64(twin->events());
  twin->reset();  // what is sent counts, not what the twin holds by now
  const http::Response response =
      call("POST", at_session("/result"),
           result(text::cat(R"(,"trace_jsonl_b64":")", as_array, R"(","state_initial_json_b64":")", initial,
                            R"(","state_final_json_b64":")", final_state, "\"")));
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(parse(response)["score"], 100);
  const std::string run = parse(response)["run_id"];
  const std::string tape = call("GET", text::cat("/v1/runs/", run, "/files/events.jsonl")).body;
  EXPECT_EQ(text::lines(tape).size(), 2u);
  EXPECT_FALSE(text::contains(call("GET", text::cat("/v1/runs/", run, "/files/score.json")).body, "_b64"));
}

TEST_F(ResultTest, WithoutDocumentsTheTwinTestifies) {
  create();
  agent("POST", "/repos/acme/api/issues/1/labels", R"({"labels":["bug"]})");
  const Json body = parse(call("POST", at_session("/finalize"), result()));
  EXPECT_EQ(body["score"], 50);
  EXPECT_EQ(body["status"], "fail");
  EXPECT_TRUE(body["local_score"].is_null());
  EXPECT_EQ(body["mismatch"], false);
}

TEST_F(ResultTest, TheServersScoreStandsAndDifferencesShow) {
  create();
  Json body = parse(call("POST", at_session("/result"), result(R"(,"satisfaction_score":100)")));
  EXPECT_EQ(body["score"], 0);
  EXPECT_EQ(body["local_score"], 100);
  EXPECT_EQ(body["mismatch"], true);
  create();
  body = parse(call("POST", at_session("/result"), result(R"(,"satisfaction_score":0,"status":"pass")")));
  EXPECT_EQ(body["mismatch"], true);
}

TEST_F(ResultTest, AnAgentThatDidNotEndWellNeverPasses) {
  for (const char* end :
       {R"("stop_reason":"agent_timeout")", R"("stop_reason":"agent_exit_nonzero")", R"("exit_code":7)"}) {
    create();
    solve();
    const Json body = parse(call("POST", at_session("/result"), text::cat("{", end, "}")));
    EXPECT_EQ(body["score"], 100) << end;
    EXPECT_EQ(body["status"], "fail") << end;
  }
}

TEST_F(ResultTest, NothingIsStoredHalf) {
  create();
  solve();
  const std::string keys = upload_all();
  const std::string whole = plane->twin_session(sid)->state();
  const Json states = parse(call("POST", at_session("/state-upload-url"), "{}"));
  const Json tape = parse(call("POST", at_session("/result-upload-url"), "{}"));
  // Cut anywhere, a document is refused.
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
    EXPECT_EQ(call_open("PUT", path_of(states["state_final"]), whole.substr(0, length)).status, 200);
    expect_error(call("POST", at_session("/result"), result(keys)), 422, "validation_failed");
  }
  EXPECT_EQ(call_open("PUT", path_of(states["state_final"]), "[1]").status, 200);
  expect_error(call("POST", at_session("/result"), result(keys)), 422, "validation_failed");
  EXPECT_EQ(call_open("PUT", path_of(states["state_final"]), whole).status, 200);
  const std::string events = plane->twin_session(sid)->events_ndjson();
  EXPECT_EQ(call_open("PUT", path_of(tape), events.substr(0, events.size() - 10)).status, 200);
  expect_error(call("POST", at_session("/result"), result(keys)), 422, "validation_failed");
  EXPECT_EQ(call_open("PUT", path_of(tape), events).status, 200);
  for (const char* bad :
       {R"(,"satisfaction_score":101)", R"(,"satisfaction_score":"100")", R"(,"satisfaction_score":-1)",
        R"(,"state_final_json_b64":7)", R"(,"state_final_json_b64":"%")"}) {
    expect_error(call("POST", at_session("/result"), result(bad)), 422, "validation_failed");
  }
  expect_error(call("POST", at_session("/result"), R"({"stop_reason":"gave_up"})"), 422, "validation_failed");
  store.failing = true;
  expect_error(call("POST", at_session("/result"), result(keys)), 500, "internal_error");
  store.failing = false;
  EXPECT_TRUE(store.run_rows.empty());
  EXPECT_TRUE(store.blobs.empty());
  EXPECT_EQ(call("POST", at_session("/result"), result(keys)).status, 200) << "and whole, it is taken";
}

TEST_F(ResultTest, MissingUploads) {
  create();
  const Json tape = parse(call("POST", at_session("/result-upload-url"), "{}"));
  for (const std::string& named : {text::cat(R"(,"trace_storage_key":)", tape["key"].dump()),
                                   std::string(R"(,"trace_storage_key":"sessions/ses_other/events.jsonl")"),
                                   std::string(R"(,"state_final_storage_key":7)")}) {
    expect_error(call("POST", at_session("/result"), result(named)), 422, "validation_failed");
  }
  EXPECT_TRUE(store.run_rows.empty());
  EXPECT_EQ(call("POST", at_session("/result"), result(R"(,"trace_storage_key":null)")).status, 200);
}

TEST_F(ResultTest, UploadUrls) {
  Config config;
  config.max_upload_bytes = 1000;
  start(config);
  create(R"(,"ttl_seconds":100)");
  const Json target = parse(call("POST", at_session("/meta-upload-url"), "{}"));
  EXPECT_EQ(target["key"], text::cat("sessions/", sid, "/meta.json"));
  const std::string path = path_of(target);
  expect_error(call_open("PUT", path, std::string(1001, ' ')), 413, "payload_too_large");
  EXPECT_EQ(call_open("PUT", path, R"({"a":1})").status, 200);
  expect_error(call_open("PUT", path + "x", "{}"), 403, "forbidden");
  expect_error(call_open("PUT", "/v1/uploads/x", "{}"), 403, "forbidden");
  expect_error(call_open("PUT", "/v1/uploads/x.y", "{}"), 403, "forbidden");
  environment.pass(100);
  expect_error(call_open("PUT", path, "{}"), 403, "forbidden");
  create();
  const std::string late = path_of(parse(call("POST", at_session("/meta-upload-url"), "{}")));
  EXPECT_EQ(call("POST", at_session("/result"), result()).status, 200);
  expect_error(call_open("PUT", late, "{}"), 409, "conflict");
  create();
  const std::string second = path_of(parse(call("POST", at_session("/signals-upload-url"), "{}")));
  call("DELETE", at_session(""));
  expect_error(call_open("PUT", second, "{}"), 410, "session_expired");
  expect_error(call("POST", at_session("/result-upload-url"), "{}"), 409, "conflict");
}

constexpr std::string_view kProseSeed = R"(# Label the bug

## Prompt

Label issue #1.

## Success Criteria

- [D] Issue #1 in `zed/only` has the `bug` label applied

## Seed State

One repository with one issue.
)";
constexpr std::string_view kSeed =
    R"({"repositories":[{"owner":"zed","name":"only","labels":[{"name":"bug"}],"issues":[{"number":1,"title":"Boom"}]}]})";

TEST_F(ResultTest, ASeedSentBesideTheScenarioTravelsWithTheRun) {
  EXPECT_EQ(create(text::cat(R"(,"seed":)", kSeed), kProseSeed)["seed_applied"], true);
  EXPECT_EQ(agent("POST", "/repos/zed/only/issues/1/labels", R"({"labels":["bug"]})").status, 200);
  const http::Response stored =
      call("POST", at_session("/result"), result(R"(,"satisfaction_score":100,"status":"pass")"));
  ASSERT_EQ(stored.status, 200) << stored.body;
  const Json body = parse(stored);
  EXPECT_EQ(body["status"], "pass");
  EXPECT_EQ(body["mismatch"], false);
  const std::string run = body["run_id"];
  const Json row = parse(call("GET", "/v1/runs/" + run));
  EXPECT_EQ(row["files"][1], "scenario.seed.json");
  EXPECT_EQ(Json::parse(call("GET", row["links"]["scenario.seed.json"].get<std::string>()).body), Json::parse(kSeed));
  EXPECT_EQ(call("POST", at_session("/result"), result()).body, stored.body) << "scored again from what is stored";
}

TEST_F(ResultTest, TheScenariosOwnSeedIsNotStoredTwice) {
  const std::string own = text::cat(kScenario, "\n## Seed State\n\n```json\n", kSeed, "\n```\n");
  const auto files_after = [&](std::string_view seed) {
    create(text::cat(R"(,"seed":)", seed), own);
    const std::string run = parse(call("POST", at_session("/result"), result()))["run_id"];
    return parse(call("GET", "/v1/runs/" + run))["files"];
  };
  EXPECT_EQ(files_after(text::replace_all(std::string(kSeed), ":", " : "))[1], "state_initial.json");
  EXPECT_EQ(files_after(R"({"repositories":[{"owner":"zed","name":"other"}]})")[1], "scenario.seed.json");
}

TEST_F(ResultTest, SecretsInDocumentsAreReplaced) {
  create();
  const std::string secret = "ghp_" + std::string(36, 'q');
  agent("POST", "/repos/acme/api/issues",
        text::cat(R"({"title":"leak ", "body":"it is )", secret, " and ", token, R"("})"));
  agent("GET", "/repos/acme/api?access_token=" + secret);
  const std::string run =
      parse(call("POST", at_session("/result"), result(text::cat(R"(,"note":")", key, "\""))))["run_id"];
  for (const auto& [name, content] : store.blobs[run]) {
    EXPECT_FALSE(text::contains(content, secret)) << name;
    EXPECT_FALSE(text::contains(content, token)) << name;
    EXPECT_FALSE(text::contains(content, key)) << name;
  }
  EXPECT_TRUE(text::contains(store.blobs[run]["events.jsonl"], "[REDACTED"));
}

TEST_F(ResultTest, AScenarioThatCannotBeScored) {
  create("", "# X");
  expect_error(call("POST", at_session("/result"), result()), 422, "validation_failed");
  EXPECT_TRUE(store.run_rows.empty());
}

TEST_F(ResultTest, UnsupportedCallsMakeARunIncomplete) {
  create();
  solve();
  EXPECT_EQ(agent("POST", "/graphql", "{}").status, 501);
  const Json body = parse(call("POST", at_session("/result"), result()));
  EXPECT_EQ(body["status"], "incomplete");
}

}  // namespace
}  // namespace pome::control
