#include "core/twin/github/model/world.h"

#include <map>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/twin/github/model/state_export.h"
#include "core/twin/github/model/store.h"
#include "tests/support/data.h"
#include "tests/unit/twin_model/play.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POME_SANITIZED 1
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(POME_SANITIZED)
#include <malloc.h>
#define POME_COUNTS_HEAP 1
#endif

namespace pome::twin::github::model {
namespace {

/// A little of everything.
void work(Play& play) {
  ASSERT_EQ(outcome(create_issue(play.as("alice"), play.repo, {"Second", "b", {"fresh"}, {"bob"}, std::nullopt})),
            "ok");
  ASSERT_EQ(outcome(create_comment(play.agent(), play.repo, 2, "hello")), "ok");
  ASSERT_EQ(outcome(create_milestone(play.agent(), play.repo, {.title = "v1"})), "ok");
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, {.state = OpenState::closed})), "ok");
}

std::string delta(const World& before, const Play& play) {
  std::string out;
  JsonWriter writer(out);
  write_state_delta(writer, before, play.world, play.journal);
  return out;
}

TEST(World, CopiesAreIsolatedAndShareUntouchedRows) {
  Play play;
  const World kept = play.world;
  const std::string before = export_state(kept);
  work(play);
  EXPECT_EQ(export_state(kept), before);
  EXPECT_NE(export_state(play.world), before);
  EXPECT_EQ(kept.labels_by_id.begin()->row.get(), play.world.labels_by_id.begin()->row.get());
  EXPECT_EQ(kept.collaborators.begin()->row.get(), play.world.collaborators.begin()->row.get());
}

TEST(World, TheSameWorkGivesTheSameWorld) {
  Play one;
  Play two;
  work(one);
  work(two);
  EXPECT_EQ(export_state(one.world), export_state(two.world));
  Play reset;
  const World seeded = reset.world;
  work(reset);
  reset.world = seeded;
  work(reset);
  EXPECT_EQ(export_state(reset.world), export_state(one.world)) << "ids, numbers and times start again after a reset";
  EXPECT_EQ(one.world.now, kDefaultClock + 4);
}

TEST(World, AThousandCopiesAreCheap) {
  EXPECT_LT(sizeof(World), 2048u);
#ifdef POME_COUNTS_HEAP
  Play play;
  const auto used = [] { return static_cast<std::size_t>(mallinfo2().uordblks); };
  std::vector<World> copies;
  copies.reserve(1000);
  const std::size_t start = used();
  for (int i = 0; i < 1000; ++i) {
    copies.push_back(play.world);
    Journal journal;
    Action action{copies.back(), "pome-agent", journal};
    ASSERT_EQ(outcome(add_labels(action, play.repo, 1, {"bug"})), "ok");
    ASSERT_EQ(outcome(create_comment(action, play.repo, 1, "done")), "ok");
  }
  EXPECT_LT((used() - start) / 1000, 8192u) << "bytes a session that labelled and commented";
#endif
}

void expect_totals_agree(const Play& play) {
  for (const auto& repository : play.world.repositories_by_id) {
    Id open = 0;
    std::map<Id, MilestoneTally> tallies;
    for (const auto& entry : rows_of(play.world.issues, repository.key)) {
      const bool is_open = entry.row->state == OpenState::open;
      open += is_open ? 1 : 0;
      if (entry.row->milestone != 0)
        ++(is_open ? tallies[entry.row->milestone].open : tallies[entry.row->milestone].closed);
      EXPECT_EQ(entry.row->comments,
                static_cast<Id>(comments_on(play.world, repository.key, entry.row->number).size()));
    }
    EXPECT_EQ(totals_of(play.world, repository.key).open_issues, open);
    for (const MilestonePtr& milestone : milestones_of(play.world, repository.key)) {
      EXPECT_EQ(tally_of(play.world, *milestone), tallies[milestone->number]) << milestone->title;
    }
  }
}

TEST(World, TotalsAgreeWithCounting) {
  Play worked;
  work(worked);
  expect_totals_agree(worked);
  expect_totals_agree(Play(test::read_file("tests/data/twin_model/rich_seed.json")));
}

