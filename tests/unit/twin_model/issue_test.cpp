#include "core/twin/github/model/issue.h"

#include "core/base/json_writer.h"
#include "core/twin/github/model/state_export.h"
#include "tests/unit/twin_model/play.h"

namespace pome::twin::github::model {
namespace {

TEST(Issues, CreatingUsesTheNextNumberTheActorAndTheClock) {
  Play play;
  const auto made =
      create_issue(play.as("Alice"), play.repo, {"Crash", "boom", {"BUG", "fresh"}, {"BOB"}, std::nullopt});
  ASSERT_EQ(outcome(made), "ok");
  const Issue& issue = **made;
  EXPECT_EQ(issue.number, 2);
  EXPECT_EQ(issue.author, "alice") << "in its owner's spelling";
  EXPECT_EQ(issue.assignees, std::vector<std::string>{"bob"});
  EXPECT_EQ(play.labels(2), "bug,fresh");
  EXPECT_EQ(find_label(play.world, play.repo, "fresh")->color, "ededed");
  EXPECT_EQ(issue.created_at, kDefaultClock + 1);
  EXPECT_EQ(play.world.now, kDefaultClock + 1) << "one second for one mutation, however many rows it touches";
  EXPECT_EQ(totals_of(play.world, play.repo).open_issues, 2);
}

TEST(Issues, CreatingRefusesBadInputAndLeavesTheWorldAlone) {
  const struct {
    NewIssue input;
    const char* answer;
  } rows[] = {
      {{"  ", std::nullopt, {}, {}, std::nullopt}, "Issue.title missing_field"},
      {{std::string(257, 'x'), std::nullopt, {}, {}, std::nullopt},
       "Issue.title custom (title is too long (maximum is 256 characters))"},
      {{"t", std::string(65537, 'x'), {}, {}, std::nullopt},
       "Issue.body custom (body is too long (maximum is 65536 characters))"},
      {{"t", std::nullopt, {}, {"bob", "mallory"}, std::nullopt}, "Issue.assignees invalid mallory"},
      {{"t", std::nullopt, {"new"}, {}, 9}, "Issue.milestone invalid 9"},
      {{"t", std::nullopt, {"new", " "}, {}, std::nullopt}, "Label.name missing_field"},
  };
  for (const auto& row : rows) {
    Play play;
    const std::string before = export_state(play.world);
    EXPECT_EQ(outcome(create_issue(play.agent(), play.repo, row.input)), row.answer);
    EXPECT_EQ(export_state(play.world), before);
    EXPECT_TRUE(play.journal.empty());
  }
}

TEST(Issues, StrangersMayCreateButNotTriage) {
  Play play;
  ASSERT_EQ(outcome(create_issue(play.as("mallory"), play.repo, {"Spam", std::nullopt, {"bug", "new"}, {"bob"}, 7})),
            "ok");
  EXPECT_EQ(play.issue(2).author, "mallory");
  EXPECT_EQ(play.labels(2), "");
  EXPECT_TRUE(play.issue(2).assignees.empty());
  EXPECT_EQ(find_label(play.world, play.repo, "new"), nullptr);
  EXPECT_NE(find_user(play.world, "mallory"), nullptr) << "stored with the first change";
  EXPECT_EQ(outcome(update_issue(play.as("mallory"), play.repo, 1, {.title = "x"})),
            "forbidden: Must have admin rights to Repository.");
  EXPECT_EQ(outcome(add_labels(play.as("mallory"), play.repo, 2, {"bug"})),
            "forbidden: Must have admin rights to Repository.");
  IssuePatch patch;
  patch.title = "Mine";
  patch.labels = std::vector<std::string>{"bug"};
  ASSERT_EQ(outcome(update_issue(play.as("MALLORY"), play.repo, 2, patch)), "ok");
  EXPECT_EQ(play.issue(2).title, "Mine") << "an author edits their own issue";
  EXPECT_EQ(play.labels(2), "") << "but does not label it";
}

TEST(Issues, ClosingAndReopeningKeepReasonTimesAndTotals) {
  Play play;
  ASSERT_EQ(outcome(update_issue(play.as("bob"), play.repo, 1, {.state = OpenState::closed})), "ok");
  EXPECT_EQ(play.issue(1).state_reason, StateReason::completed);
  EXPECT_EQ(play.issue(1).closed_by, "bob");
  EXPECT_EQ(play.issue(1).closed_at, kDefaultClock + 1);
  EXPECT_EQ(totals_of(play.world, play.repo).open_issues, 0);
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, {.state_reason = std::optional(StateReason::duplicate)})),
            "ok");
  EXPECT_EQ(play.issue(1).state_reason, StateReason::duplicate);
  EXPECT_EQ(play.issue(1).closed_at, kDefaultClock + 1);
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, {.state = OpenState::open})), "ok");
  EXPECT_EQ(play.issue(1).state_reason, StateReason::reopened);
  EXPECT_FALSE(play.issue(1).closed_at);
  EXPECT_EQ(play.issue(1).closed_by, "");
  EXPECT_EQ(play.issue(1).updated_at, kDefaultClock + 3);
  EXPECT_EQ(totals_of(play.world, play.repo).open_issues, 1);
}

TEST(Issues, APatchThatChangesNothingMovesNothing) {
  Play play;
  IssuePatch patch;
  patch.title = play.issue(1).title;
  patch.labels = std::vector<std::string>{};
  patch.state = OpenState::open;
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, patch)), "ok");
  EXPECT_EQ(play.world.now, kDefaultClock);
  EXPECT_TRUE(play.journal.empty());
}

