#include "core/base/text.h"
#include "core/twin/github/model/pull_rules.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/store.h"
#include "tests/unit/twin_model/play.h"

namespace pome::twin::github::model {
namespace {

constexpr std::string_view kSeed = R"({
  "repositories": [
    {"owner": "acme", "name": "api", "collaborators": ["alice"],
     "files": [{"path": "a", "content": "1\n"}, {"path": "b", "content": "2\n", "branch": "work"}]},
    {"owner": "bob", "name": "api",
     "files": [{"path": "a", "content": "1\n"}, {"path": "c", "content": "3\n", "branch": "patch"}]}
  ]
})";

/// A commit on top of a branch that adds one file, pushed there.
void push_file(Play& play, Id repo, const std::string& branch, const std::string& path) {
  World& world = play.world;
  const RefPtr ref = find_branch(world, repo, branch);
  git::FileMap files;
  for (const git::FileEntry& file : world.objects.list_files(world.objects.commit(ref->target)->tree)) {
    files[file.path] = {world.objects.shared_blob(file.id), file.mode};
  }
  files[path] = {std::make_shared<const std::string>("x\n"), git::Mode::file};
  Action& action = play.as("alice");
  const Time now = begin_mutation(action);
  const git::Signature by = signature_of(world, "alice", now);
  const git::ObjectId id = world.objects.put_commit({*world.objects.put_files(files), {ref->target}, by, by, "Add"});
  move_ref(action, repo, ref->name, id, now);
}

NewPullRequest from(std::string head) {
  NewPullRequest input;
  input.title = "Work";
  input.head = std::move(head);
  input.base = "main";
  return input;
}

std::string paths(const World& world, const PullRequest& pull) {
  std::string out;
  for (const git::FileChange& file : files_of(world, pull)) out += file.path + " ";
  return out;
}

bool on_main(const World& world, Id repo, std::string_view path) {
  return world.objects.find(world.objects.commit(find_branch(world, repo, "main")->target)->tree, path).has_value();
}

TEST(PullRequests, PushesAfterOpeningBelongToThem) {
  Play play(kSeed);
  const auto pull = create_pull_request(play.as("alice"), play.repo, from("work"));
  ASSERT_TRUE(pull);
  push_file(play, play.repo, "work", "late");
  const PullRequestPtr grown = find_pull_request(play.world, play.repo, (*pull)->number);
  EXPECT_EQ(paths(play.world, *grown), "b late ");
  EXPECT_EQ(commits_of(play.world, *grown).size(), 2u);
  ASSERT_TRUE(merge_pull_request(play.as("alice"), play.repo, grown->number, {}));
  for (const char* path : {"a", "b", "late"}) EXPECT_TRUE(on_main(play.world, play.repo, path)) << path;
}

TEST(PullRequests, AdvancedBasesAddNothing) {
  Play play(kSeed);
  const auto pull = create_pull_request(play.as("alice"), play.repo, from("work"));
  ASSERT_TRUE(pull);
  push_file(play, play.repo, "main", "other");
  const PullRequestPtr now = find_pull_request(play.world, play.repo, (*pull)->number);
  EXPECT_EQ(paths(play.world, *now), "b ");
  EXPECT_EQ(commits_of(play.world, *now).size(), 1u);
}

TEST(PullRequests, ComeFromForks) {
  Play play(kSeed);
  const RepositoryPtr fork = find_repository(play.world, "bob", "api");
  EXPECT_EQ(outcome(create_pull_request(play.as("bob"), play.repo, from("bob:patch"))), "PullRequest.head invalid")
      << "not a fork yet";
  Repository row = *fork;
  row.parent = play.repo;
  put(play.as("bob"), std::move(row));
  const auto pull = create_pull_request(play.as("bob"), play.repo, from("bob:patch"));
  ASSERT_TRUE(pull);
  EXPECT_EQ((*pull)->head.repo, fork->id);
  EXPECT_TRUE((*pull)->maintainer_can_modify);
  EXPECT_EQ(paths(play.world, **pull), "c ");
  ASSERT_TRUE(merge_pull_request(play.as("alice"), play.repo, (*pull)->number, {}));
  EXPECT_TRUE(on_main(play.world, play.repo, "c"));
}

TEST(PullRequests, CloseWithTheirBranch) {
  Play play(kSeed);
  const auto pull = create_pull_request(play.as("alice"), play.repo, from("work"));
  ASSERT_TRUE(pull);
  Action& action = play.as("alice");
  remove_ref(action, find_branch(play.world, play.repo, "work"), begin_mutation(action));
  EXPECT_EQ(play.issue((*pull)->number).state, OpenState::closed);
  PullRequestPatch patch;
  patch.state = OpenState::open;
  EXPECT_EQ(outcome(update_pull_request(play.as("alice"), play.repo, (*pull)->number, patch)),
            "PullRequest.state custom (state cannot be changed. The work branch has been deleted.)");
}

}  // namespace
}  // namespace pome::twin::github::model
