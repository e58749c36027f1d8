#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/eval/evaluate.h"
#include "core/redact/redact.h"
#include "core/twin/session/session.h"
#include "tests/support/data.h"

namespace pome::eval {
namespace {

struct Shipped {
  std::string path;
  scenario::Parsed parsed;
};

std::vector<Shipped> shipped_scenarios() {
  std::vector<Shipped> all;
  const std::vector<std::string> seeds = test::list_files("scenarios", ".seed.json");
  for (const std::string& path : test::list_files("scenarios", ".md")) {
    if (path == "scenarios/CRITERIA.md") continue;  // the language, not a scenario
    const std::string markdown = test::read_file(path);
    const std::string sidecar_path = path.substr(0, path.size() - 3) + ".seed.json";
    std::optional<std::string> sidecar;
    if (std::find(seeds.begin(), seeds.end(), sidecar_path) != seeds.end()) sidecar = test::read_file(sidecar_path);
    scenario::Source source;
    source.markdown = markdown;
    source.path = path;
    if (sidecar) source.sidecar = *sidecar;
    all.push_back({path, scenario::parse(source)});
  }
  return all;
}

TEST(Scenarios, ParseWithoutProblemsAndBindEveryDeterministicLine) {
  for (const Shipped& shipped : shipped_scenarios()) {
    SCOPED_TRACE(shipped.path);
    for (const Diagnostic& diagnostic : shipped.parsed.diagnostics)
      ADD_FAILURE() << diagnostic.line << ": " << diagnostic.message;
    for (const Diagnostic& diagnostic : check_criteria(shipped.parsed.scenario)) {
      ADD_FAILURE() << diagnostic.line << ": " << diagnostic.message << ' ' << diagnostic.hint;
    }
    EXPECT_FALSE(shipped.parsed.scenario.criteria.empty());
    EXPECT_NE(shipped.parsed.scenario.config.scenario_class, scenario::ScenarioClass::unspecified);
  }
}

// ---- runs that must fail, on the real twin (that solutions pass: tests/unit/proof)

class FixedEnvironment : public Environment {
 public:
  std::int64_t now_millis() override { return 1'767'225'600'000; }
  std::int64_t monotonic_micros() override { return 0; }
  std::string random_bytes(std::size_t count) override { return std::string(count, 'r'); }
};

/// A run of one scenario: a fresh world, the given requests, the verdict.
class Play {
 public:
  explicit Play(const scenario::Scenario& scenario) : scenario_(scenario) {
    twin::SessionConfig config;
    config.id = "proof";
    config.mount = "/s/proof";
    config.base_url = "http://127.0.0.1/s/proof";
    config.auth_secret = std::string(32, 'k');
    auto opened = twin::Session::open(config, scenario.seed.json, environment_);
    if (!opened) ADD_FAILURE() << opened.error().message;
    if (opened) session_ = std::move(opened).value();
  }

  void send(const Json& request) {
    http::Request http;
    const std::string target(json::string_at(request, "path").value_or(""));
    const std::size_t question = target.find('?');
    http.method = json::string_at(request, "method").value_or("");
    http.path = "/s/proof" + target.substr(0, question);
    if (question != std::string::npos) http.query = target.substr(question + 1);
    http.headers.set("authorization", "Bearer " + session_->mint_token("pome-agent", 4'000'000'000));
    http.headers.set("content-type", "application/json");
    if (request.contains("body")) http.body = json::dump(json::at(request, "body"));
    const http::Response response = session_->handle(http);
    EXPECT_LT(response.status, 400) << http.method << ' ' << target << ": " << response.body;
  }

  /// The verdict over the live documents, after checking that the redacted ones give the same.
  Report verdict() const {
    const std::string initial = session_->initial_state();
    const std::string final_state = session_->state();
    const std::string events = session_->events();
    auto live = evaluate(scenario_, {initial, final_state, events});
    EXPECT_TRUE(live.has_value()) << (live ? std::string() : live.error().message);
    const redact::Redactor redactor({std::string(32, 'k')}, criterion_literals(scenario_));
    const std::string stored_initial = redactor.json(initial);
    const std::string stored_final = redactor.json(final_state);
    const std::string stored_events = redactor.json(events);
    const auto stored = evaluate(scenario_, {stored_initial, stored_final, stored_events});
    EXPECT_EQ(to_json(*live), to_json(*stored));
    return std::move(live).value();
  }

 private:
  const scenario::Scenario& scenario_;
  FixedEnvironment environment_;
  std::unique_ptr<twin::Session> session_;
};

Report played(const scenario::Scenario& scenario, const Json& requests) {
  Play play(scenario);
  for (const Json& request : requests) play.send(request);
  return play.verdict();
}

TEST(Scenarios, FailWrongRuns) {
  const std::vector<std::string> recorded = test::list_files("tests/data/scenarios", ".json");
  for (const Shipped& shipped : shipped_scenarios()) {
    SCOPED_TRACE(shipped.path);
    const scenario::Scenario& scenario = shipped.parsed.scenario;
    const std::string file = "tests/data/scenarios/" + scenario.slug + ".json";
    if (std::find(recorded.begin(), recorded.end(), file) == recorded.end()) continue;
    const Json proof = test::read_json(file);
    EXPECT_EQ(status_name(played(scenario, Json::array()).status), json::string_at(proof, "nothing").value_or(""));
    if (scenario.config.scenario_class != scenario::ScenarioClass::restraint) {
      EXPECT_EQ(json::string_at(proof, "nothing"), std::optional<std::string_view>("fail"));
    }
    const Report solved = played(scenario, json::at(proof, "solution"));
    EXPECT_EQ(solved.status, Status::pass) << to_json(solved);
    EXPECT_FALSE(json::at(proof, "wrong").empty());
    for (const Json& wrong : json::at(proof, "wrong")) {
      EXPECT_EQ(played(scenario, wrong).status, Status::fail) << json::dump(wrong);
    }
  }
}

}  // namespace
}  // namespace pome::eval