TEST(Issues, PatchReplacesAndClears) {
  Play play;
  ASSERT_EQ(outcome(create_milestone(play.agent(), play.repo, {.title = "v1"})), "ok");
  IssuePatch patch;
  patch.labels = std::vector<std::string>{"feature", "bug"};
  patch.assignees = std::vector<std::string>{"alice", "bob", "ALICE"};
  patch.milestone = std::optional<Id>(1);
  patch.body = std::optional<std::string>();
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, patch)), "ok");
  EXPECT_EQ(play.labels(1), "bug,feature");
  EXPECT_EQ(play.issue(1).assignees, (std::vector<std::string>{"alice", "bob"}));
  EXPECT_FALSE(play.issue(1).body);
  EXPECT_EQ(tally_of(play.world, *find_milestone(play.world, play.repo, 1)), (MilestoneTally{1, 0}));
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, {.state = OpenState::closed})), "ok");
  EXPECT_EQ(tally_of(play.world, *find_milestone(play.world, play.repo, 1)), (MilestoneTally{0, 1}));
  IssuePatch clear;
  clear.labels = std::vector<std::string>{};
  clear.assignees = std::vector<std::string>{};
  clear.milestone = std::optional<Id>();
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, clear)), "ok");
  EXPECT_EQ(play.labels(1), "");
  EXPECT_TRUE(play.issue(1).assignees.empty());
  EXPECT_EQ(tally_of(play.world, *find_milestone(play.world, play.repo, 1)), (MilestoneTally{0, 0}));
}

TEST(Issues, AssigneesIgnoreWhoCannotBeAssignedAndStopAtTen) {
  Play play(
      R"({"repositories":[{"owner":"o","name":"r","collaborators":["a1","a2","a3","a4","a5","a6","a7","a8","a9","b1","b2"],
               "issues":[{"title":"t"}]}]})");
  std::vector<std::string> all{"nobody", "A1", "a1"};
  for (const char* login : {"a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2"}) all.emplace_back(login);
  ASSERT_EQ(outcome(add_assignees(play.agent(), play.repo, 1, all)), "ok");
  EXPECT_EQ(play.issue(1).assignees.size(), 10u);
  EXPECT_EQ(play.issue(1).assignees.front(), "a1");
  EXPECT_EQ(play.journal.size(), 11u) << "the issue and an event for each assignee";
  EXPECT_EQ(play.journal[0].aspect, Aspect::assignees);
  ASSERT_EQ(outcome(remove_assignees(play.agent(), play.repo, 1, {"A1", "nobody"})), "ok");
  EXPECT_EQ(play.issue(1).assignees.front(), "a2");
  ASSERT_EQ(outcome(add_assignees(play.as("mallory"), play.repo, 1, {"a1"})), "ok");
  EXPECT_TRUE(play.journal.empty()) << "dropped silently for who may only read";
  EXPECT_EQ(outcome(add_assignees(play.agent(), play.repo, 99, {"a1"})), "not found");
}

TEST(Issues, LockingNeedsPushAndKeepsStrangersFromCommenting) {
  Play play;
  EXPECT_EQ(outcome(lock_issue(play.as("mallory"), play.repo, 1, std::nullopt)),
            "forbidden: Must have admin rights to Repository.");
  EXPECT_EQ(outcome(lock_issue(play.agent(), play.repo, 1, LockReason::too_heated)), "ok");
  EXPECT_EQ(play.issue(1).lock_reason, LockReason::too_heated);
  EXPECT_EQ(outcome(create_comment(play.as("mallory"), play.repo, 1, "hey")),
            "forbidden: Unable to create comment because issue is locked.");
  EXPECT_EQ(outcome(create_comment(play.as("alice"), play.repo, 1, "hey")), "ok");
  EXPECT_EQ(outcome(unlock_issue(play.agent(), play.repo, 1)), "ok");
  EXPECT_FALSE(play.issue(1).locked);
  EXPECT_FALSE(play.issue(1).lock_reason);
}

TEST(Issues, PrivateAndClosedRepositoriesAnswerAsGitHubDoes) {
  Play play(R"({"repositories":[{"owner":"o","name":"r","private":true,"issues":[{"title":"t"}]},
               {"owner":"o","name":"quiet","has_issues":false}]})");
  EXPECT_EQ(outcome(create_issue(play.as("mallory"), play.repo, {"t", {}, {}, {}, {}})), "not found");
  EXPECT_EQ(outcome(update_issue(play.as("mallory"), play.repo, 1, {.title = "x"})), "not found");
  EXPECT_EQ(visible_repository(play.world, "mallory", "o", "r"), nullptr);
  EXPECT_NE(visible_repository(play.world, "pome-agent", "O", "R"), nullptr);
  const Id quiet = find_repository(play.world, "o", "quiet")->id;
  EXPECT_EQ(outcome(create_issue(play.agent(), quiet, {"t", {}, {}, {}, {}})),
            "gone: Issues has been disabled in this repository.");
}

TEST(Issues, WordsGoBothWays) {
  for (const char* word : {"completed", "not_planned", "duplicate", "reopened"})
    EXPECT_EQ(state_reason_name(*state_reason_from(word)), word);
  for (const char* word : {"off-topic", "too heated", "resolved", "spam"})
    EXPECT_EQ(lock_reason_name(*lock_reason_from(word)), word);
  EXPECT_FALSE(state_reason_from("done"));
  EXPECT_FALSE(lock_reason_from("too_heated"));
}

}  // namespace
}  // namespace pome::twin::github::model