TEST(Journal, RendersTheRecordersShapes) {
  Play play;
  World before = play.world;
  EXPECT_EQ(delta(before, play), "null");
  ASSERT_EQ(outcome(add_labels(play.agent(), play.repo, 1, {"fresh", "bug"})), "ok");
  EXPECT_EQ(delta(before, play), R"({"before":{"repo":"acme/api","issue_number":1,"labels":[]},)"
                                 R"("after":{"repo":"acme/api","issue_number":1,"labels":["bug","fresh"]}})");
  before = play.world;
  ASSERT_EQ(outcome(add_assignees(play.agent(), play.repo, 1, {"bob"})), "ok");
  EXPECT_EQ(delta(before, play), R"({"before":{"repo":"acme/api","issue_number":1,"assignees":[]},)"
                                 R"("after":{"repo":"acme/api","issue_number":1,"assignees":["bob"]}})");
  before = play.world;
  ASSERT_EQ(outcome(create_comment(play.agent(), play.repo, 1, "hi")), "ok");
  EXPECT_EQ(delta(before, play),
            R"({"before":null,"after":{"repo":"acme/api","id":3600000001,"issue_number":1,"body":"hi",)"
            R"("user_login":"pome-agent","created_at":"2026-01-01T00:00:03Z","updated_at":"2026-01-01T00:00:03Z"}})");
  before = play.world;
  ASSERT_EQ(outcome(delete_label(play.agent(), play.repo, "fresh")), "ok");
  EXPECT_EQ(delta(before, play),
            R"({"before":{"repo":"acme/api","name":"fresh","color":"ededed","description":null},"after":null})");
  before = play.world;
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, {.state = OpenState::closed})), "ok");
  const Json closed = *json::parse(delta(before, play));
  EXPECT_EQ(closed["before"]["state"], "open");
  EXPECT_EQ(closed["after"]["state"], "closed");
  EXPECT_EQ(closed["after"]["labels"], Json::array({"bug"}));
  EXPECT_EQ(closed["after"]["closed_at"], "2026-01-01T00:00:05Z");
}

template <class Rows>
void append_rows(std::string& out, const World& world, const Rows& rows) {
  for (const auto& entry : rows) {
    const std::shared_ptr<const typename Rows::RowType> row = entry.row;
    const Journal created{Change{&Rows::RowType::kind, nullptr, row, true, Aspect::row}};
    std::string delta;
    JsonWriter writer(delta);
    write_state_delta(writer, world, world, created);
    constexpr std::string_view kBefore = R"({"before":null,)";
    ASSERT_EQ(delta.substr(0, kBefore.size()), kBefore);
    out += text::cat(R"({"kind":")", kind_of(created[0]), R"(",)", delta.substr(kBefore.size()), "\n");
  }
}

TEST(Journal, KnowsTheShapeOfEveryKindOfRow) {
  const Play play(test::read_file("tests/data/twin_model/rich_seed.json"));
  const World& world = play.world;
  std::string rows;
  append_rows(rows, world, world.users);
  append_rows(rows, world, world.repositories);
  append_rows(rows, world, world.collaborators);
  append_rows(rows, world, world.labels);
  append_rows(rows, world, world.milestones);
  append_rows(rows, world, world.issues);
  append_rows(rows, world, world.pulls);
  append_rows(rows, world, world.comments);
  append_rows(rows, world, world.reviews);
  append_rows(rows, world, world.review_comments);
  append_rows(rows, world, world.statuses);
  append_rows(rows, world, world.check_runs);
  append_rows(rows, world, world.refs);
  append_rows(rows, world, world.releases);
  EXPECT_EQ(rows, test::read_file("tests/data/twin_model/rich_rows.jsonl"));
}

TEST(Store, ATransactionThatIsNotCommittedNeverWas) {
  Play play;
  const std::string before = export_state(play.world);
  Action& action = play.agent();
  {
    const Transaction attempt(action);
    ASSERT_EQ(outcome(create_comment(action, play.repo, 1, "first step")), "ok");
    ASSERT_EQ(outcome(create_comment(action, play.repo, 9, "second step")), "not found");
  }
  EXPECT_EQ(export_state(play.world), before);
  EXPECT_TRUE(play.journal.empty());
  {
    Transaction attempt(action);
    ASSERT_EQ(outcome(create_comment(action, play.repo, 1, "only step")), "ok");
    attempt.commit();
  }
  EXPECT_EQ(comments_on(play.world, play.repo, 1).at(0)->id, 3600000001) << "the lost comment took no id";
  EXPECT_EQ(kind_of(play.journal.at(0)), "comment");
}

TEST(Store, SecondKeysFollowTheRow) {
  Play play;
  ASSERT_EQ(outcome(create_comment(play.agent(), play.repo, 1, "x")), "ok");
  const CommentPtr comment = comments_on(play.world, play.repo, 1).at(0);
  EXPECT_EQ(find_comment(play.world, play.repo, comment->id), comment);
  erase(play.agent(), comment);
  EXPECT_EQ(find_comment(play.world, play.repo, comment->id), nullptr);
  EXPECT_TRUE(comments_on(play.world, play.repo, 1).empty());
  ASSERT_EQ(play.journal.size(), 1u);
  EXPECT_EQ(before<Comment>(play.journal[0]), comment.get());
  EXPECT_EQ(after<Comment>(play.journal[0]), nullptr);
}

TEST(NodeIds, AreMessagePackInBase64) {
  EXPECT_EQ(node_id("U", 0, 583231), "U_kgDOAAjmPw") << "octocat, as GitHub spells it";
  EXPECT_EQ(node_id("R", 0, 1296269), "R_kgDOABPHjQ") << "octocat/Hello-World, as GitHub spells it";
  EXPECT_EQ(node_id("I", 1, 5), "I_kwABBQ");
}

}  // namespace
}  // namespace pome::twin::github::model
