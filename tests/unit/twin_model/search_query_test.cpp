#include "core/twin/github/model/search_query.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

namespace pome::twin::github::model {
namespace {

constexpr auto is_known = [](std::string_view name) {
  return name == "is" || name == "label" || name == "repo" || name == "in";
};

/// The tree as text: (all ...), (any ...), words by their tokens, qualifiers as name=value, '!' before what is negated.
std::string spelled(const SearchNode& node) {
  const std::string sign = node.negated ? "!" : "";
  if (node.kind == SearchNode::Kind::text) return sign + text::join(node.tokens, "+");
  if (node.kind == SearchNode::Kind::qualifier) return text::cat(sign, node.name, "=", node.value);
  std::string out = sign + (node.kind == SearchNode::Kind::all ? "(all" : "(any");
  for (const SearchNode& part : node.parts) text::append(out, " ", spelled(part));
  return out + ")";
}

std::string parsed(std::string_view text) { return spelled(parse_search(text, is_known).root); }

TEST(SearchQuery, WordsAndQualifiers) {
  EXPECT_EQ(parsed("Crash IS:open  label:bug"), "(all crash is=open label=bug)");
  EXPECT_EQ(parsed("label:\"good first issue\" \"null pointer\""), "(all label=good first issue null+pointer)");
  EXPECT_EQ(parsed("-label:bug NOT crash"), "(all !label=bug !crash)");
  EXPECT_EQ(parsed("error:42 off-by-one a.b"), "(all error+42 off-by-one a+b)") << "unknown names are text";
  EXPECT_EQ(parsed("- : \"\" ..."), "(all)");
}

TEST(SearchQuery, OperatorsAndBrackets) {
  EXPECT_EQ(parsed("a b OR c"), "(any (all a b) (all c))");
  EXPECT_EQ(parsed("a AND (b OR NOT c)"), "(all a (any (all b) (all !c)))");
  EXPECT_EQ(parsed("NOT (a OR b)"), "(all !(any (all a) (all b)))");
  EXPECT_EQ(parsed("(a (b"), "(all (all a (all b)))");
  EXPECT_EQ(parsed("a) b"), "(all (all a) (all b))");
  EXPECT_EQ(parse_search("a AND b OR NOT c", is_known).operators, 3);
}

TEST(SearchQuery, PlacesAreAlternatives) {
  EXPECT_EQ(parsed("repo:o/a x repo:o/b -repo:o/c"), "(all (any repo=o/a repo=o/b) x !repo=o/c)");
}

TEST(SearchQuery, Ranges) {
  const auto holds = [](std::string_view text, std::int64_t value) {
    const auto range = number_range(text);
    return range && range->holds(value);
  };
  EXPECT_TRUE(holds("7", 7) && !holds("7", 8));
  EXPECT_TRUE(holds(">7", 8) && !holds(">7", 7) && holds(">=7", 7));
  EXPECT_TRUE(holds("<7", 6) && !holds("<7", 7) && holds("<=7", 7));
  EXPECT_TRUE(holds("2..7", 2) && holds("2..7", 7) && !holds("2..7", 8) && holds("*..7", -9) && holds("2..*", 99));
  EXPECT_FALSE(number_range("many") || number_range("") || number_range("=>7") || number_range("1..x"));
  const auto day = date_range("2026-01-31");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->last - day->first, 24 * 60 * 60 - 1);
  EXPECT_EQ(date_range(">2026-01-31")->first, day->last + 1);
  EXPECT_EQ(date_range("2026-01-31T10:00:00Z")->first, day->first + 10 * 60 * 60);
  EXPECT_FALSE(date_range("yesterday"));
}

bool found(std::string_view text, std::string_view words) {
  return find_tokens(text, search_tokens(words)).has_value();
}

TEST(SearchQuery, TokensAreWholeAndCompoundsHaveParts) {
  EXPECT_TRUE(found("500 error on POST /orders", "ORDERS"));
  EXPECT_FALSE(found("500 error on POST /orders", "order")) << "no prefixes";
  EXPECT_TRUE(found("the retry_count field", "retry_count"));
  EXPECT_TRUE(found("the retry_count field", "count"));
  EXPECT_FALSE(found("the my-retry_count field", "retry_count")) << "compounds stand for themselves only";
  EXPECT_TRUE(found("null, pointer!", "null pointer"));
  EXPECT_FALSE(found("null or pointer", "null pointer"));
  EXPECT_TRUE(found("caf\xc3\xa9 au lait", "caf\xc3\xa9"));
  EXPECT_FALSE(found("caf\xc3\xa9 au lait", "caf"));
  const auto span = find_tokens("bug, debug, BUG", search_tokens("bug"), 1);
  ASSERT_TRUE(span);
  EXPECT_EQ(span->begin, 12u);
  EXPECT_EQ(span->end, 15u);
}

TEST(SearchQuery, Satisfaction) {
  const auto fits = [](std::string_view query, std::string_view text) {
    return satisfies(parse_search(query, is_known).root,
                     [&](const SearchNode& term) { return find_tokens(text, term.tokens).has_value(); });
  };
  EXPECT_TRUE(fits("a b", "b a"));
  EXPECT_FALSE(fits("a -b", "b a"));
  EXPECT_TRUE(fits("a AND (c OR b)", "b a"));
  EXPECT_TRUE(fits("NOT (c OR d)", "b a"));
}

}  // namespace
}  // namespace pome::twin::github::model
