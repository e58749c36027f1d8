#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/proof/prove.h"
#include "core/proof/replay.h"
#include "core/redact/redact.h"
#include "tests/support/data.h"

/// Every scenario that ships proves itself with the solutions that ship beside it.
namespace pome::proof {
namespace {

std::optional<std::string> file_beside(const std::string& scenario, std::string_view ending) {
  const std::string path = scenario.substr(0, scenario.size() - 3) + std::string(ending);
  const std::vector<std::string> all = test::list_files("scenarios", ".json");
  if (std::find(all.begin(), all.end(), path) == all.end()) return std::nullopt;
  return test::read_file(path);
}

std::optional<Solution> solution_beside(const std::string& scenario, std::string_view ending) {
  const auto text = file_beside(scenario, ending);
  if (!text) return std::nullopt;
  auto solution = read_solution(*text);
  if (!solution) {
    ADD_FAILURE() << scenario << ' ' << ending << ": " << solution.error().message;
    return std::nullopt;
  }
  return std::move(solution).value();
}

/// What is stored is redacted; the verdict over it is the one over the live documents.
void expect_same_verdict_when_stored(const scenario::Scenario& scenario, const Solution& solution) {
  const auto seed = twin::read_seed(scenario.seed.json);
  ASSERT_TRUE(seed.has_value());
  const Played played = replay(*seed, solution);
  const auto live = eval::evaluate(scenario, played.evidence());
  ASSERT_TRUE(live.has_value());
  const redact::Redactor redactor({}, eval::criterion_literals(scenario));
  const std::string initial = redactor.json(played.state_initial);
  const std::string final_state = redactor.json(played.state_final);
  const std::string events = redactor.json(played.events);
  const auto stored = eval::evaluate(scenario, {initial, final_state, events});
  ASSERT_TRUE(stored.has_value());
  ASSERT_EQ(stored->results.size(), live->results.size());
  EXPECT_EQ(stored->satisfaction, live->satisfaction);
  for (std::size_t i = 0; i < live->results.size(); ++i) {
    EXPECT_EQ(stored->results[i].outcome, live->results[i].outcome) << live->results[i].criterion.text;
    EXPECT_EQ(stored->results[i].state_pointers, live->results[i].state_pointers);
    EXPECT_EQ(stored->results[i].events, live->results[i].events);
  }
}

TEST(Library, ProvesItself) {
  for (const std::string& path : test::list_files("scenarios", ".md")) {
    if (path == "scenarios/CRITERIA.md") continue;  // the language, not a scenario
    SCOPED_TRACE(path);
    const std::string markdown = test::read_file(path);
    const auto sidecar = file_beside(path, ".seed.json");
    scenario::Source source;
    source.markdown = markdown;
    source.path = path;
    if (sidecar) source.sidecar = *sidecar;
    const scenario::Parsed parsed = scenario::parse(source);
    const std::optional<Solution> solution = solution_beside(path, ".solution.json");
    ASSERT_TRUE(solution.has_value()) << "a scenario ships with the calls that solve it";
    const std::optional<Solution> bad = solution_beside(path, ".bad.json");
    const Proof proof = prove(parsed.scenario, *solution, bad ? &*bad : nullptr);
    EXPECT_TRUE(proof.ok()) << in_words(proof);
    EXPECT_EQ(proof.criteria.size(), parsed.scenario.criteria.size());
    expect_same_verdict_when_stored(parsed.scenario, *solution);
    if (bad) expect_same_verdict_when_stored(parsed.scenario, *bad);
  }
}

}  // namespace
}  // namespace pome::proof
