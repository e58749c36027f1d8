#include "core/twin/github/model/text_links.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

namespace pome::twin::github::model {
namespace {

std::string people(std::string_view text) { return text::join(mentions_in(text), " "); }

std::string links(std::string_view text) {
  std::vector<std::string> out;
  for (const TextReference& link : references_in(text)) {
    out.push_back(text::cat(link.closes ? "closes " : "", link.owner, link.owner.empty() ? "" : "/", link.name, "#",
                            link.number));
  }
  return text::join(out, ", ");
}

TEST(TextLinks, MentionsAreWholeLogins) {
  EXPECT_EQ(people("cc @carol, @Bob-1 and @carol's friend"), "carol Bob-1");
  EXPECT_EQ(people("mail me@example.com or x_@y"), "");
  EXPECT_EQ(people("ask @acme/core first"), "") << "a team";
  EXPECT_EQ(people("`@quoted` @plain\n```\n@fenced\n```\n@after"), "plain after");
  EXPECT_TRUE(mentions("Hi @Carol!", "carol"));
  EXPECT_FALSE(mentions("Hi @caroline!", "carol"));
}

TEST(TextLinks, ReferencesComeInFourForms) {
  EXPECT_EQ(links("see #7, GH-8, acme/api#9 and https://github.com/acme/web/pull/10#issuecomment-1"),
            "#7, #8, acme/api#9, acme/web#10");
  EXPECT_EQ(links("#7 again #7"), "#7");
  EXPECT_EQ(links("# 7, #x, #0, a#7, #7th, `#8`"), "");
}

TEST(TextLinks, KeywordsClose) {
  EXPECT_EQ(links("Fixes #7. closes: acme/api#8, resolved #9"), "closes #7, closes acme/api#8, closes #9");
  EXPECT_EQ(links("prefixes #7, fix#8, fixing #9, Fixes: #10"), "#7, #9, closes #10");
  EXPECT_EQ(links("#7 and fixes #7"), "closes #7");
}

}  // namespace
}  // namespace pome::twin::github::model
