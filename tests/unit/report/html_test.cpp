#include <gtest/gtest.h>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/report/report.h"
#include "tests/unit/report/support.h"

namespace pome::report {
namespace {

const Engine kEngine = {"var Module = 1;\nexport default Module;\n", std::string("\0asm", 4)};

/// What stands between two texts, from `from` on.
std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t begin = text.find(open);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + open.size());
  return text.substr(0, text.find(close));
}

std::string digest(std::string_view text) {
  return "'sha256-" + encoding::base64(encoding::bytes_view(hash::sha256(text))) + "'";
}

TEST(HtmlReport, ThePolicyNamesItsScriptAndStyleAndNoNetwork) {
  const auto page = html({run_of(test::stored()).value()}, kEngine, "1.2.3");
  ASSERT_TRUE(page);
  const std::string_view policy = between(*page, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_TRUE(text::contains(policy, "default-src 'none'"));
  EXPECT_TRUE(text::contains(policy, "connect-src 'none'"));
  EXPECT_FALSE(text::contains(policy, "unsafe-inline"));
  const std::string_view script = between(*page, "<script type=\"module\">", "</script>");
  const std::string_view style = between(*page, "<style>", "</style>");
  EXPECT_TRUE(text::contains(policy, digest(script)));
  EXPECT_TRUE(text::contains(policy, digest(style)));
  EXPECT_FALSE(text::contains(script, "export default"));
  EXPECT_FALSE(text::contains(*page, "src=\""));
  EXPECT_FALSE(text::contains(*page, "href="));
}

TEST(HtmlReport, HostileTextAddsNoTag) {
  const auto tags = [](const report::Run& run) {
    const std::string page = html({run}, kEngine, "1").value();
    std::size_t found = 0;
    for (const char c : page) found += c == '<' ? 1 : 0;
    return found;
  };
  report::Run plain = test::hostile_run();
  plain.title = plain.agent = plain.agent_model = plain.agent_summary = plain.run_id = plain.started_at = "x";
  for (eval::CriterionResult& result : plain.report->results) {
    result.criterion.text = result.reason = result.expected = result.found = "x";
    result.state_pointers = {"/x"};
    result.events = {"x"};
  }
  EXPECT_EQ(tags(test::hostile_run()), tags(plain));
  EXPECT_FALSE(text::contains(html({test::hostile_run()}, kEngine, "1").value(), "\x1b"));
}

TEST(HtmlReport, RefusesAnEngineThatDoesNotFit) {
  for (const std::string module : {"", "var Module;", "x</SCRIPT>\nexport default Module;",
                                   "x<!--\nexport default Module;", "x\r\nexport default Module;"}) {
    const auto page = html({}, {module, "wasm"}, "1");
    ASSERT_FALSE(page) << module;
    EXPECT_EQ(page.error().code, "bad-engine");
  }
  EXPECT_FALSE(html({}, {kEngine.module, ""}, "1"));
}

}  // namespace
}  // namespace pome::report
