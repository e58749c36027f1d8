#include "core/criteria/phrase.h"

#include <gtest/gtest.h>

#include "core/criteria/sentence.h"

namespace pome::criteria {
namespace {

constexpr Phrase kPhrase = "Issue #{issue}[ (in|on) `{repo}`] has the `{label}` label[ applied]";

TEST(Phrase, ToleratesOnlyWhatItSays) {
  for (const std::string_view text :
       {"Issue #1 in `acme/api` has the `bug` label applied", "issue #1 on acme/api has the \"bug\" label.",
        "Issue  #1 has the\t\xE2\x80\x9C"
        "bug\xE2\x80\x9D label",
        " Issue #1 has the `a label` label "}) {
    EXPECT_TRUE(match(kPhrase, text).ok()) << text;
  }
  for (const std::string_view text :
       {"Issue #1 has the bug label", "Issue #1 HAS the `bug` label", "Issue 1 has the `bug` label",
        "Issue #1 has the `bug` label..", "Issue #1 has the `` label", "Issue #1 has the `bug` labels",
        "Issue #1 has the `bug\" label", "Well, issue #1 has the `bug` label",
        "Issue #1 has the `bug` label applied twice", "Issue #1in `acme/api` has the `bug` label",
        "Issue #0 has the `bug` label", "Issue #01 has the `bug` label", "Issue #1 in acme has the `bug` label",
        "Issue #1234567890 has the `bug` label", ""}) {
    EXPECT_FALSE(match(kPhrase, text).ok()) << text;
  }
}

TEST(Phrase, TellsAWrongValueFromAWrongWording) {
  const Match wrong = match(kPhrase, "Issue #0 in `acme/api` has the `bug` label");
  EXPECT_TRUE(wrong.complete);
  EXPECT_EQ(wrong.bad_slot, SlotKind::issue);
  EXPECT_EQ(wrong.bad_value, "0");
  EXPECT_EQ(match(kPhrase, "Issue #1 in `acme` has the `bug` label").bad_value, "acme");
  EXPECT_FALSE(match(kPhrase, "Issue #1 has a `bug` label").complete);
}

TEST(Phrase, RendersOptionalPartsThatAreSet) {
  Args args;
  args.number = 7;
  args.label = "bug";
  EXPECT_EQ(render(kPhrase, args), "Issue #7 has the `bug` label");
  args.repo = "acme/api";
  EXPECT_EQ(render(kPhrase, args), "Issue #7 in `acme/api` has the `bug` label");
  args.label = "a`b";
  EXPECT_EQ(match(kPhrase, render(kPhrase, args)).args, args);
}

TEST(Phrase, IsLinearOnHostileText) {
  const std::string many = "Issue #1 has the `" + std::string(200'000, 'x');
  EXPECT_FALSE(match(kPhrase, many).ok());
  EXPECT_FALSE(bind_sentence(std::string(200'000, ' ') + many).has_value());
}

TEST(Slots, TakeWhatGitHubTakes) {
  Args args;
  for (const std::string_view login : {"alice", "a-b", "dependabot[bot]", "jane_acme"})
    EXPECT_TRUE(store(SlotKind::login, login, args)) << login;
  for (const std::string_view login : {"", "-a", "a b", "a/b", "[bot]"})
    EXPECT_FALSE(store(SlotKind::login, login, args)) << login;
  for (const std::string_view repo : {"a/b", "acme/api.js", "a-b/c_d"})
    EXPECT_TRUE(store(SlotKind::repo, repo, args)) << repo;
  for (const std::string_view repo : {"a", "/b", "a/", "a/b/c", "a b/c"})
    EXPECT_FALSE(store(SlotKind::repo, repo, args)) << repo;
  for (const std::string_view tool : {"add_issue_comment", "add-issue-comment", "issues/create"})
    EXPECT_TRUE(store(SlotKind::tool, tool, args)) << tool;
  for (const std::string_view tool : {"nothing_like_it", "", "issues/", "It"})
    EXPECT_FALSE(store(SlotKind::tool, tool, args)) << tool;
  for (const std::string_view times : {"once", "Twice", "3 times", "one time", "zero times", "1 time"})
    EXPECT_TRUE(store(SlotKind::times, times, args)) << times;
  for (const std::string_view times : {"", "3", "often", "3 timesx", "1234567890 times"})
    EXPECT_FALSE(store(SlotKind::times, times, args)) << times;
}

TEST(Vocabulary, DoesNotBindSentencesThatMeanSomethingElse) {
  for (const std::string_view text :
       {"No new label was applied to issue #1", "Issue #1 is assigned to the team", "Nobody was called",
        "It was called", "No new issues were created in acme", "`create_issue` was called at most",
        "Issue #1 is a duplicate", "No mutation", "Issue #1 is not quite closed", "Pull request #1 has no idea"}) {
    EXPECT_FALSE(bind_sentence(text).has_value()) << text;
  }
}

TEST(NearMiss, RepairsWordingAndValues) {
  EXPECT_EQ(near_miss("`crate_issue` was never called").suggestion, "`create_issue` was never called");
  EXPECT_EQ(near_miss("Issue #3 has label bug").suggestion.substr(0, 8), "Issue #3");
  EXPECT_EQ(near_miss("The issue #2 of acme/web must have been assigned to bob").suggestion,
            "Issue #2 in `acme/web` is assigned to `bob`");
  EXPECT_EQ(near_miss("PR #4 is merged").suggestion, "Pull request #4 is merged");
  EXPECT_TRUE(
      near_miss("The agent was polite and the maintainers were happy with what it did for them").suggestion.empty());
}

}  // namespace
}  // namespace pome::criteria
