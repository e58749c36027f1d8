#include "core/report/escape.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/base/text.h"

namespace pome::report {
namespace {

constexpr std::string_view kFffd = "\xEF\xBF\xBD";

/// Texts meant to break out of a format.
const std::string kHostile[] = {
    "]]><failure/>",
    "<script>alert(1)</script>",
    "\" onload=\"x",
    "' onload='x",
    "a | b | c",
    "`a` ``b`` `",
    "line\n::error::injected\n##[error]injected",
    "%0A::error::injected",
    "file,line=1::title",
    "</script><script>",
    "<!-- comment",
    "\x1b[31mred\x1b]0;title\x07",
    std::string("nul\0nul", 7),
    "\xff\xfe broken \xc3",
    "\xE2\x80\xAE desrever",
    "\xC2\x9b[31m",
    "\xEF\xBF\xBE\xEF\xBF\xBF",
    "[a](http://evil.example) ![i](x) <b> **x** _y_ ~~z~~ $x$ \\",
    "@octocat #1 www.evil.example https://evil.example :tada: a@b.example",
    "# heading\n- list\n> quote\n\n---\n```\ncode",
    "{0} {{x}}",
    "\r\n\r",
};

TEST(Clean, ReplacesWhatHidesMovesOrReordersText) {
  EXPECT_EQ(clean("a\tb\nc\r\nd"), "a\tb\nc\nd");
  for (const std::string bad : {"\x1b", "\x7f", "\r", "\xC2\x85", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\xA8",
                                "\xff", "\xEF\xBF\xBE", "\xEF\xB7\x90"}) {
    EXPECT_EQ(clean("a" + bad + "b"), text::cat("a", kFffd, "b")) << bad;
  }
  EXPECT_EQ(clean(std::string_view("\0", 1)), kFffd);
  EXPECT_EQ(clean("\xC3\xA9 \xF0\x9F\x98\x80 \xEF\xBF\xBD"), "\xC3\xA9 \xF0\x9F\x98\x80 \xEF\xBF\xBD");
}

TEST(OneLine, FoldsWhiteSpace) {
  EXPECT_EQ(one_line("  a\n\n b\t\r\nc "), "a b c");
  EXPECT_EQ(one_line(""), "");
}

TEST(Escapes, GiveValidUtf8WithoutControlCharacters) {
  for (const std::string& hostile : kHostile) {
    for (const std::string& out : {xml(hostile), html(hostile), html_inline(hostile), markdown_inline(hostile),
                                   command_data(hostile), command_property(hostile)}) {
      EXPECT_TRUE(text::is_valid_utf8(out)) << out;
      for (const char c : out) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') << out;
    }
  }
}

TEST(Xml, LeavesNoMarkupAndKeepsLineEndsInAttributes) {
  EXPECT_EQ(xml("]]>&<\"'"), "]]&gt;&amp;&lt;&quot;&#39;");
  EXPECT_EQ(xml("a\nb\tc"), "a&#10;b&#9;c");
  for (const std::string& hostile : kHostile) EXPECT_EQ(xml(hostile).find_first_of("<>\"'\n"), std::string::npos);
}

TEST(Html, LeavesNoMarkupButCode) {
  EXPECT_EQ(html_inline("has `a<b` and `"), "has <code>a&lt;b</code> and `");
  EXPECT_EQ(html_inline("``"), "``");
  for (const std::string& hostile : kHostile) {
    EXPECT_EQ(html(hostile).find_first_of("<>\"'"), std::string::npos);
    const std::string inline_text =
        text::replace_all(text::replace_all(html_inline(hostile), "<code>", ""), "</code>", "");
    EXPECT_EQ(inline_text.find_first_of("<>\"'"), std::string::npos) << inline_text;
  }
}

TEST(JsonInHtml, CannotEndItsBlockAndStaysTheSameJson) {
  const std::string json = R"({"a":"</script><!--"})";
  EXPECT_EQ(json_in_html(json).find('<'), std::string::npos);
  EXPECT_EQ(*json::parse(json_in_html(json)), *json::parse(json));
}

TEST(Markdown, LeavesNoSyntax) {
  EXPECT_EQ(markdown_inline("has `a|b`"), "has <code>a&#124;b</code>");
  EXPECT_EQ(markdown_inline("@bob #1 a.b www.x.y"), "@&#8203;bob #&#8203;1 a.b www&#46;x.y");
  EXPECT_EQ(markdown_inline("https://x"), "https&#58;//x");
  for (const std::string& hostile : kHostile) {
    const std::string out = text::replace_all(text::replace_all(markdown_inline(hostile), "<code>", ""), "</code>", "");
    EXPECT_EQ(out.find_first_of("<>`|*_[]~\\\n$"), std::string::npos) << out;
    EXPECT_FALSE(text::contains(out, "://")) << out;
  }
}

TEST(WorkflowCommands, StayOneLine) {
  EXPECT_EQ(command_data("50%\nnext::x"), "50%25%0Anext::x");
  EXPECT_EQ(command_property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
  for (const std::string& hostile : kHostile) {
    EXPECT_EQ(command_data(hostile).find('\n'), std::string::npos);
    EXPECT_EQ(command_property(hostile).find_first_of("\n:,"), std::string::npos);
  }
}

TEST(Uri, EncodesPaths) {
  EXPECT_EQ(uri_of("./scenarios/a b#1.md"), "scenarios/a%20b%231.md");
  EXPECT_EQ(uri_of("/tmp/x:y.md"), "file:///tmp/x%3Ay.md");
  EXPECT_EQ(uri_of("../a.md"), "../a.md");
}

TEST(Indented, MovesAllLinesButTheFirst) { EXPECT_EQ(indented("{\n  1\n}", 2), "{\n      1\n    }"); }

}  // namespace
}  // namespace pome::report
