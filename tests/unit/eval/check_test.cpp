#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/eval/binding.h"
#include "core/eval/evaluate.h"
#include "tests/unit/criteria/row_data.h"

namespace pome::eval {
namespace {

/// The sentences other tools ship: those about GitHub bind to their check, the rest names its service.
TEST(KnownSentences, BindOrNameTheirService) {
  const Json rows = test::read_json("tests/data/eval/known_sentences.json");
  EXPECT_EQ(rows.size(), 90u);
  for (const Json& row : rows) {
    scenario::Scenario scenario = test::scenario_of({json::at(row, "sentence").get<std::string>()});
    SCOPED_TRACE(scenario.criteria[0].text);
    if (const auto twin = json::string_at(row, "twin")) scenario.criteria[0].twin = std::string(*twin);
    const auto bound = bind_criterion(scenario.criteria[0]);
    const auto* sentence = std::get_if<criteria::Sentence>(&bound);
    if (const auto check = json::string_at(row, "check")) {
      ASSERT_NE(sentence, nullptr);
      EXPECT_EQ(sentence->check(), *check);
      EXPECT_EQ(criteria::claims(scenario.criteria[0].text).size(), 1u);
      EXPECT_TRUE(check_criteria(scenario).empty());
    } else {
      ASSERT_EQ(sentence, nullptr);
      const Diagnostics diagnostics = check_criteria(scenario);
      ASSERT_EQ(diagnostics.size(), 1u);
      EXPECT_EQ(diagnostics[0].code, "criterion-other-service");
      EXPECT_TRUE(text::contains(diagnostics[0].message, *json::string_at(row, "service"))) << diagnostics[0].message;
      EXPECT_TRUE(text::contains(diagnostics[0].message, "twin yet"));
    }
  }
}

TEST(CheckCriteria, GivesAReadyFix) {
  scenario::Scenario scenario = test::scenario_of({"Issue #1 in `acme/api` has a label `bug`"});
  scenario.criteria[0].line = 12;
  scenario.criteria[0].column = 7;
  const Diagnostics diagnostics = check_criteria(scenario);
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].severity, Severity::error);
  EXPECT_EQ(diagnostics[0].code, "criterion-unbound");
  EXPECT_EQ(diagnostics[0].line, 12u);
  EXPECT_EQ(diagnostics[0].column, 7u);
  EXPECT_EQ(diagnostics[0].hint, "Did you mean: Issue #1 in `acme/api` has label `bug`");
}

TEST(CheckCriteria, NamesTheWrongValue) {
  const Diagnostics diagnostics = check_criteria(test::scenario_of({"`crate_issue` was never called"}));
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].message,
            "`crate_issue` is no GitHub tool and no operation id, so this line cannot be graded");
  EXPECT_EQ(diagnostics[0].hint, "Did you mean: `create_issue` was never called");
}

TEST(CheckCriteria, FindsAmbiguousRepositories) {
  scenario::Scenario scenario =
      test::scenario_of({"Issue #1 has the `bug` label", "No mutation was made", "Issue #1 in `a/b` exists"});
  EXPECT_TRUE(check_criteria(scenario).empty());
  scenario.seed.json = R"({"repositories":[{"owner":"a","name":"b"},{"owner":"a","name":"c"}]})";
  const Diagnostics diagnostics = check_criteria(scenario);
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].code, "criterion-ambiguous-repo");
  EXPECT_EQ(diagnostics[0].hint, "Name one: Issue #1 in `a/b` has the `bug` label");
}

TEST(CheckCriteria, LeavesJudgedLinesAndKnowsTheTwins) {
  scenario::Scenario scenario = test::scenario_of({"The agent was kind"});
  scenario.criteria[0].kind = scenario::CriterionKind::judged;
  EXPECT_TRUE(check_criteria(scenario).empty());
  scenario.config.twins = {"github", "teams"};
  ASSERT_EQ(check_criteria(scenario).size(), 1u);
  EXPECT_EQ(check_criteria(scenario)[0].code, "twin-unknown");
}

TEST(CriterionLiterals, AreTheValuesCriteriaLookFor) {
  EXPECT_EQ(criterion_literals(test::scenario_of({"A comment containing \"deploy\" exists on issue #1 in `acme/api`",
                                                  "Issue #1 has the `bug` label", "unknown \"x\""})),
            (std::vector<std::string>{"acme/api", "bug", "deploy"}));
}

}  // namespace
}  // namespace pome::eval
