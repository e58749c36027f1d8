#include "core/eval/canonical.h"

#include <gtest/gtest.h>

#include "core/criteria/sentence.h"

namespace pome::eval {
namespace {

TEST(Canonical, KeepsTheCaseOfTheFirstLetter) {
  EXPECT_EQ(canonical_sentence("At most 15 calls were made"), std::nullopt);
  EXPECT_EQ(canonical_sentence("At most fifteen calls were made"), std::nullopt);  // not a number word
  EXPECT_EQ(canonical_sentence("At most three calls were made"), "At most 3 calls were made");
}

TEST(CanonicalSentence, WordsWhatIsBoundAsItsRowDoes) {
  EXPECT_EQ(canonical_sentence("issue #1 in \"acme/api\" has the \"bug\" label applied."),
            "Issue #1 in `acme/api` has the `bug` label applied");
  EXPECT_EQ(canonical_sentence("Issue #1  is still assigned to alice"), "Issue #1 is still assigned to `alice`");
}

TEST(CanonicalSentence, LeavesTheRestAlone) {
  for (const std::string_view sentence :
       {"", "Issue #1 in `acme/api` has the `bug` label applied", "The agent was polite",
        "issue #1 is in state open and has the \"bug\" label", "It is not true that issue #1 is assigned to alice",
        "Every issue is in state closed", "A message in \"general\" contains \"x\""}) {
    EXPECT_EQ(canonical_sentence(sentence), std::nullopt) << sentence;
  }
}

}  // namespace
}  // namespace pome::eval
