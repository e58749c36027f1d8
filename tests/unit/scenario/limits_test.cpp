#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/base/text.h"
#include "core/scenario/rewrite.h"
#include "core/scenario/scenario_json.h"
#include "core/scenario/source.h"
#include "tests/support/data.h"

/// Input nobody writes on purpose: it must end quickly, with positions inside the file, and never crash.
namespace pome::scenario {
namespace {

constexpr std::string_view kGood = "# T\n## Prompt\nDo it.\n## Success Criteria\n- [D] Done\n";

void check_invariants(const std::string& markdown, std::optional<std::string_view> sidecar = {}) {
  const Parsed parsed = parse({markdown, "x.md", sidecar});
  Diagnostics ignored;
  const SourceText source(markdown, kMaxSourceBytes, ignored);
  const std::string json = to_json(parsed);
  ASSERT_TRUE(json::parse(json)) << markdown;
  for (const Diagnostic& d : parsed.diagnostics) {
    if (d.code == "bad-sidecar") continue;
    ASSERT_GE(d.line, 1U) << d.code << "\n" << markdown;
    ASSERT_LE(d.line, source.line_count()) << d.code << "\n" << markdown;
    ASSERT_GE(d.column, 1U) << d.code << "\n" << markdown;
    ASSERT_LE(d.column, count_code_points(source.line(d.line - 1)) + 1) << d.code << " line " << d.line << "\n"
                                                                        << markdown;
  }
  for (const Criterion& criterion : parsed.scenario.criteria) {
    ASSERT_FALSE(criterion.text.empty()) << markdown;
    ASSERT_LE(criterion.line, source.line_count()) << markdown;
  }
  if (parsed.ok()) {
    ASSERT_FALSE(parsed.scenario.prompt.empty()) << markdown;
    ASSERT_FALSE(parsed.scenario.criteria.empty()) << markdown;
  }
  const std::string imported = rewrite(markdown).markdown;
  ASSERT_EQ(rewrite(imported).markdown, imported) << markdown;
  // A section that gets a meaning may turn out to be wrong.
  const bool gains_section = std::any_of(parsed.diagnostics.begin(), parsed.diagnostics.end(),
                                         [](const Diagnostic& d) { return d.code == "unknown-section"; });
  if (parsed.ok() && !gains_section) {
    ASSERT_TRUE(parse({imported, "x.md", sidecar}).ok()) << markdown;
  }
  if (!parsed.scenario.seed.json.empty()) {
    ASSERT_TRUE(json::parse(parsed.scenario.seed.json)) << markdown;
  }
}

std::vector<std::string> codes(const Parsed& parsed) {
  std::vector<std::string> out;
  for (const Diagnostic& d : parsed.diagnostics) out.push_back(text::cat(d.line, ":", d.column, " ", d.code));
  return out;
}

TEST(ScenarioLimits, BytesThatAreNotText) {
  const std::string good(kGood);
  const std::string nul = good + std::string("\n- [P] a\0b\n", 11);
  EXPECT_EQ(codes(parse({nul, "x.md"})), std::vector<std::string>{"7:8 nul-byte"});
  EXPECT_EQ(codes(parse({good + "\n\xC3\x28 \xFF", "x.md"})), std::vector<std::string>{"7:1 bad-encoding"});
  EXPECT_EQ(codes(parse({good, "x.md", std::string_view("{\"a\": \"\xFF\"}")})),
            std::vector<std::string>{"1:8 bad-sidecar"});
}

TEST(ScenarioLimits, Size) {
  std::string text(kGood);
  text += "\n## Notes\n";
  text.resize(kMaxSourceBytes, 'x');
  EXPECT_TRUE(parse({text, "x.md"}).ok());
  text.push_back('x');
  EXPECT_EQ(codes(parse({text, "x.md"})), std::vector<std::string>{"1:1 too-large"});
  const std::string sidecar(kMaxSidecarBytes + 1, ' ');
  EXPECT_EQ(codes(parse({kGood, "x.md", sidecar})), std::vector<std::string>{"1:1 bad-sidecar"});
}

std::string repeated(std::string_view part, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += part;
  return out;
}

TEST(ScenarioLimits, LongLines) {
  const std::string good(kGood);
  for (const std::string_view part : {"a", "`", "\"", "`\" ", "\xE2\x80\x9C", "[D] ", "optional ", "\\", "**"}) {
    SCOPED_TRACE(part);
    const std::string markdown = good + "- [D] b" + repeated(part, 100000) + "\n";
    check_invariants(markdown);
    EXPECT_EQ(codes(parse({markdown, "x.md"})), std::vector<std::string>{"6:7 long-criterion"});
    check_invariants(good + "- [D " + repeated(part, 100000) + "] x\n");
    check_invariants(good + "### " + repeated(part, 100000) + " (weight 2)\n- [D] c\n");
    check_invariants(good + "- [D] b\n" + repeated(text::cat("  ", part, "\n"), 100000));
  }
}

TEST(ScenarioLimits, Groups) {
  std::string markdown(kGood);
  for (int i = 0; i < 101; ++i) markdown += text::cat("### Group ", i, " (weight 100)\n- [D] Number ", i, "\n");
  const Parsed parsed = parse({markdown, "x.md"});
  EXPECT_EQ(codes(parsed), std::vector<std::string>{"206:5 too-many-groups"});
  EXPECT_EQ(parsed.scenario.groups.size(), 100U);
  EXPECT_FALSE(parsed.scenario.criteria.back().group);
}

TEST(ScenarioLimits, Pathological) {
  const std::string head = "## Prompt\nx\n## Success Criteria\n";
  for (const std::string_view part :
       {"> ",    "- ",         "[",     "*",        "`",        "<!--",     "- [D] a\n", "  - [D] b\n",
        "## \n", "##\n##\n\n", "---\n", "a\n---\n", "```\n",    "![](x)\n", "### (\n",   "### a (weight 2)\n- [D] b\n",
        "###\n", "\r",         "\n\n",  "&amp;",    "[a]: b\n", "1. ",      "\t",        "<div>\n"}) {
    SCOPED_TRACE(part);
    check_invariants(head + repeated(part, 30000));
  }
  check_invariants(head + "- [D] a\n## Config\n" + repeated("a: {", 200000));
  check_invariants(head + "- [D] a\n## Config\n" + repeated("- a:\n", 200000));
  check_invariants(head + "- [D] a\n## Seed State\n```json\n" + repeated("{\"a\":[", 200000));
}

std::vector<std::string> corpus() {
  std::vector<std::string> out;
  for (const std::string& file : test::list_files("tests/data/scenario", ".json")) {
    if (file.ends_with("/yaml.json")) continue;
    for (const Json& row : test::read_json(file)) {
      std::string text;
      for (const Json& line : row.at("markdown")) text += line.get<std::string>() + "\n";
      out.push_back(std::move(text));
    }
  }
  return out;
}

class Random {
 public:
  std::size_t below(std::size_t bound) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ % bound);
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15;
};

TEST(ScenarioLimits, Mutations) {
  const std::vector<std::string> seeds = corpus();
  constexpr std::string_view kParts[] = {
      "## ",       "\n",          "\n\n", "---\n",        "- ",   "[D]", "[",  "]",  "`",    "```\n",
      "~~~",       "> ",          "    ", "\t",           "{",    "}",   "\"", ":",  ",",    "#",
      "*",         "**",          "\r\n", "\xEF\xBB\xBF", "\xFF", "&x;", "|",  "\\", "<!--", "-->",
      "\xC3\xA9",  "![](u)",      "](",   "1. ",          "$",    "'",   "//", "/*", "### ", "(weight 2)",
      " optional", "\xE2\x80\x9C"};
  Random random;
  for (int round = 0; round < 2500; ++round) {
    std::string text = seeds[random.below(seeds.size())];
    const std::size_t edits = 1 + random.below(4);
    for (std::size_t i = 0; i < edits; ++i) {
      const std::size_t at = random.below(text.size() + 1);
      switch (random.below(4)) {
        case 0:
          text.insert(at, kParts[random.below(std::size(kParts))]);
          break;
        case 1:
          text.erase(at, 1 + random.below(6));
          break;
        case 2:
          text.insert(at, text.substr(random.below(text.size() + 1), random.below(20)));
          break;
        default:
          text.resize(at);
          break;
      }
      if (text.empty()) text = "x";
    }
    check_invariants(text, random.below(8) == 0 ? std::optional<std::string_view>("{}") : std::nullopt);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace pome::scenario
