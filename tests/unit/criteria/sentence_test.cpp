#include "core/criteria/sentence.h"

#include <gtest/gtest.h>

#include "tests/unit/criteria/row_data.h"

namespace pome {
namespace {

using criteria::Polarity;
using criteria::Sentence;
using eval::Outcome;

const Json& data() {
  static const Json kData = test::read_json("tests/data/criteria_sentences.json");
  return kData;
}

std::string text_of(const Json& row) { return json::at(row, "text").get<std::string>(); }

eval::CriterionResult grade(const std::string& sentence, const Json& world) {
  const test::WorldText documents(world);
  const auto report = eval::evaluate(test::scenario_of({sentence}), documents.evidence());
  EXPECT_TRUE(report.has_value()) << sentence;
  return report->results.front();
}

TEST(Sentences, BindToTheirRowsAndMeanWhatTheySay) {
  for (const Json& row : json::at(data(), "bound")) {
    SCOPED_TRACE(json::at(row, "why").get<std::string>() + ": " + text_of(row));
    const auto bound = criteria::bind_sentence(text_of(row));
    ASSERT_TRUE(bound.has_value());
    EXPECT_EQ(bound->check(), json::at(row, "check").get<std::string>());
    EXPECT_EQ(bound->polarity() == Polarity::must ? "must" : "must_not", json::at(row, "polarity").get<std::string>());
    const auto result = grade(text_of(row), json::at(data(), "world"));
    EXPECT_EQ(eval::outcome_name(result.outcome), json::at(row, "outcome").get<std::string>()) << result.reason;
    EXPECT_FALSE(result.reason.empty());
    EXPECT_FALSE(result.state_pointers.empty() && result.initial_pointers.empty() && result.events.empty() &&
                 result.calls_inspected == 0);
  }
}

TEST(Sentences, ThatMeanNothingDoNotBind) {
  for (const Json& row : json::at(data(), "unbound")) {
    EXPECT_FALSE(criteria::bind_sentence(text_of(row)).has_value())
        << json::at(row, "why").get<std::string>() << ": " << text_of(row);
  }
}

TEST(Sentences, AreTakenApartWhereTheyAreJoined) {
  for (const Json& row : json::at(data(), "parts")) {
    SCOPED_TRACE(text_of(row));
    const auto bound = criteria::bind_sentence(text_of(row));
    ASSERT_TRUE(bound.has_value());
    EXPECT_EQ(bound->denied, json::at(row, "denied").get<bool>());
    EXPECT_EQ(bound->join == Sentence::Join::all ? "all" : "any", json::at(row, "join").get<std::string>());
    std::vector<std::string> clauses;
    for (const criteria::Clause& clause : bound->clauses) clauses.push_back(criteria::clause_words(clause.binding));
    EXPECT_EQ(clauses, json::at(row, "clauses").get<std::vector<std::string>>());
  }
}

/// Whatever asks the agent to do something cannot hold where there is nothing.
TEST(Sentences, NoneThatAsksForSomethingPassesInAnEmptyWorld) {
  const Json worlds[] = {
      *json::parse(R"({"initial":{"repositories":[]},"final":{"repositories":[]},"events":[]})"),
      *json::parse(R"({"initial":{"repositories":[{"owner":"acme","name":"api","full_name":"acme/api","issues":[],)"
                   R"("pull_requests":[],"labels":[]}]},"final":{"repositories":[{"owner":"acme","name":"api",)"
                   R"("full_name":"acme/api","issues":[],"pull_requests":[],"labels":[]}]},"events":[]})"),
  };
  for (const Json& row : json::at(data(), "bound")) {
    if (json::at(row, "polarity").get<std::string>() != "must") continue;
    for (const Json& world : worlds) EXPECT_NE(grade(text_of(row), world).outcome, Outcome::passed) << text_of(row);
  }
}

TEST(Sentences, AreGradedByTheClausesThatDecide) {
  const Json& world = json::at(data(), "world");
  const auto failed = grade("Issue #1 has the `bug` label and issue #3 has the `p1` label", world);
  EXPECT_EQ(failed.expected, "label `bug` on issue #1 of acme/api and label `p1` on issue #3 of acme/api");
  EXPECT_EQ(failed.state_pointers, std::vector<std::string>{"/repositories/0/issues/2/labels"});
  const auto passed = grade("Issue #1 has the `bug` label and issue #2 has the `p1` label", world);
  EXPECT_EQ(passed.state_pointers.size(), 2u);
}

TEST(Sentences, AreReadInReasonableTimeHoweverOftenTheyJoin) {
  std::string many = "Issue #1 is in state open";
  while (many.size() + 30 < criteria::kMaxSentence) many += " and is in state open";
  EXPECT_FALSE(criteria::bind_sentence(many).has_value());
  std::string names = "Issue #1 has exactly the labels `a`";
  while (names.size() + 10 < criteria::kMaxSentence) names += " and `a`";
  EXPECT_FALSE(criteria::bind_sentence(names + " or so").has_value());
  EXPECT_FALSE(criteria::bind_sentence(std::string(100'000, 'a') + " and " + std::string(100'000, 'b')).has_value());
}

TEST(Sentences, AreExplainedWithoutEndOrBeginningAmiss) {
  for (const Json& row : json::at(data(), "bound")) {
    const std::string words = criteria::explain(*criteria::bind_sentence(text_of(row)));
    EXPECT_TRUE(words.front() >= 'A' && words.front() <= 'Z' && words.ends_with('.')) << words;
    EXPECT_EQ(words.find(".."), std::string::npos) << words;
  }
}

}  // namespace
}  // namespace pome
