#include "core/scenario/rewrite.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/scenario/scenario.h"
#include "tests/support/data.h"

namespace pome::scenario {
namespace {

constexpr std::string_view kHead = "## Prompt\nDo it.\n\n## Success Criteria\n";

std::vector<std::string> corpus() {
  std::vector<std::string> out;
  for (const std::string& file : test::list_files("tests/data/scenario", ".json")) {
    if (file.ends_with("/yaml.json")) continue;
    for (const Json& row : test::read_json(file)) {
      std::string text;
      for (const Json& line : row.at("markdown")) text += line.get<std::string>() + "\n";
      out.push_back(std::move(text));
    }
  }
  for (const std::string& file : test::list_files("scenarios", ".md")) out.push_back(test::read_file(file));
  return out;
}

std::vector<std::string> sentences(const std::string& markdown) {
  std::vector<std::string> out;
  for (const Criterion& criterion : parse({markdown, "x.md"}).scenario.criteria) out.push_back(criterion.text);
  std::sort(out.begin(), out.end());
  return out;
}

/// What no rewriting may do, whatever the text.
void check_rewrite(const std::string& markdown) {
  SCOPED_TRACE(markdown);
  const Rewritten once = rewrite(markdown);
  const Rewritten twice = rewrite(once.markdown);
  EXPECT_EQ(twice.markdown, once.markdown);
  EXPECT_TRUE(twice.changes.empty());
  EXPECT_EQ(std::count(once.markdown.begin(), once.markdown.end(), '\n'),
            std::count(markdown.begin(), markdown.end(), '\n'));
  std::size_t last = 0;
  for (const Change& change : once.changes) {
    EXPECT_GT(change.line, last);
    EXPECT_NE(change.before, change.after);
    last = change.line;
  }
  EXPECT_EQ(once.changes.empty(), once.markdown == markdown);
}

TEST(Rewrite, KeepsEveryLineAndIsDoneAtOnce) {
  for (const std::string& markdown : corpus()) check_rewrite(markdown);
}

TEST(Rewrite, WhatWasReadStaysRead) {
  for (const std::string& markdown : corpus()) {
    SCOPED_TRACE(markdown);
    const std::string imported = rewrite(markdown).markdown;
    const Parsed before = parse({markdown, "x.md"});
    const Parsed after = parse({imported, "x.md"});
    if (!before.ok()) continue;
    EXPECT_TRUE(after.ok());
    EXPECT_EQ(sentences(imported), sentences(markdown));
    EXPECT_EQ(after.scenario.prompt, before.scenario.prompt);
    EXPECT_EQ(after.scenario.config, before.scenario.config);
    EXPECT_EQ(after.scenario.tags, before.scenario.tags);
    EXPECT_EQ(after.scenario.groups, before.scenario.groups);
    EXPECT_EQ(after.scenario.seed.json, before.scenario.seed.json);
  }
}

TEST(Rewrite, TheShippedScenariosAreInTodaysForms) {
  for (const std::string& file : test::list_files("scenarios", ".md")) {
    EXPECT_TRUE(rewrite(test::read_file(file)).changes.empty()) << file;
  }
}

TEST(Rewrite, KeepsLineEndsAndTheByteOrderMark) {
  const std::string text = "\xEF\xBB\xBF## Task\r\nDo it.\r\r\n## Checks\n1. [code] a\r\n\r- [D] b";
  EXPECT_EQ(rewrite(text).markdown, "\xEF\xBB\xBF## Prompt\r\nDo it.\r\r\n## Success Criteria\n- [D] a\r\n\r- [D] b");
}

TEST(Rewrite, TextThatCannotBeReadStays) {
  for (const std::string& text :
       {std::string("## Task\n\xFF\n"), std::string("## Task\n\0\n", 10), std::string((1U << 20U) + 1, 'x')}) {
    const Rewritten out = rewrite(text);
    EXPECT_EQ(out.markdown, text);
    EXPECT_TRUE(out.changes.empty());
    EXPECT_EQ(out.problems.size(), 1U);
  }
}

TEST(Rewrite, SaysWhatTheOldFormDid) {
  const std::string text = text::cat(kHead, "+ [D] a\n- [code] b\n- `[D]` c\n");
  const Rewritten out = rewrite(text);
  ASSERT_EQ(out.changes.size(), 3U);
  EXPECT_EQ(out.changes[0].line, 5U);
  EXPECT_EQ(out.changes[0].before, "+ [D] a");
  EXPECT_EQ(out.changes[0].after, "- [D] a");
  EXPECT_TRUE(text::contains(out.changes[0].note, "dropped"));
  EXPECT_EQ(out.changes[1].after, "- [D] b");
  EXPECT_EQ(out.changes[1].note, "");
  EXPECT_TRUE(text::contains(out.changes[2].note, "not read"));
}

TEST(Rewrite, KeepsTheMarkerOfWhatHoldsBeforeTheRun) {
  RewriteRules rules;
  rules.holds_in_seed = [](std::size_t line) { return line == 6 || line == 7; };
  const std::string text = text::cat(kHead, "- [code] a\n- [code:github] b\n- [code always-scored] c\n");
  const Rewritten out = rewrite(text, rules);
  EXPECT_EQ(out.markdown, text::cat(kHead, "- [D] a\n- [code:github] b\n- [D always-scored] c\n"));
  ASSERT_EQ(out.remarks.size(), 1U);
  EXPECT_EQ(out.remarks[0].line, 6U);
}

TEST(Rewrite, WordsSentencesAsTheVocabularyDoes) {
  RewriteRules rules;
  rules.canonical = [](std::string_view sentence) -> std::optional<std::string> {
    if (sentence != "old words") return std::nullopt;
    return "new words";
  };
  const std::string lines =
      "- [D] old words\n- **[D] old words**\n- [P] old words\n- [D] old\n  words\n[code] old words\n";
  EXPECT_EQ(
      rewrite(text::cat(kHead, lines), rules).markdown,
      text::cat(kHead, "- [D] new words\n- [D] new words\n- [P] old words\n- [D] old\n  words\n- [D] new words\n"));
}

TEST(Rewrite, CriteriaOfSeveralSectionsAreTold) {
  const Rewritten out = rewrite(text::cat(kHead, "- [D] a\n## Success Criteria\n- [code] b\n"));
  ASSERT_EQ(out.remarks.size(), 1U);
  EXPECT_EQ(out.remarks[0].line, 6U);
  EXPECT_EQ(out.changes.size(), 1U);
}

}  // namespace
}  // namespace pome::scenario
