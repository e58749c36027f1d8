#include <gtest/gtest.h>

#include <string>

#include "core/proof/mutants.h"
#include "tests/unit/criteria/row_data.h"

/// Mutants are generic: they know nothing of the rows, and turn every one of them.
namespace pome::proof {
namespace {

TEST(Vocabulary, EveryRowTurnsUnderSomeMutant) {
  for (const test::RowFile& file : test::row_files()) {
    const std::string sentence = test::sentence_of(file);
    SCOPED_TRACE(sentence);
    const test::WorldText passing(json::at(file.data, "passing"));
    const scenario::Scenario scenario = test::scenario_of({sentence});
    const auto report = eval::evaluate(scenario, passing.evidence());
    ASSERT_TRUE(report.has_value());
    ASSERT_EQ(report->results.front().outcome, eval::Outcome::passed) << report->results.front().reason;

    const Subject subject(passing.evidence());
    bool failed = false;
    std::size_t tried = 0;
    Mutator mutator(subject, report->results.front(), Budget(), [&](const Mutant& mutant) {
      const auto again = eval::evaluate(scenario, {passing.initial, mutant.state_final, mutant.events});
      failed = again && again->results.front().outcome == eval::Outcome::failed;
      ++tried;
      return failed;
    });
    mutate_evidence(mutator);
    if (!passing.final_state.empty()) mutate_world(mutator);
    EXPECT_TRUE(failed) << tried << " mutants tried";
  }
}

}  // namespace
}  // namespace pome::proof
