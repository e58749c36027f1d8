#include "core/trials/comparison.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/trials/trials.h"

namespace pome::trials {
namespace {

using test::trial;
using test::ungradable;

Side run(Trial one) { return {"run_1", "scenario", "hash", false, {std::move(one)}}; }

/// `passes` trials that pass and `fails` that fail their second criterion.
Side group(int passes, int fails) {
  Side side{"grp_1", "scenario", "hash", true, {}};
  for (int i = 0; i < passes; ++i) side.trials.push_back(trial("pp"));
  for (int i = 0; i < fails; ++i) side.trials.push_back(trial("pf"));
  return side;
}

std::string changes_of(const Comparison& comparison) {
  std::string out;
  for (const CriterionChange& one : comparison.criteria) {
    out += text::cat(out.empty() ? "" : " ", change_name(one.change));
  }
  return out;
}

TEST(CompareRuns, NamesEveryChange) {
  const Comparison found = compare(run(trial("ppffsp")), run(trial("pfpfps")));
  EXPECT_EQ(changes_of(found), "same broken fixed same not_graded not_graded");
  EXPECT_EQ(found.verdict, Verdict::differs);
  EXPECT_TRUE(found.worse);
  EXPECT_EQ(found.score_change, 0);
}

TEST(CompareRuns, AlikeAndBetter) {
  const Comparison alike = compare(run(trial("pf")), run(trial("pf")));
  EXPECT_EQ(alike.verdict, Verdict::same);
  EXPECT_FALSE(alike.worse);
  const Comparison better = compare(run(trial("pf")), run(trial("pp")));
  EXPECT_EQ(better.verdict, Verdict::differs);
  EXPECT_FALSE(better.worse);
  EXPECT_EQ(better.score_change, 5000);
}

TEST(CompareRuns, ALostPassIsWorseEvenWhenNoCriterionBroke) {
  Trial slow = trial("pp");
  slow.passed = false;  // the agent ran out of time
  const Comparison found = compare(run(trial("pp")), run(slow));
  EXPECT_EQ(found.verdict, Verdict::differs);
  EXPECT_TRUE(found.worse);
}

TEST(CompareRuns, AnOptionalCriterionThatBrokeIsShownAndForgiven) {
  Trial before = trial("pp");
  Trial after = trial("pf");
  before.criteria[1].optional = after.criteria[1].optional = true;
  after.passed = true;
  after.score = 100;
  const Comparison found = compare(run(before), run(after));
  EXPECT_EQ(changes_of(found), "same broken");
  EXPECT_FALSE(found.worse);
}

TEST(CompareRuns, CriteriaAreMatchedByTheirSentence) {
  Trial before = trial("pfp");
  Trial after = trial("ppf");
  after.criteria[0].text = "New";
  after.criteria[1].text = before.criteria[0].text;
  before.criteria[2].text = before.criteria[0].text;  // the same sentence twice, then once
  after.criteria[2].text = before.criteria[1].text;
  Side b = run(after);
  b.scenario_hash = "other";
  const Comparison found = compare(run(before), b);
  EXPECT_TRUE(found.other_scenario);
  EXPECT_EQ(changes_of(found), "same same only_in_a only_in_b");
}

TEST(CompareRuns, WithoutAVerdictNothingIsCompared) {
  const Comparison found = compare(run(trial("pp")), run(ungradable("no twin")));
  EXPECT_EQ(found.verdict, Verdict::not_graded);
  EXPECT_EQ(found.score_change, std::nullopt);
  EXPECT_FALSE(found.worse);
}

TEST(CompareGroups, DiffersSameAndCannotTellYet) {
  const Comparison differs = compare(group(10, 0), group(4, 6));
  EXPECT_EQ(differs.verdict, Verdict::differs);
  EXPECT_EQ(differs.p, 10'836);
  EXPECT_EQ(changes_of(differs), "same broken");
  EXPECT_TRUE(differs.worse);
  EXPECT_EQ(differs.score_change, -3000);

  const Comparison better = compare(group(4, 6), group(10, 0));
  EXPECT_EQ(better.verdict, Verdict::differs);
  EXPECT_EQ(changes_of(better), "same fixed");
  EXPECT_FALSE(better.worse);

  const Comparison open = compare(group(9, 1), group(8, 2));
  EXPECT_EQ(open.verdict, Verdict::cannot_tell);
  EXPECT_EQ(open.more, 103);
  EXPECT_EQ(changes_of(open), "same unclear");
  EXPECT_FALSE(open.worse);

  const Comparison same = compare(group(3, 1), group(6, 2));
  EXPECT_EQ(same.verdict, Verdict::same);
  EXPECT_EQ(same.more, std::nullopt);
}

TEST(CompareGroups, ARunCountsAsOneTrial) {
  const Comparison found = compare(group(1, 0), run(trial("pf")));
  EXPECT_TRUE(found.groups);
  EXPECT_EQ(found.verdict, Verdict::cannot_tell);
  EXPECT_EQ(found.more, 3);
}

TEST(ComparisonJson, HoldsRatesTestAndDivergence) {
  Divergence divergence;
  divergence.index = 3;
  divergence.kind = DivergenceKind::status;
  divergence.a = TapeCall{"GET", "/user", 200};
  const auto document = json::parse(comparison_json(compare(group(9, 1), group(8, 2)), divergence, 0));
  ASSERT_TRUE(document);
  EXPECT_EQ(json::string_at(*document, "verdict"), "cannot_tell");
  EXPECT_EQ(json::dump(json::at(*document, "test")),
            "{\"additional_trials_per_side\":103,\"name\":\"two-sided Fisher exact test at 5 %\",\"p\":1}");
  EXPECT_EQ(json::dump(json::at(*document, "score_change")), "-5");
  EXPECT_EQ(json::dump(json::at(json::at(*document, "criteria")[1], "b")), "{\"graded\":10,\"passed\":8}");
  EXPECT_EQ(json::integer_at(json::at(*document, "divergence"), "call"), 3);
  EXPECT_TRUE(json::at(json::at(*document, "divergence"), "b").is_null());
}

}  // namespace
}  // namespace pome::trials
