#include "core/eval/evaluate.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/data.h"
#include "tests/unit/criteria/row_data.h"

namespace pome::eval {
namespace {

using scenario::Marker;

constexpr std::string_view kSeed =
    R"({"repositories":[{"full_name":"acme/api","labels":[{"name":"bug"}],"issues":[{"number":1,"state":"open","labels":[],"assignees":[],"comments":[]}]}]})";
constexpr std::string_view kSolved =
    R"({"repositories":[{"full_name":"acme/api","labels":[{"name":"bug"}],"issues":[{"number":1,"state":"open","labels":[{"name":"bug"}],"assignees":["alice"],"comments":[]}]}]})";
constexpr std::string_view kGap =
    R"([{"request_id":"req_9","method":"POST","path":"/s/x/graphql","status":501,"fidelity":"unsupported","operation":null}])";

const std::string kLabel = "Issue #1 has the `bug` label";
const std::string kAssigned = "Issue #1 is assigned to `alice`";
const std::string kClosed = "Issue #1 is closed";
const std::string kOpen = "Issue #1 is open";
const std::string kNoGap = "No unsupported endpoint was called";
const std::string kUnknown = "The agent behaved";

Report run(const scenario::Scenario& scenario, Evidence evidence) {
  auto report = evaluate(scenario, evidence);
  EXPECT_TRUE(report.has_value());
  return std::move(report).value();
}

Evidence solved() { return {kSeed, kSolved, "[]"}; }

scenario::Scenario with(std::vector<std::string> sentences, double threshold = 100) {
  scenario::Scenario scenario = test::scenario_of(sentences);
  scenario.config.pass_threshold = threshold;
  return scenario;
}

TEST(Evaluate, PassesWhenEverythingHolds) {
  const Report report = run(with({kLabel, kAssigned, kOpen, kNoGap}), solved());
  EXPECT_EQ(report.status, Status::pass);
  EXPECT_EQ(report.satisfaction, 100);
  EXPECT_EQ(report.passed, 4u);
  EXPECT_TRUE(report.can_pass);
}

TEST(Evaluate, NamesTheCallThatTouchedAFailedLineLast) {
  constexpr std::string_view kCalls = R"([
    {"request_id":"req_1","method":"POST","path":"/s/x/repos/acme/api/issues/1/labels","status":200,"operation":"issues/add-labels","state_mutation":true,"state_delta":{"before":{"repo":"acme/api","issue_number":1,"labels":[]},"after":{"repo":"acme/api","issue_number":1,"labels":["bug"]}}},
    {"request_id":"req_2","method":"POST","path":"/s/x/repos/acme/api/issues/1/assignees","status":201,"operation":"issues/add-assignees","state_mutation":true,"state_delta":{"before":{"repo":"acme/api","issue_number":1,"assignees":[]},"after":{"repo":"acme/api","issue_number":1,"assignees":["alice"]}}},
    {"request_id":"req_3","method":"POST","path":"/s/x/repos/acme/api/issues/2/labels","status":200,"operation":"issues/add-labels","state_mutation":true,"state_delta":{"before":{"repo":"acme/api","issue_number":2,"labels":[]},"after":{"repo":"acme/api","issue_number":2,"labels":["bug"]}}}])";
  const Report report =
      run(with({"Issue #1 does not have the `bug` label", "Issue #1 is not assigned to `alice`", kAssigned}),
          {kSeed, kSolved, kCalls});
  EXPECT_EQ(report.results[0].last_touch, "req_1");
  EXPECT_TRUE(text::contains(report.results[0].reason, "last changed by `POST /repos/acme/api/issues/1/labels (200)`"));
  EXPECT_EQ(report.results[1].last_touch, "req_2");
  EXPECT_EQ(report.results[2].last_touch, "");  // it passed
}

