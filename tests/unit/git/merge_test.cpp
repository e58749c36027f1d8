#include "core/git/merge.h"

#include <gtest/gtest.h>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/git/landing.h"
#include "core/git/merge_lines.h"
#include "tests/support/data.h"
#include "tests/unit/git/support.h"

/// Merged texts in the data file are literal output of `git merge-tree`.
namespace pome::git {
namespace {

using test::commit_of;
using test::numbered;
using test::replaced;
using test::text_at;
using test::tree_of;

using Files = std::initializer_list<std::pair<const char*, std::string>>;

struct Merged {
  ObjectStore store;
  MergeResult result;

  Merged(Files base, Files ours, Files theirs, const MergeOptions& options = {}) {
    const ObjectId base_tree = tree_of(store, base);
    const ObjectId our_tree = tree_of(store, ours);
    const ObjectId their_tree = tree_of(store, theirs);
    result = merge_trees(store, base_tree, our_tree, their_tree, options);
  }
  bool gives(Files files) { return result.clean() && result.tree == tree_of(store, files); }
  bool conflicts_at(const char* path, ConflictKind kind) const {
    for (const Conflict& conflict : result.conflicts) {
      if (conflict.path == path && conflict.kind == kind) return true;
    }
    return false;
  }
};

TEST(MergeLines, ResultsAreGits) {
  const Json data = pome::test::read_json("tests/data/git/texts.json");
  ASSERT_GE(data["merges"].size(), 10u);
  for (const Json& row : data["merges"]) {
    const MergedText merged = merge_lines(row["base"].get<std::string>(), row["ours"].get<std::string>(),
                                          row["theirs"].get<std::string>(), {"ours", "theirs", 7});
    EXPECT_EQ(merged.text, row["merged"].get<std::string>()) << row["name"];
    EXPECT_EQ(merged.conflicts == 0, row["clean"].get<bool>()) << row["name"];
  }
}

TEST(Merge, JoinsChangesOfBothSides) {
  EXPECT_TRUE(Merged({{"a", "1"}, {"b", "1"}}, {{"a", "2"}, {"b", "1"}}, {{"a", "1"}, {"b", "2"}})
                  .gives({{"a", "2"}, {"b", "2"}}));
  EXPECT_TRUE(Merged({{"a", "1"}}, {{"a", "1"}, {"x", "new"}}, {{"a", "1"}, {"y/z", "new"}})
                  .gives({{"a", "1"}, {"x", "new"}, {"y/z", "new"}}));
  EXPECT_TRUE(Merged({{"a", "1"}, {"b", "1"}}, {{"a", "1"}}, {{"a", "1"}}).gives({{"a", "1"}}));
  EXPECT_TRUE(Merged({{"a", "1"}}, {{"a", "2"}}, {{"a", "2"}}).gives({{"a", "2"}}));
  EXPECT_TRUE(Merged({{"a", "1"}}, {{"a", "2"}}, {{"a", "1"}}).gives({{"a", "2"}})) << "theirs is the base";
  EXPECT_TRUE(Merged({{"d/a", "1"}, {"d/b", "1"}, {"e", "1"}}, {{"d/a", "1"}, {"d/b", "1"}, {"e", "2"}}, {{"e", "1"}})
                  .gives({{"e", "2"}}))
      << "a folder that only theirs removed";
}

TEST(Merge, MergesLinesOfOneFile) {
  const std::string base = numbered(20);
  EXPECT_TRUE(Merged({{"f", base}}, {{"f", replaced(base, "line 2\n", "ours\n")}},
                     {{"f", replaced(base, "line 15\n", "theirs\n")}})
                  .gives({{"f", replaced(replaced(base, "line 2\n", "ours\n"), "line 15\n", "theirs\n")}}));
}

TEST(Merge, TellsTheKindsOfConflict) {
  const std::string base = numbered(20);
  const std::string ours = replaced(base, "line 2\n", "ours\n");
  const std::string theirs = replaced(base, "line 2\n", "theirs\n");
  EXPECT_TRUE(Merged({{"f", base}}, {{"f", ours}}, {{"f", theirs}}).conflicts_at("f", ConflictKind::content));
  EXPECT_TRUE(Merged({}, {{"f", "1\n"}}, {{"f", "2\n"}}).conflicts_at("f", ConflictKind::both_added));
  EXPECT_TRUE(Merged({{"f", base}}, {{"f", ours}}, {}).conflicts_at("f", ConflictKind::modify_delete));
  EXPECT_TRUE(Merged({{"f", base}}, {}, {{"f", theirs}}).conflicts_at("f", ConflictKind::modify_delete));
  EXPECT_TRUE(Merged({{"f", base}}, {{"g", base}}, {{"k", "other"}}).conflicts_at("g", ConflictKind::rename_delete));
  EXPECT_TRUE(Merged({{"f", base}}, {{"g", base}}, {{"h", base}}).conflicts_at("g", ConflictKind::rename_rename));
  EXPECT_TRUE(Merged({{"f", base}}, {{"g", base}}, {{"f", theirs}, {"g", "in the way\n"}})
                  .conflicts_at("g", ConflictKind::rename_collide));
  EXPECT_TRUE(Merged({{"k", "1"}}, {{"k", "1"}, {"f", "a file\n"}}, {{"k", "1"}, {"f/x", "in a folder\n"}})
                  .conflicts_at("f~ours", ConflictKind::file_folder));
  const std::string nul("\0", 1);
  EXPECT_TRUE(Merged({{"f", nul}}, {{"f", nul + "1"}}, {{"f", nul + "2"}}).conflicts_at("f", ConflictKind::content));
}

TEST(Merge, LeavesBothVersionsInAConflictedFile) {
  Merged merged({{"f", "a\nb\nc\n"}}, {{"f", "a\nours\nc\n"}}, {{"f", "a\ntheirs\nc\n"}}, {"main", "topic", true});
  EXPECT_EQ(text_at(merged.store, merged.result.tree, "f"),
            "a\n<<<<<<< main\nours\n=======\ntheirs\n>>>>>>> topic\nc\n");
}

TEST(Merge, FollowsRenames) {
  const std::string base = numbered(20);
  const std::string edited = replaced(base, "line 3\n", "line three\n");
  EXPECT_TRUE(Merged({{"f", base}}, {{"g", base}}, {{"f", edited}}).gives({{"g", edited}}));
  EXPECT_TRUE(Merged({{"f", base}}, {{"f", edited}}, {{"d/g", base}}).gives({{"d/g", edited}}));
  const std::string renamed_and_edited = replaced(base, "line 17\n", "line seventeen\n");
  EXPECT_TRUE(Merged({{"f", base}}, {{"g", renamed_and_edited}}, {{"f", edited}})
                  .gives({{"g", replaced(renamed_and_edited, "line 3\n", "line three\n")}}));
  EXPECT_TRUE(Merged({{"f", base}}, {{"g", base}}, {{"g", base}}).gives({{"g", base}}))
      << "both sides moved it to the same place";
}

TEST(Merge, ReportsFilesPutIntoAMovedFolder) {
  const Files base = {{"old/a", numbered(9)}, {"old/b", numbered(12)}};
  const Files ours = {{"new/a", numbered(9)}, {"new/b", numbered(12)}};
  const Files theirs = {{"old/a", numbered(9)}, {"old/b", numbered(12)}, {"old/c", "added\n"}};
  Merged reported(base, ours, theirs);
  EXPECT_TRUE(reported.conflicts_at("old/c", ConflictKind::folder_rename));
  EXPECT_TRUE(Merged(base, ours, theirs, {"ours", "theirs", false})
                  .gives({{"new/a", numbered(9)}, {"new/b", numbered(12)}, {"old/c", "added\n"}}));
}

TEST(Merge, MergesModesAndRefusesBoth) {
  ObjectStore store;
  const ObjectId content = store.put_blob(test::blob_of("#!/bin/sh\n"));
  const ObjectId other = store.put_blob(test::blob_of("#!/bin/sh\necho\n"));
  const auto tree = [&](Mode mode, const ObjectId& id) {
    return apply_tree_changes(store, {}, {{"run", mode, id, false}});
  };
  const MergeResult merged =
      merge_trees(store, tree(Mode::file, content), tree(Mode::executable, content), tree(Mode::file, other));
  EXPECT_TRUE(merged.clean());
  EXPECT_EQ(merged.tree, tree(Mode::executable, other));
  const MergeResult kinds = merge_trees(store, empty_tree_id(), tree(Mode::file, content), tree(Mode::symlink, other));
  ASSERT_FALSE(kinds.clean());
  EXPECT_EQ(kinds.conflicts.front().kind, ConflictKind::file_mode);
}

TEST(Merge, MergesSeveralBasesIntoOneFirst) {
  ObjectStore store;
  const std::string base = numbered(20);
  const std::string left = replaced(base, "line 2\n", "left\n");
  const std::string right = replaced(base, "line 18\n", "right\n");
  const std::string both = replaced(left, "line 18\n", "right\n");
  const ObjectId a = commit_of(store, tree_of(store, {{"f", base}}), {}, 10);
  const ObjectId b = commit_of(store, tree_of(store, {{"f", left}}), {a}, 20);
  const ObjectId c = commit_of(store, tree_of(store, {{"f", right}}), {a}, 30);
  const ObjectId x = commit_of(store, tree_of(store, {{"f", replaced(both, "line 5\n", "x\n")}}), {b, c}, 40);
  const ObjectId y = commit_of(store, tree_of(store, {{"f", replaced(both, "line 12\n", "y\n")}}), {c, b}, 50);
  const MergeResult merged = merge_commits(store, x, y);
  EXPECT_TRUE(merged.clean());
  EXPECT_EQ(text_at(store, merged.tree, "f"), replaced(replaced(both, "line 5\n", "x\n"), "line 12\n", "y\n"));
  const ObjectId unrelated = commit_of(store, tree_of(store, {{"g", "1\n"}}), {}, 60);
  EXPECT_EQ(merge_commits(store, a, unrelated).tree, tree_of(store, {{"f", base}, {"g", "1\n"}}));
}

TEST(Merge, TriedOnACopyOfTheStoreLeavesTheStoreAlone) {
  ObjectStore store;
  const ObjectId base = tree_of(store, {{"f", "1\n"}});
  const ObjectId ours = tree_of(store, {{"f", "1\n"}, {"g", "2\n"}});
  const ObjectId theirs = tree_of(store, {{"f", "3\n"}});
  const std::size_t size = store.size();
  ObjectStore copy = store;
  EXPECT_TRUE(merge_trees(copy, base, ours, theirs).clean());
  EXPECT_EQ(store.size(), size);
  EXPECT_GT(copy.size(), size);
}

/// main: a - b     topic: a - c - d
struct Branches {
  ObjectStore store;
  ObjectId a = commit_of(store, tree_of(store, {{"f", numbered(9)}}), {}, 10, "a\n");
  ObjectId b = commit_of(store, tree_of(store, {{"f", replaced(numbered(9), "line 1\n", "main\n")}}), {a}, 20, "b\n");
  ObjectId c = commit_of(store, tree_of(store, {{"f", replaced(numbered(9), "line 9\n", "c\n")}}), {a}, 30, "c\n");
  ObjectId d =
      commit_of(store, tree_of(store, {{"f", replaced(numbered(9), "line 9\n", "c\n")}, {"g", "d\n"}}), {c}, 40, "d\n");
  LandingPeople people{{"Author", "author@example.com", 100, 0}, {"Merger", "merger@example.com", 100, 0}};
  ObjectId landed =
      tree_of(store, {{"f", replaced(replaced(numbered(9), "line 1\n", "main\n"), "line 9\n", "c\n")}, {"g", "d\n"}});
};

TEST(Landing, MergesWithTwoParents) {
  Branches branches;
  const Landing landing = land_merge(branches.store, branches.b, branches.d, branches.people, "Merge topic\n");
  ASSERT_TRUE(landing.tip);
  const Commit& commit = *branches.store.commit(*landing.tip);
  EXPECT_EQ(commit.parents, (std::vector<ObjectId>{branches.b, branches.d}));
  EXPECT_EQ(commit.tree, branches.landed);
  EXPECT_EQ(commit.author.name, "Author");
  EXPECT_EQ(commit.committer.name, "Merger");
}

TEST(Landing, SquashesIntoOneCommit) {
  Branches branches;
  const Landing landing = land_squash(branches.store, branches.b, branches.d, branches.people, "Topic (#1)\n");
  ASSERT_TRUE(landing.tip);
  EXPECT_EQ(branches.store.commit(*landing.tip)->parents, (std::vector<ObjectId>{branches.b}));
  EXPECT_EQ(branches.store.commit(*landing.tip)->tree, branches.landed);
}

TEST(Landing, RebasesCommitByCommit) {
  Branches branches;
  const Landing landing = land_rebase(branches.store, branches.b, branches.d, branches.people.committer);
  ASSERT_TRUE(landing.tip);
  ASSERT_EQ(landing.commits.size(), 2u);
  const Commit& last = *branches.store.commit(*landing.tip);
  EXPECT_EQ(last.tree, branches.landed);
  EXPECT_EQ(last.message, "d\n");
  EXPECT_EQ(last.author, branches.store.commit(branches.d)->author);
  EXPECT_EQ(last.committer, branches.people.committer);
  EXPECT_EQ(last.parents, (std::vector<ObjectId>{landing.commits[0]}));
  EXPECT_EQ(branches.store.commit(landing.commits[0])->parents, (std::vector<ObjectId>{branches.b}));
}

TEST(Landing, RebaseLeavesOutWhatTheTargetHas) {
  Branches branches;
  const ObjectId picked =
      commit_of(branches.store, branches.store.commit(branches.c)->tree, {branches.a}, 50, "same\n");
  const Landing landing = land_rebase(branches.store, picked, branches.d, branches.people.committer);
  ASSERT_TRUE(landing.tip);
  EXPECT_EQ(landing.commits.size(), 1u);
}

TEST(Landing, StopsAtTheFirstConflict) {
  Branches branches;
  const ObjectId rival =
      commit_of(branches.store, tree_of(branches.store, {{"f", replaced(numbered(9), "line 9\n", "rival\n")}}),
                {branches.a}, 50, "rival\n");
  const Landing rebased = land_rebase(branches.store, rival, branches.d, branches.people.committer);
  EXPECT_FALSE(rebased.tip);
  EXPECT_EQ(rebased.stopped, branches.c);
  EXPECT_TRUE(rebased.commits.empty());
  ASSERT_EQ(rebased.conflicts.size(), 1u);
  EXPECT_EQ(rebased.conflicts[0].path, "f");
  const Landing merged = land_merge(branches.store, rival, branches.d, branches.people, "Merge\n");
  EXPECT_FALSE(merged.tip);
  EXPECT_EQ(merged.conflicts, rebased.conflicts);
  EXPECT_FALSE(land_squash(branches.store, rival, branches.d, branches.people, "Squash\n").tip);
}

}  // namespace
}  // namespace pome::git
