#include "tools/vocabulary/ambiguity.h"

#include <gtest/gtest.h>

namespace pome::vocabulary {
namespace {

using criteria::match;
using criteria::Phrase;
using criteria::Row;

struct Pair {
  Phrase a;
  Phrase b;
};

TEST(Ambiguity, FindsASentenceThatBothPhrasesRead) {
  static constexpr Pair kPairs[] = {
      {"Issue #{issue} is {open|closed}", "Issue #{issue} is (closed|shut)"},
      {"Issue #{issue}[ in `{repo}`] is locked", "Issue #{issue} in `{repo}` {is/is not} locked"},
      {"Issue #{issue} has the `{label}` label", "Issue #{issue} has the `{milestone}` label[ applied]"},
      {"Issue #{issue} is assigned to `{login}`", "Issue #{issue} is assigned to alice"},
      {"Issue #{issue} has {count} comments", "Issue #{issue} has three comments"},
      {"`{tool}` was called {times}", "{login} was called once"},
      {"`{tool}` was called {times}", "`{other_tool}` was called [exactly ]twice"},
      {"The labels are {names}", "The labels are `{label}`"},
      {"The labels are {names}", "The labels are `{label}` and `{value}`"},
      {"Nothing changed except {scopes}", "Nothing changed except new labels"},
      {"nothing changed", "Nothing changed"},
      {"The value is \"{value}\"", "The value is `{pattern}`"},
      {"(A|An) review exists", "An[ open] review exists"},
  };
  for (const auto& [a, b] : kPairs) {
    const auto sentence = common_sentence(a, b);
    ASSERT_TRUE(sentence) << a.text() << " | " << b.text();
    EXPECT_TRUE(match(a, *sentence).ok() && match(b, *sentence).ok()) << *sentence;
    EXPECT_TRUE(common_sentence(b, a)) << a.text() << " | " << b.text();
  }
}

TEST(Ambiguity, LetsPhrasesStandThatOnlyLookAlike) {
  static constexpr Pair kPairs[] = {
      {"Issue #{issue} is {open|closed}", "Issue #{issue} is locked"},
      {"Issue #{issue} is assigned to `{login}`", "Issue #{issue} is assigned to nobody"},
      {"`{tool}` was called", "It was called"},
      {"Issue #{issue} has the `{label}` label", "Issue #{issue} has the label `{label}`"},
      {"Label `{label}` exists", "label exists"},
      {"Nothing changed", "NOTHING changed"},
      {"Pull request #{pr} {is/is not} a draft", "Pull request #{pr} is {merged|closed}"},
      // The matcher takes the optional part and never goes back.
      {"The file[ named] named exists", "The file named exists"},
  };
  for (const auto& [a, b] : kPairs) EXPECT_FALSE(common_sentence(a, b)) << *common_sentence(a, b);
}

TEST(Ambiguity, NamesTheRowsOfTheVocabularyThatCollide) {
  static constexpr Phrase kOne[] = {"Issue #{issue} is shut", "Issue #{issue} is locked"};
  static constexpr Phrase kOther[] = {"Pull request #{pr} is locked", "Issue #{issue} (is|was) locked"};
  Row one;
  one.id = "github.one";
  one.phrases = kOne;
  Row other;
  other.id = "github.other";
  other.phrases = kOther;
  const auto found = find_ambiguities({&one, &other});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().first, &one);
  EXPECT_EQ(found.front().second, &other);
  EXPECT_EQ(found.front().sentence, "Issue #1 is locked");
  EXPECT_TRUE(find_ambiguities({&one, &one}).empty());
}

TEST(Ambiguity, NoTwoRowsOfTheVocabularyClaimTheSameSentence) {
  for (const Ambiguity& one : find_ambiguities(criteria::all_rows())) {
    ADD_FAILURE() << one.first->id << " and " << one.second->id << ": " << one.sentence;
  }
}

}  // namespace
}  // namespace pome::vocabulary
