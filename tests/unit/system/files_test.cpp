#include "tools/system/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pome::system {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

class Files : public testing::Test {
 protected:
  void SetUp() override {
    auto made = ScratchFolder::create();
    ASSERT_TRUE(made);
    scratch.emplace(std::move(made).value());
  }
  std::string at(std::string_view name) const { return join_path(scratch->path(), name); }

  std::optional<ScratchFolder> scratch;
};

TEST_F(Files, AreWrittenPrivatelyAndInOneStep) {
  EXPECT_EQ(mode_of(scratch->path()), 0700U);
  ASSERT_TRUE(write_file(at("victim"), "untouched"));
  ASSERT_EQ(symlink(at("victim").c_str(), at("link").c_str()), 0);
  ASSERT_TRUE(write_file(at("link"), "new"));
  EXPECT_EQ(*read_file(at("victim")), "untouched");
  EXPECT_EQ(*read_file(at("link")), "new");
  EXPECT_EQ(mode_of(at("link")), 0600U);
  const auto refused = write_file(at("missing/x"), "y");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("missing/x"), std::string::npos);
}

TEST_F(Files, NewOnesMustBeNew) {
  ASSERT_TRUE(write_new_file(at("new"), "1"));
  EXPECT_EQ(mode_of(at("new")), 0600U);
  EXPECT_EQ(write_new_file(at("new"), "2").error().code, "file-exists");
  EXPECT_EQ(*read_file(at("new")), "1");
  EXPECT_EQ(write_new_file(at("missing/x"), "2").error().code, "file");
}

TEST_F(Files, TellAMissingOneFromOneThatIsTooLarge) {
  EXPECT_EQ(read_file(at("file")).error().code, "no-file");
  ASSERT_TRUE(write_file(at("file"), "12345"));
  EXPECT_EQ(*read_file(at("file"), 5), "12345");
  EXPECT_EQ(read_file(at("file"), 4).error().code, "file");
  EXPECT_EQ(read_file(scratch->path()).error().code, "file");
}

TEST_F(Files, FoldersAreMadeWithTheirParents) {
  ASSERT_TRUE(check_folder(at("a/b/c")));
  EXPECT_FALSE(is_folder(at("a")));
  ASSERT_TRUE(make_folder(at("a/b/c")));
  EXPECT_EQ(mode_of(at("a/b")), 0700U);
  ASSERT_TRUE(make_folder(at("a/b/c")));
  ASSERT_TRUE(write_file(at("file"), "x"));
  EXPECT_EQ(make_folder(at("file/below")).error().code, "file");
  const auto blocked = check_folder(at("file/below"));
  ASSERT_FALSE(blocked);
  EXPECT_NE(blocked.error().message.find("is a file"), std::string::npos) << blocked.error().message;
}

TEST_F(Files, AreFoundInTheNearestFolderAbove) {
  ASSERT_TRUE(make_folder(at("a/b/c")));
  ASSERT_TRUE(write_file(at("a/pome.json"), "1"));
  EXPECT_EQ(find_upwards(at("a/b/c"), "pome.json"), at("a/pome.json"));
  EXPECT_EQ(find_upwards(scratch->path(), "a/pome.json"), at("a/pome.json"));
  EXPECT_EQ(find_upwards(scratch->path(), "no-such-file-anywhere.json"), std::nullopt);
}

TEST_F(Files, AppendedOnesGrow) {
  {
    AppendedFile file;
    ASSERT_TRUE(file.open(at("log")));
    ASSERT_TRUE(file.append("one\n"));
  }
  AppendedFile again;
  ASSERT_TRUE(again.open(at("log")));
  ASSERT_TRUE(again.append("two\n"));
  EXPECT_EQ(*read_file(at("log")), "one\ntwo\n");
  EXPECT_EQ(mode_of(at("log")), 0600U);
  AppendedFile refused;
  EXPECT_EQ(refused.open(at("missing/log")).error().code, "file");
}

}  // namespace
}  // namespace pome::system
