#include "core/judge/judgements.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

namespace pome::judge {
namespace {

using eval::Outcome;
using eval::Status;
using scenario::CriterionKind;

/// Two deterministic lines and two judged ones, as evaluate() leaves them.
eval::Report report_of(Outcome first, Outcome second) {
  eval::Report report;
  report.pass_threshold = 100;
  const Outcome outcomes[] = {first, second, Outcome::skipped, Outcome::skipped};
  for (std::size_t i = 0; i < 4; ++i) {
    eval::CriterionResult result;
    result.criterion.id = text::cat("crit_", i);
    result.criterion.text = text::cat("Sentence ", i);
    result.criterion.kind = i < 2 ? CriterionKind::deterministic : CriterionKind::judged;
    result.criterion.marker = i < 2 ? scenario::Marker::d : scenario::Marker::p;
    result.outcome = outcomes[i];
    result.reason = text::cat("reason ", i);
    report.results.push_back(std::move(result));
  }
  eval::aggregate(report);
  return report;
}

Judgement line(std::size_t i, Outcome outcome) {
  Judgement out;
  out.criterion = text::cat("crit_", i);
  out.text = text::cat("Sentence ", i);
  out.outcome = outcome;
  out.reason = "because";
  if (outcome == Outcome::passed || outcome == Outcome::failed) {
    out.confidence = 90;
    out.tokens_in = 100;
    out.tokens_out = 10;
  }
  return out;
}

eval::Report applied(Outcome third, Outcome fourth, eval::Report report = report_of(Outcome::passed, Outcome::passed)) {
  apply({"model-x", {line(2, third), line(3, fourth)}}, report);
  return report;
}

TEST(Judgements, WithoutAJudgeJudgedLinesCountForNothing) {
  const eval::Report report = report_of(Outcome::passed, Outcome::passed);
  EXPECT_EQ(report.status, Status::pass);
  EXPECT_EQ(report.satisfaction, 100);
  EXPECT_TRUE(text::contains(eval::to_json(report), "\"judge_model\": null"));
}

TEST(Judgements, VerdictsCountLikeOtherLines) {
  const eval::Report good = applied(Outcome::passed, Outcome::passed);
  EXPECT_EQ(good.status, Status::pass);
  EXPECT_EQ(good.passed, 4u);
  EXPECT_EQ(good.judge_model, "model-x");
  EXPECT_EQ(good.judge_tokens_in, 200);
  EXPECT_EQ(good.judge_tokens_out, 20);
  const eval::Report half = applied(Outcome::passed, Outcome::failed);
  EXPECT_EQ(half.status, Status::fail);
  EXPECT_EQ(half.satisfaction, 75);
  EXPECT_EQ(half.deterministic_satisfaction, 100);
  EXPECT_EQ(half.results[3].reason, "because");
  EXPECT_EQ(half.results[3].confidence, 90);
}

TEST(Judgements, NoDeterministicResultIsTouchedWhateverTheyName) {
  eval::Report report = report_of(Outcome::failed, Outcome::skipped);
  const eval::Report before = report;
  apply({"m", {line(0, Outcome::passed), line(1, Outcome::passed), line(2, Outcome::passed), line(3, Outcome::passed)}},
        report);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(report.results[i].outcome, before.results[i].outcome);
    EXPECT_EQ(report.results[i].reason, before.results[i].reason);
    EXPECT_FALSE(report.results[i].confidence);
  }
  EXPECT_EQ(report.satisfaction, 67);
  EXPECT_EQ(report.deterministic_satisfaction, 0);
  EXPECT_EQ(report.status, Status::fail);
}

TEST(Judgements, ALineTheJudgeDidNotGradeKeepsARunFromPassing) {
  for (const Outcome outcome : {Outcome::errored, Outcome::skipped}) {
    const eval::Report report = applied(Outcome::passed, outcome);
    EXPECT_EQ(report.status, Status::incomplete) << eval::outcome_name(outcome);
    EXPECT_FALSE(report.can_pass);
    EXPECT_EQ(report.satisfaction, 100);
    EXPECT_EQ(report.judge_tokens_in, 100);
  }
  eval::Report report = report_of(Outcome::passed, Outcome::passed);
  apply({"m", {line(2, Outcome::passed)}}, report);
  EXPECT_EQ(report.results[3].outcome, Outcome::errored) << "nobody asked about it";
  EXPECT_EQ(report.status, Status::incomplete);
}

TEST(Judgements, OptionalLinesNeverCount) {
  eval::Report report = report_of(Outcome::passed, Outcome::passed);
  report.results[2].criterion.optional = report.results[3].criterion.optional = true;
  const eval::Report judged = applied(Outcome::failed, Outcome::errored, report);
  EXPECT_EQ(judged.status, Status::pass);
  EXPECT_EQ(judged.results[2].outcome, Outcome::failed);
}

TEST(Judgements, AJudgementOfAnotherSentenceDoesNotCount) {
  eval::Report report = report_of(Outcome::passed, Outcome::passed);
  report.results[2].criterion.text = "Something else";
  EXPECT_EQ(applied(Outcome::passed, Outcome::passed, report).results[2].outcome, Outcome::errored);
}

TEST(Judgements, TokensAreASumOnlyWhenAllAreKnown) {
  eval::Report report = report_of(Outcome::passed, Outcome::passed);
  Judgement silent = line(3, Outcome::passed);
  silent.tokens_out.reset();
  apply({"m", {line(2, Outcome::passed), silent}}, report);
  EXPECT_EQ(report.judge_tokens_in, 200);
  EXPECT_FALSE(report.judge_tokens_out);
  eval::Report none = applied(Outcome::errored, Outcome::errored);
  EXPECT_FALSE(none.judge_tokens_in);
}

TEST(Judgements, PartialIsAFailureThatSaysSo) {
  scenario::Criterion criterion;
  const Judgement partial = judged(criterion, {VerdictStatus::partial, 40, "Half of it."}, {});
  EXPECT_EQ(partial.outcome, Outcome::failed);
  EXPECT_EQ(partial.reason, "partly: Half of it.");
  EXPECT_EQ(judged(criterion, {VerdictStatus::pass, 40, "x"}, {}).outcome, Outcome::passed);
  EXPECT_EQ(judged(criterion, {VerdictStatus::fail, 40, "x"}, {}).outcome, Outcome::failed);
}

TEST(Judgements, ReportsShowModelConfidenceAndTokens) {
  const std::string json = eval::to_json(applied(Outcome::passed, Outcome::failed));
  for (const char* part : {"\"judge_model\": \"model-x\"", "\"judge_tokens_in\": 200", "\"judge_tokens_out\": 20",
                           "\"confidence\": 0.9", "\"deterministic_satisfaction\": 100"}) {
    EXPECT_TRUE(text::contains(json, part)) << part << "\n" << json;
  }
}

TEST(Judgements, AreStoredAndReadBack) {
  const Judgements all{"model \"x\"", {line(2, Outcome::passed), line(3, Outcome::errored)}};
  const auto read = read_judgements(to_json(all));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, all);
}

