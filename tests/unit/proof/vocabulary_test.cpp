#include <gtest/gtest.h>

#include <string>

#include "core/base/text.h"
#include "core/criteria/sentence.h"
#include "core/proof/mutants.h"
#include "core/proof/words.h"
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
    const auto fails = [&](const Mutant& mutant) {
      const auto again = eval::evaluate(scenario, {passing.initial, mutant.state_final, mutant.events});
      failed = again && again->results.front().outcome == eval::Outcome::failed;
      ++tried;
      return failed;
    };
    Mutator mutator(subject, report->results.front(), Budget(), fails);
    mutate_tape(mutator);
    mutate_state(mutator);
    if (!passing.final_state.empty()) mutate_world(mutator);
    EXPECT_TRUE(failed) << tried << " mutants tried";
  }
}

void expect_no_pass(const std::string& sentence, const test::WorldText& world) {
  const auto report = eval::evaluate(test::scenario_of({sentence}), world.evidence());
  ASSERT_TRUE(report.has_value());
  EXPECT_NE(report->results.front().outcome, eval::Outcome::passed) << sentence;
}

/// A sentence about something nothing has must not pass: its row would not look at what the sentence says.
TEST(Vocabulary, NoPositiveRowPassesForWhatIsNotThere) {
  for (const test::RowFile& file : test::row_files()) {
    const std::string sentence = test::sentence_of(file);
    const auto bound = criteria::bind_sentence(sentence);
    ASSERT_TRUE(bound.has_value()) << sentence;
    if (bound->polarity() != criteria::Polarity::must) continue;
    const test::WorldText passing(json::at(file.data, "passing"));
    std::string nothing = sentence;  // all texts at once: "any of `a` and `b`" passes for one of them
    for (const std::string& literal : literals_of(sentence)) {
      if (text::to_integer(literal)) {
        expect_no_pass(text::replace_all(sentence, "#" + literal, "#987654321"), passing);
      } else if (literal != "acme/api") {
        nothing = text::replace_all(nothing, literal, "pome-vacuity-never");
      }
    }
    if (nothing != sentence) expect_no_pass(nothing, passing);
  }
}

}  // namespace
}  // namespace pome::proof
