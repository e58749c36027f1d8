#include "core/twin/github/model/label.h"

#include "core/twin/github/model/state_export.h"
#include "tests/unit/twin_model/play.h"

namespace pome::twin::github::model {
namespace {

TEST(Labels, CreatingChecksNameColourAndOwnership) {
  const struct {
    const char* actor;
    NewLabel input;
    const char* answer;
  } rows[] = {
      {"pome-agent", {"docs", "#0075CA", "About text"}, "ok"},
      {"pome-agent", {"BUG", std::nullopt, std::nullopt}, "Label.name already_exists"},
      {"pome-agent", {" ", std::nullopt, std::nullopt}, "Label.name missing_field"},
      {"pome-agent",
       {std::string(51, 'x'), std::nullopt, std::nullopt},
       "Label.name custom (name is too long (maximum is 50 characters))"},
      {"pome-agent", {"docs", "red", std::nullopt}, "Label.color invalid"},
      {"pome-agent", {"docs", "12345g", std::nullopt}, "Label.color invalid"},
      {"pome-agent",
       {"docs", std::nullopt, std::string(101, 'x')},
       "Label.description custom (description is too long (maximum is 100 characters))"},
      {"mallory", {"docs", std::nullopt, std::nullopt}, "not found"},
  };
  for (const auto& row : rows) {
    Play play;
    const std::string before = export_state(play.world);
    const std::string answer = outcome(create_label(play.as(row.actor), play.repo, row.input));
    EXPECT_EQ(answer, row.answer);
    if (answer == "ok") {
      EXPECT_EQ(find_label(play.world, play.repo, "DOCS")->color, "0075ca");
    } else {
      EXPECT_EQ(export_state(play.world), before);
    }
  }
}

TEST(Labels, FiftyCharactersMayBeMoreBytes) {
  Play play;
  std::string name;
  for (int i = 0; i < 50; ++i) name += "\xc3\xa9";
  EXPECT_EQ(outcome(create_label(play.agent(), play.repo, {name, std::nullopt, std::nullopt})), "ok");
}

TEST(Labels, RenamingIsFollowedByIssuesWithoutTouchingThem) {
  Play play;
  ASSERT_EQ(outcome(add_labels(play.agent(), play.repo, 1, {"bug"})), "ok");
  const Time touched = play.issue(1).updated_at;
  ASSERT_EQ(outcome(update_label(play.agent(), play.repo, "Bug", {.new_name = "BUG"})), "ok")
      << "only the case changes";
  ASSERT_EQ(outcome(update_label(play.agent(), play.repo, "bug", {.new_name = "defect"})), "ok");
  EXPECT_EQ(play.labels(1), "defect");
  EXPECT_EQ(play.issue(1).updated_at, touched);
  EXPECT_EQ(find_label(play.world, play.repo, "bug"), nullptr);
  EXPECT_EQ(outcome(update_label(play.agent(), play.repo, "defect", {.new_name = "Feature"})),
            "Label.name already_exists");
  EXPECT_EQ(outcome(update_label(play.agent(), play.repo, "bug", {})), "not found");
}

TEST(Labels, DeletingTakesTheLabelOffIssues) {
  Play play;
  ASSERT_EQ(outcome(add_labels(play.agent(), play.repo, 1, {"bug", "question"})), "ok");
  ASSERT_EQ(outcome(delete_label(play.agent(), play.repo, "BUG")), "ok");
  EXPECT_EQ(play.labels(1), "question");
  ASSERT_EQ(play.journal.size(), 2u);
  EXPECT_EQ(kind_of(play.journal[0]), "label");
  EXPECT_TRUE(play.journal[0].asked);
  EXPECT_FALSE(play.journal[1].asked);
  EXPECT_EQ(outcome(delete_label(play.agent(), play.repo, "bug")), "not found");
}

TEST(Labels, AddingSettingAndRemovingOnAnIssue) {
  Play play;
  ASSERT_EQ(outcome(add_labels(play.agent(), play.repo, 1, {"question", "Fresh ", "QUESTION"})), "ok");
  EXPECT_EQ(play.labels(1), "Fresh,question");
  EXPECT_EQ(play.issue(1).updated_at, kDefaultClock + 1);
  ASSERT_EQ(outcome(add_labels(play.agent(), play.repo, 1, {"fresh"})), "ok");
  EXPECT_EQ(play.world.now, kDefaultClock + 1) << "nothing changed";
  ASSERT_EQ(outcome(set_labels(play.agent(), play.repo, 1, {"bug", "fresh"})), "ok");
  EXPECT_EQ(play.labels(1), "bug,Fresh");
  EXPECT_EQ(outcome(remove_label(play.agent(), play.repo, 1, "question")), "not found: Label does not exist");
  EXPECT_EQ(outcome(remove_label(play.agent(), play.repo, 1, "nope")), "not found: Label does not exist");
  ASSERT_EQ(outcome(remove_label(play.agent(), play.repo, 1, "BUG")), "ok");
  EXPECT_EQ(play.labels(1), "Fresh");
  EXPECT_EQ(outcome(remove_all_labels(play.agent(), play.repo, 1)), "ok");
  EXPECT_EQ(play.labels(1), "");
  EXPECT_EQ(outcome(add_labels(play.agent(), play.repo, 42, {"bug"})), "not found");
}

}  // namespace
}  // namespace pome::twin::github::model
