#include "core/base/text.h"

#include <gtest/gtest.h>

namespace pome::text {
namespace {

TEST(Text, FoldsAsciiOnly) {
  EXPECT_EQ(to_lower("BUG-\xC3\x84"), "bug-\xC3\x84");
  EXPECT_TRUE(equals_ignore_case("Alice", "aLICE"));
  EXPECT_FALSE(equals_ignore_case("alice", "alic"));
  EXPECT_LT(compare_ignore_case("Acme", "beta"), 0);
  EXPECT_EQ(compare_ignore_case("ACME", "acme"), 0);
  EXPECT_GT(compare_ignore_case("acme-x", "ACME"), 0);
}

TEST(Text, SearchesWithoutCase) {
  EXPECT_TRUE(contains_ignore_case("Deploy FAILED", "failed"));
  EXPECT_TRUE(contains_ignore_case("", ""));
  EXPECT_FALSE(contains_ignore_case("abc", "abd"));
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(lines("a\r\nb\n"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_EQ(join({"", "x", ""}, "-"), "-x-");
}

TEST(Text, ReadsWholeIntegersOnly) {
  EXPECT_EQ(to_integer("-42"), -42);
  EXPECT_EQ(to_integer("9223372036854775807"), INT64_MAX);
  for (const std::string_view bad : {"", "-", "4x", " 4", "9223372036854775808", "+1"})
    EXPECT_FALSE(to_integer(bad)) << bad;
}

TEST(Text, PercentCodingRoundTrips) {
  EXPECT_EQ(percent_decode("a%20b+c"), "a b+c");
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%zz%4"), "%zz%4");
  EXPECT_EQ(percent_encode("a/b c\xC3\xA9", "/"), "a/b%20c%C3%A9");
  EXPECT_EQ(percent_decode(percent_encode("\x01%&=+\xFF")), "\x01%&=+\xFF");
}

TEST(Text, KnowsUtf8) {
  for (const std::string_view good : {"", "a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x8D\x8E", "\xED\x9F\xBF"})
    EXPECT_TRUE(is_valid_utf8(good));
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xFF"})
    EXPECT_FALSE(is_valid_utf8(bad));
  EXPECT_EQ(truncate_utf8("a\xE2\x82\xAC", 3), "a");
  EXPECT_EQ(truncate_utf8("abc", 3), "abc");
}

TEST(Text, ComparesSecrets) {
  EXPECT_TRUE(constant_time_equal("secret", "secret"));
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_FALSE(constant_time_equal("secret", "Secret"));
  EXPECT_FALSE(constant_time_equal("secret", "secre"));
  EXPECT_FALSE(constant_time_equal("aa", "a"));
  EXPECT_FALSE(constant_time_equal("a", ""));
}

TEST(Text, MeasuresEditDistance) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

}  // namespace
}  // namespace pome::text
