#include "core/criteria/pattern.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace pome::criteria {
namespace {

struct Case {
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

constexpr Case kCases[] = {
    {"b", "abc", true},
    {"bd", "abc", false},
    {"a.c", "abc", true},
    {"a.c", "a\nc", false},
    {"a\\.c", "abc", false},
    {"a\\.c", "a.c", true},
    {"\\(\\[\\{\\\\", "([{\\", true},
    {"\\n\\t", "a\n\tb", true},
    // Anchors stand for the ends of lines, whatever ends them.
    {"^b", "ab", false},
    {"^b", "a\nb", true},
    {"a$", "ab", false},
    {"a$", "a\nb", true},
    {"a$", "a\r\nb", true},
    {"^$", "", true},
    {"^$", "a\n\nb", true},
    {"^$", "a", false},
    {"^(fix|feat): ", "feat: x", true},
    {"^(fix|feat): ", "a feat: x", false},
    {"x^a", "xa", false},
    // Classes
    {"[abc]d", "cd", true},
    {"[a-c]d", "dd", false},
    {"[^a-c]d", "dd", true},
    {"[^a-c]d", "bd", false},
    {"[^a]", "\n", true},
    {"[]a]", "]", true},
    {"[^]a]", "]", false},
    {"[a-]", "-", true},
    {"[-a]", "-", true},
    {"[\\]]", "]", true},
    {"[\\d.]+$", "1.25", true},
    {"^[\\d-z]+$", "1-z", true},
    {"[\\d-z]", "a", false},
    {"^[\\w.]+$", "a b", false},
    {"^\\d+$", "12x", false},
    {"\\D", "12", false},
    {"^\\w+$", "a_1", true},
    {"\\W", "a_1", false},
    {"a\\sb", "a\tb", true},
    {"a\\Sb", "a b", false},
    // Repetitions
    {"^ab*c$", "ac", true},
    {"^ab+c$", "ac", false},
    {"^ab?c$", "abbc", false},
    {"^a{2}$", "aaa", false},
    {"^a{2,}$", "aaaa", true},
    {"^a{2,3}$", "aaaa", false},
    {"^a{0}b$", "b", true},
    {"^(ab){2,3}$", "abab", true},
    {"^(a|b)*c$", "ababc", true},
    {"^(a*)*$", "b", false},
    {"^(a?){3}b$", "aab", true},
    {"^(?:ab|cd)+$", "cdab", true},
    // Alternatives
    {"cat|dog", "a dog", true},
    {"^(cat|)$", "", true},
    {"^a(b|c|d)e$", "ade", true},
    {"^a(b|c|d)e$", "abce", false},
    // Upper and lower case
    {"ERROR", "error", false},
    {"(?i)ERROR", "error", true},
    {"(?i)[a-c]$", "xB", true},
    {"(?i)[^a-c]", "B", false},
    {"(?i)\xC3\x84", "\xC3\xA4", false},  // only A to Z
    // Characters are code points; a byte that is none stands for itself.
    {"^.$", "\xC3\xA4", true},
    {"^..$", "\xC3\xA4", false},
    {"^[\xC3\xA4-\xC3\xBC]$", "\xC3\xB6", true},
    {"^[^\xC3\xA4]$", "\xC3\xA4", false},
    {"^.{2}$", "\xF0\x9F\x98\x80!", true},
    {"^..$", "\xFF\xC3", true},
    {"\xE2\x80\x9C", "say \xE2\x80\x9Cyes\xE2\x80\x9D", true},
};

TEST(Pattern, MatchesAsWritten) {
  for (const Case& one : kCases) {
    const auto pattern = Pattern::compile(one.pattern);
    ASSERT_TRUE(pattern.has_value()) << one.pattern << ": " << Pattern::problem_of(one.pattern);
    EXPECT_EQ(pattern->matches(one.text), one.matches) << one.pattern << " on " << one.text;
    EXPECT_EQ(Pattern::problem_of(one.pattern), "");
  }
}

struct Invalid {
  std::string pattern;
  std::string_view problem;  ///< a part of it
};

TEST(Pattern, SaysWhyItCannotBeRead) {
  const Invalid kInvalid[] = {
      {"", "empty"},
      {"(a", "not closed"},
      {"a)", "closes nothing"},
      {"[a", "not closed"},
      {"[]", "not closed"},
      {"[z-a]", "backwards"},
      {"[a-\\d]", "ends in a class"},
      {"[+-\\d]", "ends in a class"},
      {"[\\D]", "brackets"},
      {"*a", "nothing before"},
      {"a|+", "nothing before"},
      {"{2}", "nothing before"},
      {"a**", "two repetitions"},
      {"a+?", "lazy"},
      {"a{", "a repetition is"},
      {"a{x}", "a repetition is"},
      {"a{3,2}", "a repetition is"},
      {"a{101}", "a repetition is"},
      {"a{2,99999}", "a repetition is"},
      {"a\\", "backslash"},
      {"\\b", "\\b is not supported"},
      {"\\xff", "\\x is not supported"},
      {"(a)\\1", "references"},
      {"(?=a)", "ahead"},
      {"(?!a)", "ahead"},
      {"(?<=a)", "behind"},
      {"(?<name>a)", "named"},
      {"(?P<name>a)", "named"},
      {"a(?i)b", "(?i)"},
      {"\xFF", "UTF-8"},
      {std::string(Pattern::kMaxLength + 1, 'a'), "longer than"},
      {std::string(100, '(') + "a" + std::string(100, ')'), "nested"},
      {"((a{100}){100}){100}", "too large"},
      {"(((a|b){90}|c){90}|d){90}", "too large"},
  };
  for (const Invalid& one : kInvalid) {
    EXPECT_FALSE(Pattern::compile(one.pattern).has_value()) << one.pattern;
    EXPECT_NE(Pattern::problem_of(one.pattern).find(one.problem), std::string::npos)
        << one.pattern << ": " << Pattern::problem_of(one.pattern);
  }
}

/// Time grows with the text, not with the number of ways to read it.
TEST(Pattern, IsLinearOnTextsThatMakeOthersExplode) {
  const std::string text(100'000, 'a');
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view expression :
       {"(a*)*b", "(a|a)*b", "(a+)+b", "^(a?){30}a{30}b", "(a|aa)+$b", "(.*)(.*)(.*)(.*)b", "((a*)*)*b"}) {
    EXPECT_FALSE(Pattern::compile(expression)->matches(text)) << expression;
  }
  EXPECT_TRUE(Pattern::compile("(a*)*b")->matches(text + "b"));
  EXPECT_TRUE(Pattern::compile("^(a*)*$")->matches(text));
  // Seconds would be minutes if it were quadratic, and years if it were not polynomial.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

}  // namespace
}  // namespace pome::criteria
