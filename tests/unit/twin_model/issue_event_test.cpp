#include "core/base/text.h"
#include "tests/unit/twin_model/play.h"

namespace pome::twin::github::model {
namespace {

/// "labeled bug", "renamed a>b": what happened to an issue, in order.
std::string story(const Play& play, Id number) {
  std::vector<std::string> out;
  for (const IssueEventPtr& row : events_of(play.world, play.repo, number)) {
    std::string line(event_name(row->event));
    if (!row->subject.empty()) line += " " + row->subject;
    if (!row->detail.empty()) line += ">" + row->detail;
    if (row->related.number != 0) line += text::cat(" #", row->related.number);
    out.push_back(line + " by " + row->actor);
  }
  return text::join(out, ", ");
}

constexpr std::string_view kSeed = R"({
  "users": [{"login": "carol"}],
  "repositories": [{"owner": "o", "name": "r", "collaborators": ["pome-agent", "alice"],
    "labels": [{"name": "bug", "color": "d73a4a"}], "milestones": [{"title": "v1"}],
    "issues": [{"number": 1, "title": "a"}, {"number": 2, "title": "b"}]}]})";

TEST(IssueEvents, EachChangeOfAnIssueIsOne) {
  Play play(kSeed);
  IssuePatch patch;
  patch.title = "c";
  patch.labels = {{"bug"}};
  patch.assignees = {{"alice"}};
  patch.milestone.emplace(1);
  patch.state = OpenState::closed;
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, patch)), "ok");
  EXPECT_EQ(story(play, 1),
            "labeled bug>d73a4a by pome-agent, assigned alice by pome-agent, milestoned v1 by pome-agent, "
            "renamed a>c by pome-agent, closed>completed by pome-agent");
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, patch)), "ok");
  EXPECT_EQ(events_of(play.world, play.repo, 1).size(), 5u) << "what changes nothing is no event";
}

TEST(IssueEvents, TextsTellPeopleAndIssues) {
  Play play(kSeed);
  NewIssue fresh;
  fresh.title = "n";
  fresh.body = "See #1, @carol and @nobody. Me: @alice";
  ASSERT_EQ(outcome(create_issue(play.as("alice"), play.repo, fresh)), "ok");
  EXPECT_EQ(story(play, 3), "mentioned by carol, subscribed by carol");
  EXPECT_EQ(story(play, 1), "cross-referenced #3 by alice");
  ASSERT_EQ(outcome(create_comment(play.as("alice"), play.repo, 3, "#1 again, @carol")), "ok");
  EXPECT_EQ(story(play, 3), "mentioned by carol, subscribed by carol, mentioned by carol");
  EXPECT_EQ(story(play, 1), "cross-referenced #3 by alice");
}

TEST(IssueEvents, SeededIssuesHaveAPast) {
  Play play(R"({"repositories": [{"owner": "o", "name": "r", "collaborators": ["alice"],
    "labels": [{"name": "bug"}],
    "issues": [{"number": 1, "title": "a", "labels": ["bug"], "assignees": ["alice"], "author": "alice",
                "body": "after #2", "created_at": "2025-01-01T00:00:00Z", "state": "closed", "closed_by": "bob"},
               {"number": 2, "title": "b"}]}]})");
  EXPECT_EQ(story(play, 1), "labeled bug>ededed by alice, assigned alice by alice, closed>completed by bob");
  EXPECT_EQ(story(play, 2), "cross-referenced #1 by alice");
  EXPECT_EQ(events_of(play.world, play.repo, 1).front()->created_at, play.issue(1).created_at);
}

TEST(IssueEvents, KindsAndWordsAgree) {
  for (const EventKind kind : {EventKind::assigned, EventKind::cross_referenced, EventKind::unsubscribed}) {
    EXPECT_EQ(event_kind_from(event_name(kind)), kind);
    EXPECT_FALSE(event_node_prefix(kind).empty());
  }
  EXPECT_EQ(event_name(EventKind::unsubscribed), "unsubscribed");
  EXPECT_EQ(event_node_prefix(EventKind::labeled), "LE");
  EXPECT_EQ(event_node_prefix(EventKind::renamed), "RTE");
  EXPECT_EQ(event_node_prefix(EventKind::closed), "CE");
}

}  // namespace
}  // namespace pome::twin::github::model
