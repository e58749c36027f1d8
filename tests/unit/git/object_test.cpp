#include "core/git/object.h"

#include <gtest/gtest.h>

#include "core/base/encoding.h"
#include "core/git/object_store.h"
#include "tests/support/data.h"

/// Ids are literal output of the git binary.
namespace pome::git {
namespace {

const Json& data() {
  static const Json kData = test::read_json("tests/data/git/objects.json");
  return kData;
}

std::string content_of(const Json& row) {
  if (row.contains("base64")) return *encoding::from_base64(row["base64"].get<std::string>());
  return row["text"].get<std::string>();
}

ObjectId id_of(const Json& text) { return *ObjectId::from_hex(text.get<std::string>()); }

Signature signature_of(const Json& row) {
  return {row["name"].get<std::string>(), row["email"].get<std::string>(), row["time"].get<std::int64_t>(),
          row["offset"].get<int>()};
}

FileMap files_of(const Json& row) {
  FileMap files;
  for (const auto& [path, file] : row.items()) {
    files[path] = {std::make_shared<const std::string>(content_of(file)),
                   file.contains("executable") ? Mode::executable : Mode::file};
  }
  return files;
}

TEST(GitObject, BlobIdsAreGits) {
  for (const Json& row : data()["blobs"]) EXPECT_EQ(blob_id(content_of(row)).hex(), row["id"]);
}

TEST(GitObject, TreeIdsAreGits) {
  for (const Json& row : data()["trees"]) {
    ObjectStore store;
    const auto root = store.put_files(files_of(row["files"]));
    ASSERT_TRUE(root.has_value());
    EXPECT_EQ(root->hex(), row["id"]);
  }
}

TEST(GitObject, CommitIdsAreGits) {
  for (const Json& row : data()["commits"]) {
    Commit commit{id_of(row["tree"]),
                  {},
                  signature_of(row["author"]),
                  signature_of(row["committer"]),
                  row["message"].get<std::string>()};
    for (const Json& parent : row["parents"]) commit.parents.push_back(id_of(parent));
    ObjectStore store;
    const ObjectId id = store.put_commit(commit);
    EXPECT_EQ(id.hex(), row["id"]);
    ASSERT_NE(store.commit(id), nullptr);
    EXPECT_EQ(*store.commit(id), commit);
    EXPECT_EQ(store.tree(id), nullptr) << "a commit is not a tree";
  }
}

TEST(GitObject, IdsParseFromEitherCaseAndNothingElse) {
  const std::string hex = "264704ee9d50df6f9d8dd81154d8615a5bf92913";
  EXPECT_EQ(ObjectId::from_hex(hex)->hex(), hex);
  EXPECT_EQ(ObjectId::from_hex("264704EE9D50DF6F9D8DD81154D8615A5BF92913")->hex(), hex);
  EXPECT_FALSE(ObjectId::from_hex(hex.substr(1)));
  EXPECT_FALSE(ObjectId::from_hex(std::string(40, 'g')));
  EXPECT_TRUE(ObjectId{}.is_null());
  EXPECT_FALSE(ObjectId::from_hex(hex)->is_null());
}

TEST(ObjectStore, FindsAndListsWhatWasStored) {
  ObjectStore store;
  const ObjectId root = *store.put_files(files_of(data()["trees"][2]["files"]));
  const auto run = store.find(root, "lib/run");
  ASSERT_TRUE(run);
  EXPECT_EQ(run->mode, Mode::executable);
  EXPECT_EQ(*store.blob(store.find(root, "lib/blob")->id), std::string("bin\0\xff\n", 6));
  EXPECT_EQ(store.find(root, "lib")->mode, Mode::tree);
  EXPECT_EQ(store.find(root, "")->id, root);
  for (const char* absent : {"lib/", "lib/none", "a0/z", "/lib", "LIB", "lib//run"})
    EXPECT_FALSE(store.find(root, absent)) << absent;
  std::vector<std::string> paths;
  for (const FileEntry& file : store.list_files(root)) paths.push_back(file.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"a-", "a.b/q", "a/z", "a0", "lib/blob", "lib/run"}));
}

TEST(ObjectStore, SharesEqualContentAndRefusesFileThatIsAlsoFolder) {
  ObjectStore store;
  const Blob same = std::make_shared<const std::string>("same");
  ASSERT_TRUE(
      store.put_files({{"a", {same, Mode::file}}, {"b", {std::make_shared<const std::string>("same"), Mode::file}}}));
  EXPECT_EQ(store.size(), 2u);
  const ObjectStore copy = store;
  EXPECT_EQ(copy.blob(blob_id("same")), same.get());
  EXPECT_FALSE(store.put_files({{"a", {same, Mode::file}}, {"a/b", {same, Mode::file}}}));
  EXPECT_FALSE(store.put_files({{"a", {same, Mode::file}}, {"a.c", {same, Mode::file}}, {"a/b", {same, Mode::file}}}));
}

TEST(ObjectStore, KnowsUsablePaths) {
  for (const char* good : {"a", "a/b.c", ".github/x", "a..b", "-"}) EXPECT_TRUE(is_valid_path(good)) << good;
  for (const char* bad : {"", "/a", "a/", "a//b", ".", "a/../b", ".git/config", "x/.GIT"})
    EXPECT_FALSE(is_valid_path(bad)) << bad;
  EXPECT_FALSE(is_valid_path(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_valid_path(std::string(4097, 'a')));
}

TEST(ObjectStore, KnowsUsableRefNames) {
  for (const char* good : {"main", "feature/x-1", "v1.0", "a@b", "\xc3\xa9"})
    EXPECT_TRUE(is_valid_ref_name(good)) << good;
  for (const char* bad : {"", "@", "-x", "a b", "a..b", "a~1", "x.lock", "x.lock/y", "/x", "x/", "x//y", ".x", "x.",
                          "a@{0}", "a\\b", "a\tb"}) {
    EXPECT_FALSE(is_valid_ref_name(bad)) << bad;
  }
}

}  // namespace
}  // namespace pome::git