TEST(Judgements, BrokenDocumentsAreRefusedWithASentence) {
  const std::string good = to_json({"m", {line(2, Outcome::passed)}});
  ASSERT_TRUE(read_judgements(good));
  const std::pair<std::string, std::string> changes[] = {
      {"\"version\": 1", "\"version\": 2"},
      {"\"m\"", "\"\""},
      {"\"m\"", "null"},
      {"\"passed\"", "\"great\""},
      {"\"passed\"", "true"},
      {"\"confidence_percent\": 90", "\"confidence_percent\": 101"},
      {"\"confidence_percent\": 90", "\"confidence_percent\": \"x\""},
      {"\"tokens_in\": 100", "\"tokens_in\": -1"},
      {"\"reason\"", "\"reasons\""}};
  for (const auto& [from, to] : changes) {
    const std::string text = text::replace_all(good, from, to);
    ASSERT_NE(text, good) << from;
    const auto read = read_judgements(text);
    ASSERT_FALSE(read) << to;
    EXPECT_EQ(read.error().code, "bad-judgements");
  }
  for (const char* text : {"", "[]", "{", "{\"version\":1,\"model\":\"m\",\"lines\":{}}",
                           "{\"version\":1,\"model\":\"m\",\"lines\":[3]}"}) {
    EXPECT_FALSE(read_judgements(text)) << text;
  }
  EXPECT_FALSE(read_judgements(good.substr(0, good.size() / 2)));
}

}  // namespace
}  // namespace pome::judge
