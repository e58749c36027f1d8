#include <gtest/gtest.h>

#include "core/git/archive.h"

namespace pome::git {
namespace {

TEST(Unzip, GivesBackWhatWasZipped) {
  const auto zip = zip_files({{"a.txt", "one"}, {"folder/", ""}, {"folder/b", ""}, {"\xC3\xA9", "two"}});
  ASSERT_TRUE(zip);
  const auto files = unzip_stored(*zip);
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 3u);  // without the folder
  EXPECT_EQ((*files)[0].path, "a.txt");
  EXPECT_EQ((*files)[0].content, "one");
  EXPECT_EQ((*files)[1].content, "");
  EXPECT_EQ((*files)[2].path, "\xC3\xA9");
  EXPECT_TRUE(unzip_stored(*zip_files({})).has_value());
}

TEST(Unzip, RefusesWhatIsNoZip) {
  for (const std::string bytes : {"", "PK", "PK\x05\x06", "not a zip file at all, but long enough"}) {
    const auto files = unzip_stored(bytes);
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().code, "bad-zip");
  }
}

}  // namespace
}  // namespace pome::git
