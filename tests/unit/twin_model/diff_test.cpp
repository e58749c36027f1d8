#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/changes.h"
#include "core/twin/github/model/world.h"
#include "tests/unit/twin_model/play.h"

namespace pome::twin::github::model {
namespace {

git::ObjectId commit(World& world, const std::map<std::string, std::string>& files,
                     std::vector<git::ObjectId> parents = {}, Time at = 1) {
  git::FileMap map;
  for (const auto& [path, content] : files) map[path] = {std::make_shared<const std::string>(content), git::Mode::file};
  const git::Signature by = signature_of(world, "alice", at);
  return world.objects.put_commit({*world.objects.put_files(map), std::move(parents), by, by, "m"});
}

std::string diff(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after) {
  World world;
  std::string out;
  const git::ObjectId from = commit(world, before);
  const git::ObjectId to = commit(world, after);
  for (const git::FileChange& file : changes_between(world, from, to)) {
    const git::Patch lines = git::counts_of(world.objects, file);
    out += text::cat(out.empty() ? "" : "; ", file_status_name(file.status), " ", file.path,
                     file.previous_path.empty() ? "" : "<-", file.previous_path, " +", lines.additions, " -",
                     lines.deletions);
  }
  return out;
}

TEST(Changes, CountsLinesLikeGit) {
  EXPECT_EQ(diff({{"a", "1\n2\n3\n"}}, {{"a", "0\n1\n2\n3\n"}}), "modified a +1 -0");
  EXPECT_EQ(diff({{"a", "1\n2\n3\n"}}, {{"a", "1\nX\n3\n"}}), "modified a +1 -1");
  EXPECT_EQ(diff({{"a", "1\n2"}}, {{"a", "1\n2\n"}}), "modified a +1 -1")
      << "the newline at the end is part of the line";
  EXPECT_EQ(diff({{"a", "1\n2\n3\n4\n5\n"}}, {{"a", "2\n4\n5\n6\n"}}), "modified a +1 -2");
  EXPECT_EQ(diff({{"a", "x\n"}}, {{"a", ""}}), "modified a +0 -1");
  EXPECT_EQ(diff({}, {{"a", "1\n2"}}), "added a +2 -0");
  EXPECT_EQ(diff({{"a", "1\n"}}, {}), "removed a +0 -1");
  EXPECT_EQ(diff({{"a", "1\n"}}, {{"a", "1\n"}}), "");
  EXPECT_EQ(diff({{"a", std::string("\0\1", 2)}}, {{"a", "1\n"}}), "modified a +0 -0") << "binary";
}

TEST(Changes, PairsExactMoves) {
  EXPECT_EQ(diff({{"a", "same\n"}, {"k", "1"}}, {{"b/c", "same\n"}, {"k", "1"}}), "renamed b/c<-a +0 -0");
  EXPECT_EQ(diff({{"a", "s\n"}, {"b", "s\n"}}, {{"c", "s\n"}}), "removed b +0 -1; renamed c<-a +0 -0");
  EXPECT_EQ(diff({{"a", "s\n"}}, {{"a", "s\n"}, {"b", "s\n"}}), "added b +1 -0") << "a copy is no move";
}

TEST(Changes, LargeRewritesEndQuickly) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += text::cat("a", i, "\n");
    after += text::cat("b", i, "\n");
  }
  EXPECT_EQ(diff({{"f", before}}, {{"f", after}}), "modified f +20000 -20000");
}

TEST(History, IsNewestFirstAndFindsTheMergeBase) {
  World world;
  const git::ObjectId root = commit(world, {{"a", "1"}}, {}, 1);
  const git::ObjectId left = commit(world, {{"a", "2"}}, {root}, 2);
  const git::ObjectId right = commit(world, {{"a", "3"}}, {root}, 3);
  const git::ObjectId merged = commit(world, {{"a", "4"}}, {left, right}, 4);
  EXPECT_EQ(git::history(world.objects, {merged}), (std::vector<git::ObjectId>{merged, right, left, root}));
  EXPECT_EQ(git::merge_base(world.objects, left, right), root);
  EXPECT_EQ(git::merge_base(world.objects, merged, left), left);
  const git::ObjectId unrelated = commit(world, {{"z", "9"}}, {}, 9);
  EXPECT_FALSE(git::merge_base(world.objects, left, unrelated));
}

TEST(Refs, ResolveBranchesTagsAndShortIds) {
  Play play(
      R"({"repositories":[{"owner":"o","name":"r","files":[{"path":"a","content":"1"},{"path":"a","content":"2","branch":"f/x"}],
               "tags":[{"name":"v1","target":"f/x"}]}]})");
  const git::ObjectId main = find_branch(play.world, play.repo, "main")->target;
  const git::ObjectId feature = find_branch(play.world, play.repo, "f/x")->target;
  EXPECT_EQ(resolve_commit(play.world, play.repo, ""), main);
  for (const char* ref : {"f/x", "heads/f/x", "refs/heads/f/x", "v1", "refs/tags/v1"})
    EXPECT_EQ(resolve_commit(play.world, play.repo, ref), feature) << ref;
  EXPECT_EQ(resolve_commit(play.world, play.repo, feature.hex()), feature);
  EXPECT_EQ(resolve_commit(play.world, play.repo, text::to_upper(feature.hex()).substr(0, 7)), feature);
  for (const std::string& ref :
       {std::string("F/X"), std::string("nope"), feature.hex().substr(0, 6), std::string(40, '0')}) {
    EXPECT_FALSE(resolve_commit(play.world, play.repo, ref)) << ref;
  }
}

}  // namespace
}  // namespace pome::twin::github::model
