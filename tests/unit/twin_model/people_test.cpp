#include "core/twin/github/model/state_export.h"
#include "tests/unit/twin_model/play.h"

/// Milestones, comments, collaborators, permissions, repositories.
namespace pome::twin::github::model {
namespace {

TEST(Milestones, LiveTheirLife) {
  Play play;
  ASSERT_EQ(
      outcome(create_milestone(play.agent(), play.repo, {.title = "v1", .due_on = std::optional<Time>(kDefaultClock)})),
      "ok");
  EXPECT_EQ(outcome(create_milestone(play.agent(), play.repo, {.title = "V1"})), "Milestone.title already_exists");
  EXPECT_EQ(outcome(create_milestone(play.agent(), play.repo, {})), "Milestone.title missing_field");
  EXPECT_EQ(outcome(create_milestone(play.as("mallory"), play.repo, {.title = "x"})), "not found");
  ASSERT_EQ(outcome(update_milestone(play.agent(), play.repo, 1, {.title = "v1", .state = OpenState::closed})), "ok");
  EXPECT_EQ(find_milestone(play.world, play.repo, 1)->closed_at, kDefaultClock + 2);
  ASSERT_EQ(outcome(update_milestone(play.agent(), play.repo, 1,
                                     {.due_on = std::optional<Time>(), .state = OpenState::open})),
            "ok");
  EXPECT_FALSE(find_milestone(play.world, play.repo, 1)->closed_at);
  EXPECT_FALSE(find_milestone(play.world, play.repo, 1)->due_on);
  IssuePatch patch;
  patch.milestone = std::optional<Id>(1);
  ASSERT_EQ(outcome(update_issue(play.agent(), play.repo, 1, patch)), "ok");
  ASSERT_EQ(outcome(delete_milestone(play.agent(), play.repo, 1)), "ok");
  EXPECT_EQ(play.issue(1).milestone, 0);
  EXPECT_EQ(outcome(update_milestone(play.agent(), play.repo, 1, {})), "not found");
  ASSERT_EQ(outcome(create_milestone(play.agent(), play.repo, {.title = "v1"})), "ok");
  EXPECT_NE(find_milestone(play.world, play.repo, 2), nullptr) << "a number is not used again";
}

TEST(Comments, MoveTheirIssueAndBelongToTheirAuthor) {
  Play play;
  const auto made = create_comment(play.as("mallory"), play.repo, 1, "me too");
  ASSERT_EQ(outcome(made), "ok");
  const Id id = (*made)->id;
  EXPECT_EQ(play.issue(1).comments, 1);
  EXPECT_EQ(play.issue(1).updated_at, kDefaultClock + 1);
  EXPECT_EQ(outcome(create_comment(play.agent(), play.repo, 1, " \n")),
            "IssueComment.data unprocessable (Body cannot be blank)");
  EXPECT_EQ(outcome(create_comment(play.agent(), play.repo, 9, "x")), "not found");
  EXPECT_EQ(outcome(update_comment(play.as("eve"), play.repo, id, "x")),
            "forbidden: Must have admin rights to Repository.");
  ASSERT_EQ(outcome(update_comment(play.as("mallory"), play.repo, id, "edited")), "ok");
  EXPECT_EQ(find_comment(play.world, play.repo, id)->updated_at, kDefaultClock + 2);
  EXPECT_EQ(comments_on(play.world, play.repo, 1).at(0)->body, "edited");
  EXPECT_EQ(find_comment(play.world, play.repo + 1, id), nullptr);
  ASSERT_EQ(outcome(delete_comment(play.as("alice"), play.repo, id)), "ok") << "push moderates";
  EXPECT_EQ(play.issue(1).comments, 0);
  EXPECT_TRUE(comments_on(play.world, play.repo, 1).empty());
  EXPECT_EQ(outcome(delete_comment(play.agent(), play.repo, id)), "not found");
}

constexpr std::string_view kTeam = R"({
  "users": [{"login": "acme", "type": "Organization", "members": ["mel", {"login": "olga", "role": "owner"}]}, {"login": "dev"}],
  "repositories": [
    {"owner": "acme", "name": "secret", "private": true, "collaborators": [{"login": "tri", "permission": "triage"},
      {"login": "pen", "permission": "admin", "state": "pending"}, {"login": "adm", "permission": "admin"}],
      "issues": [{"title": "t", "assignee": "tri"}]},
    {"owner": "dev", "name": "open"}]})";

TEST(Permissions, FollowOwnershipMembershipInvitationAndVisibility) {
  Play play(kTeam);
  const Id open = find_repository(play.world, "dev", "open")->id;
  const struct {
    const char* login;
    const char* secret;
    const char* open;
  } rows[] = {{"olga", "admin", "read"}, {"mel", "read", "read"},         {"TRI", "triage", "read"},
              {"pen", "none", "read"},   {"adm", "admin", "read"},        {"dev", "none", "admin"},
              {"eve", "none", "read"},   {"pome-agent", "write", "write"}};
  for (const auto& row : rows) {
    EXPECT_EQ(role_name(permission_of(play.world, play.repo, row.login)), row.secret) << row.login;
    EXPECT_EQ(role_name(permission_of(play.world, open, row.login)), row.open) << row.login;
  }
  EXPECT_EQ(permission_of(play.world, 1, "olga"), Role::none);
}

