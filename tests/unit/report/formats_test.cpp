#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/report/report.h"
#include "tests/unit/report/support.h"

namespace pome::report {
namespace {

std::size_t count(std::string_view text, std::string_view needle) {
  std::size_t found = 0;
  for (std::size_t at = text.find(needle); at != std::string_view::npos; at = text.find(needle, at + 1)) ++found;
  return found;
}

Run run(std::string_view stop_reason = "agent_exit_0") { return run_of(test::stored(stop_reason)).value(); }

Run without_report() {
  Run run;
  run.file = "s/a.md";
  run.slug = "a";
  run.title = "A";
  run.problem = "The agent's preflight failed.";
  return run;
}

TEST(RunOf, ReadsWhatMetaSaysAndScoresAgain) {
  const report::Run one = run();
  EXPECT_EQ(one.file, "s/a b,c:d.md");
  EXPECT_EQ(one.slug, "triage");
  EXPECT_EQ(one.duration_ms, 1234);
  ASSERT_TRUE(one.report);
  EXPECT_EQ(one.report->status, eval::Status::fail);
  EXPECT_EQ(one.report->results[0].criterion.line, 9u);
}

TEST(RunOf, RefusesWhatIsNoRunOfThisVersion) {
  const auto refused = [](void (*change)(Documents&)) {
    Documents documents = test::stored();
    change(documents);
    const auto run = run_of(documents);
    EXPECT_FALSE(run);
    return run ? std::string() : run.error().message;
  };
  const auto has = [](const std::string& message, std::string_view part) {
    EXPECT_TRUE(text::contains(message, part)) << message;
  };
  has(refused([](Documents& documents) { documents.meta.reset(); }), "no meta.json");
  has(refused([](Documents& documents) { documents.meta = "{\"cut"; }), "meta.json is not valid JSON");
  has(refused([](Documents& documents) { documents.meta = "[]"; }), "meta.json is not a JSON object");
  has(refused([](Documents& documents) { documents.meta = R"({"spec_version":2})"; }), "spec_version 2");
  has(refused([](Documents& documents) { documents.meta = "{}"; }), "no spec_version");
  has(refused([](Documents& documents) { documents.score = R"({"version":9})"; }), "score.json has version 9");
  has(refused([](Documents& documents) { documents.scenario.reset(); }), "no scenario.md");
  has(refused([](Documents& documents) { documents.scenario = "# x"; }), "scenario cannot be scored: line 1");
  has(refused([](Documents& documents) { documents.state_final = "{\"cut"; }), "documents cannot be scored");
  has(refused([](Documents& documents) { documents.state_final.reset(); }), "no final state");
}

TEST(RunOf, ATapeWithoutCallsIsNotAMissingTape) {
  Documents documents = test::stored();
  *documents.scenario += "- [D] `add_issue_comment` was never called\n";
  documents.events = "";
  EXPECT_EQ(rescore(documents)->results.back().outcome, eval::Outcome::passed);
  documents.events.reset();
  EXPECT_EQ(rescore(documents)->results.back().outcome, eval::Outcome::skipped);
}

TEST(RunOf, ARunThatWasNeverScoredHasAProblem) {
  Documents documents = test::stored("preflight_failed");
  documents.state_final.reset();
  const auto run = run_of(documents);
  ASSERT_TRUE(run);
  EXPECT_FALSE(run->report);
  EXPECT_EQ(run->problem, "The run ended before its agent was scored (preflight_failed).");
  EXPECT_EQ(run->title, "Triage");
}

TEST(Junit, HasACaseForEachCriterionAndEachObstacle) {
  const std::string out = junit({run("agent_timeout"), without_report()});
  EXPECT_TRUE(text::contains(out, "<testsuites name=\"pome\" tests=\"7\" failures=\"1\" errors=\"2\">")) << out;
  EXPECT_TRUE(text::contains(out,
                             "tests=\"6\" failures=\"1\" errors=\"1\" skipped=\"3\" time=\"1.234\" "
                             "timestamp=\"2026-01-02T03:04:05.678Z\" file=\"s/a b,c:d.md\""))
      << out;
  EXPECT_TRUE(text::contains(out,
                             "<error message=\"The agent ran out of time; such a run never passes.\" "
                             "type=\"agent_timeout\">"));
  EXPECT_TRUE(text::contains(out, "type=\"no-verdict\">The agent&#39;s preflight failed.</error>"));
  EXPECT_TRUE(text::contains(out, "name=\"Issue #1 in `acme/api` is assigned to `alice` (line 11)\""));
  EXPECT_TRUE(text::contains(out, "at s/a b,c:d.md:9:7"));
  EXPECT_TRUE(text::contains(out, "message=\"already true in the seed"));
  EXPECT_EQ(count(out, "<skipped message=\""), 3u);
}

TEST(Junit, AnIncompleteRunIsNotGreen) {
  Documents documents = test::stored();
  documents.scenario = text::replace_all(*documents.scenario, "- [D] Issue #1 in `acme/api` has the `bug` label\n", "");
  const std::string out = junit({run_of(documents).value()});
  EXPECT_TRUE(text::contains(out, "failures=\"0\" errors=\"1\"")) << out;
  EXPECT_TRUE(text::contains(out, "type=\"ungraded\"")) << out;
}

TEST(Annotations, StandAtTheirLines) {
  const std::string out = annotations({run("agent_exit_nonzero")});
  EXPECT_EQ(count(out, "\n"), 3u) << out;
  EXPECT_TRUE(out.starts_with("::error file=s/a b%2Cc%3Ad.md,line=1,title=Triage%3A Failed::The agent ended")) << out;
  EXPECT_TRUE(text::contains(out, "\n::error file=s/a b%2Cc%3Ad.md,line=9,col=7,title=Triage%3A failed::Issue #1"));
  EXPECT_TRUE(text::contains(out, "\n::warning file=s/a b%2Cc%3Ad.md,line=12,col=7,"));
  EXPECT_TRUE(text::contains(annotations({without_report()}), "::The agent's preflight failed."));
}

TEST(Annotations, FailuresWithinTheThresholdAreWarnings) {
  report::Run passed = run();
  passed.report->status = eval::Status::pass;
  EXPECT_FALSE(text::contains(annotations({passed}), "::error file="));
  EXPECT_EQ(annotations({}), "");
}

TEST(Annotations, HostileTextAddsNoCommand) {
  const std::string out = annotations({test::hostile_run()});
  for (const std::string_view line : text::lines(out)) {
    EXPECT_TRUE(line.starts_with("::error file=") || line.starts_with("::warning file=")) << line;
  }
}

TEST(Markdown, ShowsEveryCriterion) {
  const std::string out = markdown({run(), without_report()});
  EXPECT_TRUE(text::contains(out, "# Pome: 0 of 2 runs passed")) << out;
  EXPECT_EQ(count(out, "(failed, line 9)"), 1u);
  EXPECT_EQ(count(out, "(not graded, line 12)"), 1u);
  EXPECT_TRUE(text::contains(out, "preflight failed"));
}

TEST(Markdown, GroupsHaveHeadings) {
  Documents documents = test::stored();
  documents.scenario =
      "# T\n\n## Prompt\n\nDo it.\n\n## Success Criteria\n\n### Labels (weight 3)\n\n- [D] Issue #1 in `acme/api` has "
      "the "
      "`bug` label\n\n### People\n\n- [D] Issue #1 in `acme/api` is assigned to `alice`\n";
  const std::string out = markdown({run_of(documents).value()});
  EXPECT_TRUE(text::contains(out, "\n### Labels (weight 3)\n\n- ")) << out;
  EXPECT_TRUE(text::contains(out, "\n### People\n\n- ")) << out;
}

TEST(StepSummary, FoldsPassedRunsAndKeepsItsLimit) {
  report::Run passed = run();
  passed.report->status = eval::Status::pass;
  EXPECT_EQ(count(step_summary({passed, run()}), "<details>"), 1u);
  const std::vector<report::Run> many(3000, run());
  EXPECT_LE(step_summary(many).size(), std::size_t{1} << 20);
  EXPECT_TRUE(text::contains(step_summary(many), "No room for the details of "));
}

TEST(Markdown, HostileTextStaysText) {
  for (const std::string& out : {markdown({test::hostile_run()}), step_summary({test::hostile_run()})}) {
    EXPECT_FALSE(text::contains(out, "</script>"));
    EXPECT_FALSE(text::contains(out, "\n::")) << out;
    EXPECT_FALSE(text::contains(out, "\x1b"));
    for (const std::string_view line : text::lines(out)) {
      if (line.starts_with("| ")) {
        EXPECT_EQ(count(line, "|"), 5u) << line;
      }
    }
  }
}

TEST(JsonReport, HoldsEveryRun) {
  const auto parsed = json::parse(json({run(), without_report(), test::hostile_run()}, "1.2.3"));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(json::string_at(*parsed, "format"), "pome-report");
  EXPECT_EQ(json::integer_at(json::at(*parsed, "totals"), "errors"), 1);
  const Json& runs = json::at(*parsed, "runs");
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(json::dump(json::at(runs[0], "report")), json::dump(*json::parse(eval::to_json(*run().report))));
  EXPECT_TRUE(json::at(runs[1], "report").is_null());
  EXPECT_EQ(json::string_at(runs[2], "title"), test::kTitle);
}

TEST(Sarif, RulesAreTheVocabularyAndResultsHavePlaces) {
  const auto parsed = json::parse(sarif({run("agent_timeout")}, "1.2.3"));
  ASSERT_TRUE(parsed);
  const Json& log = json::at(*parsed, "runs")[0];
  const Json& rules = json::at(json::at(json::at(log, "tool"), "driver"), "rules");
  EXPECT_EQ(rules.size(), criteria::all_rows().size() + 3);
  const Json& results = json::at(log, "results");
  ASSERT_EQ(results.size(), 4u);
  for (const Json& result : results) {
    const auto index = static_cast<std::size_t>(*json::integer_at(result, "ruleIndex"));
    EXPECT_EQ(json::string_at(rules[index], "id"), json::string_at(result, "ruleId"));
  }
  const Json& place = json::at(json::at(results[1], "locations")[0], "physicalLocation");
  EXPECT_EQ(json::string_at(json::at(place, "artifactLocation"), "uri"), "s/a%20b%2Cc%3Ad.md");
  EXPECT_EQ(json::integer_at(json::at(place, "region"), "startLine"), 9);
  EXPECT_EQ(json::string_at(results[3], "kind"), "review");
}

TEST(Sarif, FingerprintsStayAndLinksAreText) {
  report::Run second = run();
  second.run_id = "run_2";
  const auto prints = [](const report::Run& run) {
    std::string out;
    const Json document = *json::parse(sarif({run}, "1"));
    for (const Json& result : json::at(json::at(document, "runs")[0], "results"))
      out += json::dump(json::at(result, "partialFingerprints"));
    return out;
  };
  EXPECT_EQ(prints(run()), prints(second));
  second.report->results[0].found = "[click](https://evil.example) {0}";
  EXPECT_TRUE(text::contains(sarif({second}, "1"), "\\\\[click\\\\](https://evil.example) {{0}}"));
}

TEST(Reports, AreTheSameBytesEachTime) {
  const std::vector<report::Run> runs = {run(), test::hostile_run(), without_report()};
  EXPECT_EQ(junit(runs), junit(runs));
  EXPECT_EQ(sarif(runs, "1"), sarif(runs, "1"));
  EXPECT_EQ(json(runs, "1"), json(runs, "1"));
}

}  // namespace
}  // namespace pome::report
