#include "core/http/message.h"

#include <gtest/gtest.h>

namespace pome::http {
namespace {

TEST(Headers, CompareNamesWithoutCase) {
  Headers headers{{"Content-Type", "a"}};
  EXPECT_EQ(headers.get("content-type"), "a");
  headers.add("CONTENT-TYPE", "b");
  headers.set("content-type", "c");
  EXPECT_EQ(headers.size(), 1U);
  EXPECT_EQ(headers.get("Content-Type"), "c");
  EXPECT_FALSE(headers.has("accept"));
}

TEST(Query, DecodesAndTakesTheLast) {
  const Query query("state=open&labels=a%2Cb&state=closed&q=x+y&flag&&=z");
  EXPECT_EQ(query.get("state"), "closed");
  EXPECT_EQ(query.get("labels"), "a,b");
  EXPECT_EQ(query.get("q"), "x y");
  EXPECT_EQ(query.get("flag"), "");
  EXPECT_FALSE(query.get("none"));
}

TEST(Path, SplitsIntoDecodedSegments) {
  EXPECT_EQ(path_segments("/repos/acme/a%20b/"), (std::vector<std::string>{"repos", "acme", "a b"}));
  EXPECT_EQ(path_segments("/"), std::vector<std::string>{});
  EXPECT_EQ(path_segments("/a//b"), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(path_segments("/labels/a%2Fb"), (std::vector<std::string>{"labels", "a/b"}));
}

}  // namespace
}  // namespace pome::http