TEST(Permissions, AssociationsAreDerived) {
  Play play(kTeam);
  const auto association = [&](const char* login) {
    return association_name(association_of(play.world, play.repo, login));
  };
  EXPECT_EQ(association("acme"), "OWNER");
  EXPECT_EQ(association("mel"), "MEMBER");
  EXPECT_EQ(association("tri"), "COLLABORATOR");
  EXPECT_EQ(association("pen"), "NONE");
  const git::Signature by = signature_of(play.world, "carol", 5);
  EXPECT_EQ(login_of(by), "carol");
  EXPECT_EQ(login_of({"x", "carol@example.com", 0, 0}), "");
}

TEST(Collaborators, AreInvitedChangedAndRemoved) {
  Play play(kTeam);
  EXPECT_EQ(collaborator_logins(play.world, play.repo),
            (std::vector<std::string>{"adm", "mel", "olga", "pome-agent", "tri"}));
  EXPECT_EQ(outcome(add_collaborator(play.agent(), play.repo, "new", Role::write)),
            "forbidden: Must have admin rights to Repository.");
  EXPECT_EQ(outcome(add_collaborator(play.as("eve"), play.repo, "new", Role::write)), "not found");
  const auto invited = add_collaborator(play.as("adm"), play.repo, "new", Role::read);
  ASSERT_EQ(outcome(invited), "ok");
  EXPECT_TRUE(invited->created);
  EXPECT_EQ(invited->row->state, InvitationState::pending);
  EXPECT_EQ(invited->row->invited_by, "adm");
  EXPECT_EQ(permission_of(play.world, play.repo, "new"), Role::none);
  const auto raised = add_collaborator(play.as("olga"), play.repo, "TRI", Role::maintain);
  ASSERT_EQ(outcome(raised), "ok");
  EXPECT_FALSE(raised->created);
  EXPECT_EQ(permission_of(play.world, play.repo, "tri"), Role::maintain);
  EXPECT_EQ(outcome(add_collaborator(play.as("olga"), play.repo, "no_such-", Role::read)), "not found");
  EXPECT_EQ(outcome(remove_collaborator(play.as("tri"), play.repo, "adm")),
            "forbidden: Must have admin rights to Repository.");
  ASSERT_EQ(outcome(remove_collaborator(play.as("tri"), play.repo, "tri")), "ok") << "everybody may leave";
  EXPECT_TRUE(play.issue(1).assignees.empty());
  EXPECT_EQ(find_collaborator(play.world, play.repo, "tri"), nullptr);
}

TEST(Repositories, AreChangedByAdministratorsOnly) {
  Play play(kTeam);
  EXPECT_EQ(outcome(update_repository(play.agent(), play.repo, {.name = "x"})),
            "forbidden: Must have admin rights to Repository.");
  EXPECT_EQ(outcome(update_repository(play.as("eve"), play.repo, {.name = "x"})), "not found");
  EXPECT_EQ(outcome(update_repository(play.as("olga"), play.repo, {.default_branch = "nope"})),
            "Repository.default_branch invalid nope");
  EXPECT_EQ(outcome(update_repository(play.as("olga"), play.repo, {.name = ".."})),
            "Repository.name custom (name is reserved)");
  RepositoryPatch opened{.name = "Public"};
  opened.set(&Repository::is_private, false);
  ASSERT_EQ(outcome(update_repository(play.as("olga"), play.repo, opened)), "ok");
  EXPECT_NE(visible_repository(play.world, "eve", "ACME", "public"), nullptr);
  EXPECT_EQ(find_repository(play.world, "acme", "secret"), nullptr);
  ASSERT_EQ(outcome(replace_topics(play.as("olga"), play.repo, {"Go", "go", "c-plus"})), "ok");
  EXPECT_EQ(find_repository(play.world, "acme", "public")->topics, (std::vector<std::string>{"go", "c-plus"}));
  EXPECT_TRUE(text::contains(outcome(replace_topics(play.as("olga"), play.repo, {"no spaces"})),
                             "Topics must start with a lowercase letter or number"));
  EXPECT_EQ(visible_repositories(play.world, "eve", "").size(), 2u);
  EXPECT_EQ(visible_repositories(play.world, "eve", "dev").size(), 1u);
}

TEST(Users, StrangersAreUsersWithAStableId) {
  Play play;
  const UserPtr stranger = user_or_stranger(play.world, "Mallory");
  EXPECT_EQ(stranger->login, "Mallory");
  EXPECT_EQ(stranger->id, user_id("mallory"));
  EXPECT_EQ(find_user(play.world, "mallory"), nullptr) << "reading stores nothing";
  EXPECT_EQ(user_or_stranger(play.world, "ALICE")->login, "alice");
  for (const char* good : {"a", "a-b", "dependabot[bot]", "A1"}) EXPECT_TRUE(is_valid_login(good)) << good;
  for (const char* bad : {"", "-a", "a-", "a--b", "a_b", "a b", "[bot]x"}) EXPECT_FALSE(is_valid_login(bad)) << bad;
}

}  // namespace
}  // namespace pome::twin::github::model
