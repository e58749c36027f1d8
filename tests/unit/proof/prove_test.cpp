#include "core/proof/prove.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/data.h"

namespace pome::proof {
namespace {

Solution solution_of(const Json& calls) {
  const auto solution = read_solution(json::dump(Json{{"version", 1}, {"calls", calls}}));
  if (!solution) ADD_FAILURE() << solution.error().message;
  return solution ? *solution : Solution();
}

/// A scenario whose criteria start on line 9.
scenario::Parsed scenario_of(const Json& row) {
  std::string markdown = "# A scenario\n\n## Prompt\n\nDo it.\n\n## Success Criteria\n\n";
  for (const Json& line : row.at("criteria")) markdown += "- " + line.get<std::string>() + "\n";
  markdown += "\n## Config\n\n```yaml\ntwins: [github]\nclass: ";
  markdown += std::string(json::string_at(row, "class").value_or("conformance")) + "\n```\n";
  scenario::Source source;
  source.markdown = markdown;
  source.path = "row.md";
  return scenario::parse(source);
}

Proof proof_of(const Json& row) {
  const scenario::Parsed parsed = scenario_of(row);
  for (const Diagnostic& diagnostic : parsed.diagnostics) ADD_FAILURE() << diagnostic.message;
  const Solution solution = solution_of(row.at("solution"));
  std::optional<Solution> bad;
  if (row.contains("bad")) bad = solution_of(row.at("bad"));
  return prove(parsed.scenario, solution, bad ? &*bad : nullptr);
}

void expect_findings(const Json& row, const Proof& proof) {
  const Json& findings = row.at("findings");
  ASSERT_EQ(proof.criteria.size(), findings.size()) << in_words(proof);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    EXPECT_EQ(finding_name(proof.criteria[i].finding), findings[i].get<std::string>()) << in_words(proof);
    if (row.contains("words")) {
      EXPECT_TRUE(text::contains(proof.criteria[i].words, row.at("words")[i].get<std::string>()))
          << proof.criteria[i].words;
    }
    if (row.contains("contradicts")) {
      const Json& rival = row.at("contradicts")[i];
      EXPECT_EQ(proof.criteria[i].rival.has_value(), !rival.is_null()) << in_words(proof);
      if (proof.criteria[i].rival && !rival.is_null()) {
        EXPECT_EQ(*proof.criteria[i].rival, rival.get<std::size_t>());
      }
    }
  }
}

TEST(Prove, FindsWhatEachRowSays) {
  for (const Json& row : test::read_json("tests/data/proof/prove.json")) {
    SCOPED_TRACE(row.at("name").get<std::string>());
    const Proof proof = proof_of(row);
    expect_findings(row, proof);
    const Json& problems = row.at("problems");
    EXPECT_EQ(proof.ok(), problems.empty());
    ASSERT_EQ(proof.problems.size(), problems.size()) << in_words(proof);
    for (std::size_t i = 0; i < problems.size(); ++i) {
      EXPECT_TRUE(text::contains(proof.problems[i].message, problems[i].get<std::string>()))
          << proof.problems[i].message;
    }
  }
}

TEST(Prove, GivesTheSameBytesEachTime) {
  const Json rows = test::read_json("tests/data/proof/prove.json");
  const Proof once = proof_of(rows[0]);
  const Proof twice = proof_of(rows[0]);
  EXPECT_EQ(to_json(once), to_json(twice));
  EXPECT_EQ(in_words(once), in_words(twice));
  EXPECT_TRUE(json::parse(to_json(once)).has_value());
}

/// Long solutions, and lines nothing turns: every search ends.
TEST(Prove, EndsSoonForTheLongestSolution) {
  Json row = test::read_json("tests/data/proof/prove.json")[0];
  row["criteria"] = Json::array(
      {"[D] Issue #1 in `acme/api` is in state open", "[D] `issues/create` was called at most 100000 times"});
  row["solution"] = Json::array();
  for (std::size_t i = 0; i < kMaxCalls; ++i) {
    Json call = Json::object();
    call["method"] = i % 2 == 0 ? "POST" : "GET";
    call["path"] = i % 2 == 0 ? "/repos/acme/api/issues/1/comments" : "/user";
    if (i % 2 == 0) call["body"]["body"] = "Again";
    row["solution"].push_back(std::move(call));
  }
  const Proof proof = proof_of(row);
  EXPECT_EQ(proof.solution.calls, kMaxCalls);
  ASSERT_EQ(proof.criteria.size(), 2u);
  EXPECT_EQ(proof.criteria[1].finding, Finding::vacuous);
}

TEST(Prove, NamesASeedThatCannotBeRead) {
  scenario::Scenario scenario = scenario_of(test::read_json("tests/data/proof/prove.json")[0]).scenario;
  scenario.seed.json = "{\"repositories\": 7}";
  const Proof proof = prove(scenario, {}, nullptr);
  ASSERT_EQ(proof.problems.size(), 1u);
  EXPECT_TRUE(text::contains(proof.problems[0].message, "The seed cannot be read")) << proof.problems[0].message;
  EXPECT_TRUE(proof.criteria.empty());
}

}  // namespace
}  // namespace pome::proof
