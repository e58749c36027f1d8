#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/git/archive.h"
#include "core/git/diff_lines.h"
#include "core/git/diff_stat.h"
#include "core/git/diff_text.h"
#include "core/git/diff_trees.h"
#include "core/git/mail_patch.h"
#include "core/git/renames.h"
#include "tests/support/data.h"
#include "tests/unit/git/support.h"

/// Expected texts in the data files are literal output of the git binary.
namespace pome::git {
namespace {

using test::blob_of;
using test::numbered;
using test::replaced;
using test::tree_of;

const Json& texts() {
  static const Json kData = pome::test::read_json("tests/data/git/texts.json");
  return kData;
}

const Json& repository() {
  static const Json kData = pome::test::read_json("tests/data/git/repository.json");
  return kData;
}

std::string field(const Json& row, const char* key) { return row[key].get<std::string>(); }

/// The repository of the data file: two commits.
struct Loaded {
  ObjectStore store;
  ObjectId before;
  ObjectId after;
  ObjectId second;

  Loaded() {
    before = tree_of(store, repository()["before"]);
    after = tree_of(store, repository()["after"]);
    const Signature person{"Zo\xc3\xab Q.", "z@example.com", 1767225600, 90};
    const ObjectId first = store.put_commit({before, {}, person, person, "First\n"});
    second = store.put_commit({after,
                               {first},
                               person,
                               person,
                               "Change many things at once so that the subject of this mail does not fit\n"
                               "into one line\n\nBody.\n"});
  }
};

TEST(Patch, HunksAreGits) {
  ASSERT_GE(texts()["patches"].size(), 20u);
  for (const Json& row : texts()["patches"]) {
    const Patch patch = make_patch(field(row, "before"), field(row, "after"));
    EXPECT_EQ(patch.hunks, field(row, "patch")) << row["name"];
    EXPECT_FALSE(patch.binary) << row["name"];
    const Patch counts = count_lines(field(row, "before"), field(row, "after"));
    EXPECT_EQ(counts.additions, patch.additions) << row["name"];
    EXPECT_EQ(counts.deletions, patch.deletions) << row["name"];
    EXPECT_TRUE(counts.hunks.empty()) << row["name"];
  }
}

TEST(Patch, BinaryContentsHaveNoHunks) {
  const std::string with_nul("a\0b\n", 4);
  EXPECT_TRUE(make_patch("a\n", with_nul).binary);
  EXPECT_TRUE(make_patch("a\n", with_nul).hunks.empty());
  EXPECT_TRUE(make_patch(with_nul, with_nul).binary);
  EXPECT_FALSE(make_patch("a\n", std::string(8000, 'x') + std::string(1, '\0')).binary)
      << "only the first 8000 bytes count";
}

TEST(Patch, VeryLongTextsAreReplacedAsAWhole) {
  std::string before = "same\n";
  std::string after = "same\n";
  for (std::size_t i = 0; i < kMostDiffLines / 2; ++i) {
    before += text::cat("line ", i, '\n');
    after += text::cat("line ", i + 1, '\n');
  }
  const Patch patch = count_lines(before, after);
  EXPECT_EQ(patch.additions, static_cast<int>(kMostDiffLines / 2));
  EXPECT_EQ(patch.deletions, static_cast<int>(kMostDiffLines / 2));
}

TEST(DiffTrees, ReadsAsGitDoes) {
  Loaded data;
  EXPECT_EQ(data.before.hex(), field(repository(), "before_tree"));
  EXPECT_EQ(data.after.hex(), field(repository(), "after_tree"));
  const std::vector<FileChange> changes = diff_trees(data.store, data.before, data.after);
  EXPECT_EQ(diff_text(data.store, changes), field(repository(), "diff"));
  EXPECT_EQ("\n" + diff_stat(data.store, changes, 72), "\n" + field(repository(), "stat"));
}

TEST(DiffTrees, TellsRenamesAndTheirSimilarity) {
  Loaded data;
  std::vector<std::string> told;
  for (const FileChange& change : diff_trees(data.store, data.before, data.after)) {
    told.push_back(text::cat(status_letter(change.status), ' ', change.path,
                             change.status == FileStatus::renamed
                                 ? text::cat(" from ", change.previous_path, ' ', change.similarity)
                                 : std::string()));
  }
  EXPECT_EQ(told, (std::vector<std::string>{"M README.md", "A caf\xc3\xa9.txt", "A empty-new", "D gone.txt", "T kind",
                                            "M link", "M logo.png", "R new/name.txt from old/name.txt 93",
                                            "R new/same.txt from old/same.txt 100", "M quo\"te", "M run.sh", "M sub",
                                            "M with space.txt"}));
  EXPECT_EQ(diff_trees(data.store, data.before, data.after, {false, ""}).size(), told.size() + 2);
}

TEST(DiffTrees, LimitsItselfToAPath) {
  ObjectStore store;
  const ObjectId from = tree_of(store, {{"a/x", "1"}, {"a/y/z", "1"}, {"ab", "1"}, {"b", "1"}});
  const ObjectId to = tree_of(store, {{"a/x", "2"}, {"a/y/z", "2"}, {"ab", "2"}, {"b", "2"}});
  const auto paths = [&](std::string_view path) {
    std::vector<std::string> out;
    for (const FileChange& change : diff_trees(store, from, to, {true, path})) out.push_back(change.path);
    return out;
  };
  EXPECT_EQ(paths("").size(), 4u);
  EXPECT_EQ(paths("a"), (std::vector<std::string>{"a/x", "a/y/z"}));
  EXPECT_EQ(paths("a/y"), (std::vector<std::string>{"a/y/z"}));
  EXPECT_EQ(paths("ab"), (std::vector<std::string>{"ab"}));
  EXPECT_TRUE(paths("a/y/z/q").empty());
  EXPECT_FALSE(same_at(store, from, to, "a/y/z"));
  EXPECT_TRUE(same_at(store, from, to, "none"));
  EXPECT_TRUE(same_at(store, from, from, "a"));
}

TEST(DiffTrees, TakesAnUnknownTreeAsEmpty) {
  ObjectStore store;
  const ObjectId tree = tree_of(store, {{"a", "1\n"}, {"b/c", "2\n"}});
  const std::vector<FileChange> all = diff_trees(store, empty_tree_id(), tree);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].path, "b/c");
  EXPECT_EQ(all[1].status, FileStatus::added);
  EXPECT_EQ(patch_of(store, all[1]).additions, 1);
  EXPECT_EQ(diff_trees(store, tree, ObjectId{}).size(), 2u);
}

