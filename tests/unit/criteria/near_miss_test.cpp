#include <gtest/gtest.h>

#include <chrono>

#include "core/base/text.h"
#include "core/criteria/repair.h"
#include "core/criteria/sentence.h"
#include "tests/support/data.h"

namespace pome::criteria {
namespace {

const Json& data() {
  static const Json kData = test::read_json("tests/data/criteria_near_misses.json");
  return kData;
}

std::string member(const Json& row, std::string_view name) { return json::at(row, name).get<std::string>(); }

TEST(NearMisses, AreAnsweredWithTheSentenceThatWasMeant) {
  for (const Json& row : json::at(data(), "repairs")) {
    SCOPED_TRACE(member(row, "why"));
    const std::string sentence = member(row, "text");
    EXPECT_FALSE(bind_sentence(sentence).has_value()) << sentence;
    const NearMiss miss = near_miss(sentence);
    EXPECT_EQ(miss.suggestion, member(row, "suggestion"));
    const auto bound = bind_sentence(miss.suggestion);
    ASSERT_TRUE(bound.has_value()) << miss.suggestion;
    EXPECT_EQ(miss.row, bound->clauses.front().binding.row);
  }
}

TEST(NearMisses, SayWhatIsWrong) {
  for (const Json& row : json::at(data(), "problems")) {
    EXPECT_EQ(near_miss(member(row, "text")).problem, member(row, "problem")) << member(row, "why");
  }
  EXPECT_EQ(near_miss(std::string(kMaxSentence + 1, 'a')).problem, "the sentence is longer than 2000 bytes");
}

TEST(NearMisses, NeverSuggestTheOpposite) {
  for (const Json& row : json::at(data(), "never_opposite")) {
    const std::string sentence = member(row, "text");
    const bool negative = json::at(row, "negative").get<bool>();
    EXPECT_FALSE(bind_sentence(sentence).has_value()) << sentence;
    EXPECT_EQ(is_negative(sentence), negative) << sentence;
    const NearMiss miss = near_miss(sentence);
    if (miss.suggestion.empty()) continue;
    EXPECT_EQ(is_negative(miss.suggestion), negative) << sentence << ": " << miss.suggestion;
    EXPECT_TRUE(bind_sentence(miss.suggestion).has_value()) << miss.suggestion;
  }
}

/// A line costs milliseconds, however it is made.
TEST(NearMisses, AreFoundInReasonableTime) {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view part :
       {"a ", "is ", "Issue #1 ", "issue is and ", "`a` and ", "\" ", "#1, ", "isn't hasn't ", "It is not true that ",
        "Every issue ", "Issue #1 is in state open and "}) {
    for (const std::size_t size : {kMaxCompared, kMaxSentence, std::size_t{100'000}}) {
      std::string line;
      while (line.size() + part.size() <= size) line += part;
      near_miss(line);
    }
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace pome::criteria
