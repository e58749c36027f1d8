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

TEST(GitObject, PayloadsComeBackUnchanged) {
  const std::string person = "P Q <p@example.com> 1700000000 -0330\n";
  const std::string tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
  for (const std::string& payload : {tree + "author " + person + "committer " + person + "\nmessage\n",
                                     tree + "author " + person + "committer " + person + "\n",
                                     tree + "author " + person + "committer " + person +
                                         "gpgsig -----BEGIN\n  abc\n -----END\nencoding UTF-8\n\nsigned\n"}) {
    const auto commit = decode_commit(payload);
    ASSERT_TRUE(commit) << payload;
    EXPECT_EQ(encode(*commit), payload);
    EXPECT_EQ(commit->committer.offset_minutes, -210);
  }
  EXPECT_FALSE(decode_commit(tree + "author P <p> 1 -0000\ncommitter P <p> 1 +0000\n\n")) << "would change its id";
  EXPECT_FALSE(decode_commit(tree + "author P <p> 1 +0000\n\n"));
  EXPECT_FALSE(decode_commit("no tree"));
  EXPECT_FALSE(decode_tree("100644 a"));
  EXPECT_FALSE(decode_tag("object 1"));
}

TEST(GitObject, AnnotatedTagsAreGits) {
  // git mktag
  const std::string payload =
      "object 2e65efe2a145dda7ee51d1741299f848e5bf752e\ntype blob\ntag v1.0\n"
      "tagger T Agger <t@example.com> 1767225600 +0100\n\nFirst release\n";
  ObjectStore store;
  const ObjectId object = store.put_blob(std::make_shared<const std::string>("a"));
  EXPECT_EQ(object.hex(), "2e65efe2a145dda7ee51d1741299f848e5bf752e");
  const Tag tag{object, ObjectType::blob, "v1.0", Signature{"T Agger", "t@example.com", 1767225600, 60},
                "First release\n"};
  EXPECT_EQ(encode(tag), payload);
  EXPECT_EQ(decode_tag(payload), tag);
  const ObjectId id = store.put_tag(tag);
  EXPECT_EQ(id, object_id("tag", payload));
  ASSERT_NE(store.tag(id), nullptr);
  EXPECT_EQ(*store.tag(id), tag);
  EXPECT_EQ(store.type(id), ObjectType::tag);
  EXPECT_EQ(store.commit(id), nullptr);
}

TEST(GitObject, NamesAndMessagesAreCleanedAsGitDoes) {
  EXPECT_EQ(cleaned({" .A <b>\n Name,", "<a@example.com>", 1, 2}), (Signature{"A b Name", "a@example.com", 1, 2}));
  EXPECT_EQ(cleaned_message("\n\nTitle  \n\n\n\nBody\t\n\n"), "Title\n\nBody\n");
  EXPECT_EQ(cleaned_message("Title"), "Title\n");
  EXPECT_EQ(cleaned_message(" \n"), "");
}

TEST(ObjectStore, KnowsTypesAndGenerations) {
  ObjectStore store;
  EXPECT_EQ(store.type(empty_tree_id()), ObjectType::tree);
  EXPECT_TRUE(store.tree(empty_tree_id())->entries.empty());
  EXPECT_FALSE(store.type(ObjectId{}));
  const Signature person{"A", "a@example.com", 5, 0};
  const ObjectId first = store.put_commit({empty_tree_id(), {}, person, person, "1"});
  const ObjectId second = store.put_commit({empty_tree_id(), {first}, person, person, "2"});
  EXPECT_EQ(store.generation(first), 1u);
  EXPECT_EQ(store.generation(second), 2u);
  EXPECT_EQ(store.generation(empty_tree_id()), 0u);
  EXPECT_EQ(store.type(second), ObjectType::commit);
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