TEST(Renames, PairEachFileOnceAndPreferTheSameName) {
  ObjectStore store;
  const ObjectId from = tree_of(store, {{"a/one", numbered(9)}, {"b/two", numbered(9)}});
  const ObjectId to = tree_of(store, {{"c/three", numbered(9)}, {"c/two", numbered(9)}, {"d", numbered(9)}});
  const std::vector<FileChange> changes = diff_trees(store, from, to);
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].previous_path, "a/one");
  EXPECT_EQ(changes[1].previous_path, "b/two");
  EXPECT_EQ(changes[2].status, FileStatus::added);
}

TEST(Renames, NeedHalfOfTheContent) {
  ObjectStore store;
  const ObjectId from = tree_of(store, {{"a", numbered(10)}});
  std::string half = numbered(4);
  for (int i = 0; i < 6; ++i) half += text::cat("other ", i, '\n');
  EXPECT_EQ(diff_trees(store, from, tree_of(store, {{"b", replaced(numbered(10), "line 3", "LINE 3")}})).size(), 1u);
  EXPECT_EQ(diff_trees(store, from, tree_of(store, {{"b", half}})).size(), 2u);
}

TEST(MailPatch, ReadsAsFormatPatchDoes) {
  Loaded data;
  EXPECT_EQ(data.second.hex(), field(repository(), "second_commit"));
  const std::string mail = mail_patches(data.store, {data.second});
  const std::string head = field(repository(), "mail_head");
  EXPECT_EQ(mail.substr(0, head.size()), head);
  EXPECT_EQ(mail.substr(mail.size() - 13), "\n-- \n2.39.5\n\n");
  EXPECT_NE(mail.find("GIT binary patch\nliteral 8\n"), std::string::npos);
}

TEST(MailPatch, NumbersASeriesAndLeavesOutMerges) {
  ObjectStore store;
  const ObjectId tree = tree_of(store, {{"a", "1\n"}});
  const ObjectId other = tree_of(store, {{"a", "2\n"}});
  const ObjectId first = test::commit_of(store, tree, {});
  const ObjectId second = test::commit_of(store, other, {first});
  const ObjectId merge = test::commit_of(store, other, {second, first});
  const std::string mails = mail_patches(store, {first, second, merge, ObjectId{}});
  EXPECT_NE(mails.find("Subject: [PATCH 1/2] Change\n"), std::string::npos);
  EXPECT_NE(mails.find("Subject: [PATCH 2/2] Change\n"), std::string::npos);
  EXPECT_EQ(mails.find(merge.hex()), std::string::npos);
  EXPECT_TRUE(mail_patches(store, {}).empty());
}

TEST(Archive, TarIsGits) {
  Loaded data;
  const std::string tar = tar_archive(data.store, data.after, {"p", 1767225600, data.second});
  EXPECT_EQ(hash::sha256_hex(tar), field(repository(), "tar_sha256"));
}

TEST(Archive, GzipAndZipHoldTheBytes) {
  const std::string packed = gzip_stored("hello\n");
  EXPECT_EQ(encoding::hex(packed), "1f8b08000000000000ff010600f9ff68656c6c6f0a20303a3606000000");
  EXPECT_EQ(gzip_stored(std::string(70000, 'x')).size(), 70000u + 10 + 2 * 5 + 8);
  ObjectStore store;
  const ObjectId tree = tree_of(store, {{"a/b", "hello\n"}});
  const auto zip = zip_archive(store, tree, {"p", 1767225600, {}});
  ASSERT_TRUE(zip);
  EXPECT_EQ(zip->substr(0, 4), "PK\x03\x04");
  EXPECT_NE(zip->find("p/a/bhello\n"), std::string::npos) << "name, then the stored content";
  EXPECT_EQ(*zip, *zip_archive(store, tree, {"p", 1767225600, {}}));
}

}  // namespace
}  // namespace pome::git