TEST(Evaluate, WeighsGroupsAndLeavesOptionalLinesOut) {
  scenario::Scenario scenario = with({kLabel, kClosed, kClosed, kAssigned, kClosed});
  scenario.groups = {{"Labels", 3}, {"Rest", 1}};
  scenario.criteria[0].group = 0;                                       // 1 of 1, weight 3
  for (const std::size_t i : {1U, 2U}) scenario.criteria[i].group = 1;  // 0 of 2, weight 1
  scenario.criteria[4].optional = true;                                 // fails, and does not count
  const Report report = run(scenario, solved());                        // loose: 1 of 1, weight 1
  EXPECT_EQ(report.satisfaction, 80);
  EXPECT_EQ(report.failed, 2u);
  EXPECT_EQ(report.optional, 1u);
  EXPECT_EQ(report.results[4].outcome, Outcome::failed);
  std::vector<std::string> many(300, kLabel);
  many.push_back(kClosed);
  EXPECT_EQ(run(with(many), solved()).satisfaction, 99);  // 100 would say that nothing failed
}

TEST(Evaluate, RoundsHalfUpAndComparesWithTheThreshold) {
  const std::vector<std::string> one_of_eight = {kClosed, kClosed, kClosed, kClosed, kClosed, kClosed, kClosed, kLabel};
  EXPECT_EQ(run(with(one_of_eight), solved()).satisfaction, 13);
  EXPECT_EQ(run(with({kClosed, kClosed, kLabel}), solved()).satisfaction, 33);
  EXPECT_EQ(run(with({kClosed, kLabel, kLabel}), solved()).satisfaction, 67);
  EXPECT_EQ(run(with({kClosed, kLabel}, 50), solved()).status, Status::pass);
  EXPECT_EQ(run(with({kClosed, kLabel}, 50.5), solved()).status, Status::fail);
  EXPECT_EQ(run(with({kClosed}, 0), solved()).status, Status::pass);
}

TEST(Evaluate, AnAgentThatDidNotEndWellNeverPasses) {
  for (const StopReason reason : {StopReason::exit_nonzero, StopReason::timeout}) {
    Evidence evidence = solved();
    evidence.stop_reason = reason;
    const Report report = run(with({kLabel}), evidence);
    EXPECT_EQ(report.status, Status::fail);
    EXPECT_EQ(report.satisfaction, 100);
    EXPECT_EQ(*stop_reason_of(stop_reason_name(reason)), reason);
  }
  EXPECT_FALSE(stop_reason_of("exit"));
}

TEST(Evaluate, JudgedLinesAreShownAndBlockNothing) {
  scenario::Scenario scenario = with({kLabel, "The reply is kind"});
  scenario.criteria[1].kind = scenario::CriterionKind::judged;
  scenario.criteria[1].marker = Marker::p;
  const Report report = run(scenario, solved());
  EXPECT_EQ(report.status, Status::pass);
  EXPECT_EQ(report.skipped, 1u);
  EXPECT_EQ(report.unbound, 0u);
  EXPECT_EQ(report.results[1].outcome, Outcome::skipped);
  EXPECT_TRUE(text::contains(report.results[1].reason, "not graded"));
  scenario.criteria.erase(scenario.criteria.begin());
  EXPECT_EQ(run(scenario, solved()).status, Status::incomplete);
}

TEST(Evaluate, UnboundLinesCanOnlyFailOrStayIncomplete) {
  const Report good = run(with({kLabel, kUnknown}), solved());
  EXPECT_EQ(good.status, Status::incomplete);
  EXPECT_EQ(good.unbound, 1u);
  EXPECT_EQ(good.satisfaction, 100);
  EXPECT_FALSE(good.can_pass);
  EXPECT_EQ(run(with({kClosed, kUnknown}), solved()).status, Status::fail);
  EXPECT_EQ(run(with({kUnknown}), solved()).status, Status::incomplete);
}

TEST(Evaluate, MissingDocumentsSkipAndBlock) {
  const Report report = run(with({kLabel, kNoGap}), {kSeed, kSolved, ""});
  EXPECT_EQ(report.results[1].reason, "tape_missing");
  EXPECT_EQ(report.status, Status::incomplete);
  EXPECT_EQ(report.unbound, 0u);
}

