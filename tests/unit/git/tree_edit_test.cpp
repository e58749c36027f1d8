#include "core/git/tree_edit.h"

#include <gtest/gtest.h>

#include "tests/unit/git/support.h"

namespace pome::git {
namespace {

using test::blob_of;
using test::text_at;
using test::tree_of;

TreeChange file(ObjectStore& store, const char* path, const char* text) {
  return {path, Mode::file, store.put_blob(blob_of(text)), false};
}

TEST(TreeEdit, ChangesOnlyWhatItNames) {
  ObjectStore store;
  const ObjectId base = tree_of(store, {{"a/b/c", "1"}, {"a/d", "2"}, {"e/f", "3"}});
  const auto edited =
      edit_tree(store, base, {file(store, "a/b/new", "4"), TreeChange::removal("a/d"), file(store, "top", "5")});
  ASSERT_TRUE(edited);
  EXPECT_EQ(*edited, tree_of(store, {{"a/b/c", "1"}, {"a/b/new", "4"}, {"e/f", "3"}, {"top", "5"}}));
  EXPECT_EQ(store.find(*edited, "e")->id, store.find(base, "e")->id);
}

TEST(TreeEdit, StartsFromNothingAndEndsWithNothing) {
  ObjectStore store;
  const auto made = edit_tree(store, {}, {file(store, "a/b", "1")});
  ASSERT_TRUE(made);
  EXPECT_EQ(text_at(store, *made, "a/b"), "1");
  EXPECT_EQ(*edit_tree(store, *made, {TreeChange::removal("a/b")}), empty_tree_id()) << "an empty folder disappears";
  EXPECT_EQ(*edit_tree(store, *made, {TreeChange::removal("a")}), empty_tree_id()) << "a folder goes as a whole";
  EXPECT_EQ(*edit_tree(store, *made, {}), *made);
}

TEST(TreeEdit, FilesAndFoldersReplaceEachOther) {
  ObjectStore store;
  const ObjectId base = tree_of(store, {{"a", "file"}, {"b/c", "1"}, {"b/d", "2"}});
  const auto edited = edit_tree(store, base, {file(store, "a/x", "3"), file(store, "b", "now a file")});
  ASSERT_TRUE(edited);
  EXPECT_EQ(*edited, tree_of(store, {{"a/x", "3"}, {"b", "now a file"}}));
}

TEST(TreeEdit, TheLaterChangeOfAPathWins) {
  ObjectStore store;
  const auto edited = edit_tree(store, {},
                                {file(store, "a", "1"), file(store, "a", "2"), file(store, "b/c", "3"),
                                 TreeChange::removal("b"), file(store, "b/d", "4")});
  ASSERT_TRUE(edited);
  EXPECT_EQ(*edited, tree_of(store, {{"a", "2"}, {"b/d", "4"}}));
}

TEST(TreeEdit, TakesTreesLinksAndSubmodules) {
  ObjectStore store;
  const ObjectId inner = tree_of(store, {{"x", "1"}});
  const ObjectId elsewhere = *ObjectId::from_hex(std::string(40, 'a'));
  const auto edited = edit_tree(store, {},
                                {{"copy", Mode::tree, inner, false},
                                 {"link", Mode::symlink, store.put_blob(blob_of("copy/x")), false},
                                 {"sub", Mode::commit, elsewhere, false},
                                 {"run", Mode::executable, store.put_blob(blob_of("#!")), false}});
  ASSERT_TRUE(edited);
  EXPECT_EQ(text_at(store, *edited, "copy/x"), "1");
  EXPECT_EQ(store.find(*edited, "link")->mode, Mode::symlink);
  EXPECT_EQ(store.find(*edited, "sub")->id, elsewhere);
  EXPECT_EQ(store.find(*edited, "run")->mode, Mode::executable);
}

TEST(TreeEdit, RefusesWhatCannotBe) {
  ObjectStore store;
  const ObjectId base = tree_of(store, {{"a", "1"}});
  const ObjectId blob = store.put_blob(blob_of("1"));
  const ObjectId unknown = *ObjectId::from_hex(std::string(40, 'b'));
  const auto code = [&](const ObjectId& from, const TreeChange& change) {
    const auto edited = edit_tree(store, from, {change});
    return edited ? std::string("no error") : edited.error().code;
  };
  const std::size_t size = store.size();
  EXPECT_EQ(code(base, {"a/../b", Mode::file, blob, false}), "invalid-path");
  EXPECT_EQ(code(base, {".git/config", Mode::file, blob, false}), "invalid-path");
  EXPECT_EQ(code(base, {"", Mode::file, blob, false}), "invalid-path");
  EXPECT_EQ(code(base, {"b", Mode::file, unknown, false}), "unknown-object");
  EXPECT_EQ(code(base, {"b", Mode::file, base, false}), "wrong-type");
  EXPECT_EQ(code(base, {"b", Mode::tree, blob, false}), "wrong-type");
  EXPECT_EQ(code(base, TreeChange::removal("none")), "missing-path");
  EXPECT_EQ(code(base, TreeChange::removal("a/below")), "missing-path");
  EXPECT_EQ(code(unknown, {"b", Mode::file, blob, false}), "unknown-tree");
  EXPECT_EQ(store.size(), size) << "a refused edit stores nothing";
}

}  // namespace
}  // namespace pome::git