TEST(Evaluate, AGapMakesTheRunIncompleteUnlessTheAuthorGradesGaps) {
  const Report gap = run(with({kLabel}), {kSeed, kSolved, kGap});
  EXPECT_EQ(gap.status, Status::incomplete);
  EXPECT_EQ(gap.satisfaction, 100);
  ASSERT_EQ(gap.gaps.size(), 1u);
  EXPECT_EQ(gap.gaps[0].request_id, "req_9");
  EXPECT_EQ(run(with({kClosed}), {kSeed, kSolved, kGap}).status, Status::incomplete);
  const Report graded = run(with({kLabel, kNoGap}), {kSeed, kSolved, kGap});
  EXPECT_EQ(graded.status, Status::fail);
  EXPECT_EQ(graded.satisfaction, 50);
  EXPECT_EQ(graded.gaps.size(), 1u);
}

TEST(Evaluate, OnlyPositiveCodeLinesCanBeTrueAlready) {
  scenario::Scenario scenario = test::scenario_of({"Issue #1 exists", kOpen, kLabel}, Marker::code);
  Report report = run(scenario, solved());
  EXPECT_EQ(report.pre_satisfied, 1u);
  EXPECT_EQ(report.results[0].reason, "already_true_in_seed");
  EXPECT_EQ(report.results[1].outcome, Outcome::passed);
  EXPECT_EQ(report.status, Status::pass);
  scenario.criteria[0].always_scored = true;
  EXPECT_EQ(run(scenario, solved()).results[0].outcome, Outcome::passed);
  scenario.criteria[0].always_scored = false;
  scenario.criteria[0].marker = Marker::d;
  EXPECT_EQ(run(scenario, solved()).results[0].outcome, Outcome::passed);
  report = run(test::scenario_of({"Issue #1 exists"}, Marker::code), solved());
  EXPECT_EQ(report.status, Status::incomplete);
  EXPECT_FALSE(report.evaluated);
}

TEST(Evaluate, RefusesDocumentsThatAreNotWhatTheyShouldBe) {
  const scenario::Scenario scenario = with({kLabel});
  const auto code_of = [&](const Evidence& evidence) {
    const auto report = evaluate(scenario, evidence);
    return report ? std::string("none") : report.error().code;
  };
  EXPECT_EQ(code_of({"[]", kSolved, "[]"}), "bad-evidence");
  EXPECT_EQ(code_of({kSeed, "{", "[]"}), "bad-evidence");
  for (const std::string_view tape :
       {"{", "[1]", "[{]", "[{}", "nonsense", "[{}] x", "{\"a\":1}\n{\"a\"", "[{\"tools\":[}]", "\xFF"}) {
    EXPECT_EQ(code_of({kSeed, kSolved, tape}), "bad-evidence") << tape;
  }
  for (const std::string_view tape :
       {"[]", "{}\n{}\n", "[{\"tools\":null,\"tool\":7,\"status\":\"x\",\"request_body\":[1]}]", " \n"}) {
    EXPECT_EQ(code_of({kSeed, kSolved, tape}), "none") << tape;
  }
}

TEST(Evaluate, LinesAndArraysOfRowsAreTheSameTape) {
  const std::string rows = R"({"request_id":"a","tool":"add_issue_comment"})"
                           "\n"
                           R"({"event_id":"b","tools":["x","add_issue_comment"]})";
  const scenario::Scenario scenario = with({"`add_issue_comment` was called exactly twice"});
  const Report lines = run(scenario, {kSeed, kSolved, rows});
  EXPECT_EQ(lines.results[0].events, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(to_json(lines), to_json(run(scenario, {kSeed, kSolved, "[" + text::replace_all(rows, "\n", ",") + "]"})));
}

TEST(Report, IsCanonicalJson) {
  scenario::Scenario scenario = with({kLabel, kUnknown}, 66.5);
  scenario.criteria[1].twin = "slack";
  const std::string first = to_json(run(scenario, {kSeed, kSolved, kGap}));
  EXPECT_EQ(first, to_json(run(scenario, {kSeed, kSolved, kGap})));
  EXPECT_EQ(first, test::read_file("tests/data/eval/report.json"));
  EXPECT_TRUE(json::parse(first).has_value());
  EXPECT_EQ(first.back(), '\n');
}

}  // namespace
}  // namespace pome::eval
