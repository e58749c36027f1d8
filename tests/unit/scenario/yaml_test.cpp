#include "core/scenario/yaml.h"

#include <gtest/gtest.h>

#include "core/base/text.h"
#include "tests/support/data.h"

namespace pome::scenario::yaml {
namespace {

std::vector<std::string> summary(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(text::cat(d.line, ":", d.column, " ", d.code));
  return out;
}

// tests/e2e/yaml.test.mjs checks the values of the same rows against npm's `yaml`.
TEST(Yaml, Rows) {
  const Json rows = test::read_json("tests/data/scenario/yaml.json");
  EXPECT_GT(rows.size(), 60U);
  for (const Json& row : rows) {
    const std::string source = row.at("yaml").get<std::string>();
    SCOPED_TRACE(source);
    const Document document = parse(source);
    std::vector<std::string> expected;
    for (const Json& line : json::at(row, "errors")) expected.push_back(line.get<std::string>());
    EXPECT_EQ(summary(document.diagnostics), expected);
    if (row.contains("value")) {
      EXPECT_EQ(to_json(document.root), row.at("value"));
    }
    for (const Diagnostic& d : document.diagnostics) EXPECT_FALSE(d.message.empty() || d.hint.empty()) << d.code;
  }
}

TEST(Yaml, DepthIsLimited) {
  const auto code = [](const std::string& text) {
    const Document document = parse(text);
    return document.diagnostics.empty() ? std::string() : document.diagnostics.front().code;
  };
  EXPECT_EQ(code(std::string(64, '[') + std::string(64, ']')), "yaml-depth");
  EXPECT_EQ(code(std::string(60, '[') + std::string(60, ']')), "");
  EXPECT_EQ(code(std::string(100000, '[')), "yaml-depth");
  std::string dashes;
  for (int i = 0; i < 50000; ++i) dashes += "- ";
  EXPECT_EQ(code(dashes + "x"), "yaml-depth");
  std::string maps;
  for (int i = 0; i < 100; ++i) maps += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(code(maps), "yaml-depth");
}

TEST(Yaml, LongDocumentsStayFast) {
  std::string list = "a: [";
  for (int i = 0; i < 50000; ++i) list += "1,";
  const Document document = parse(list + "]");
  EXPECT_TRUE(document.diagnostics.empty());
  ASSERT_EQ(document.root.members.size(), 1U);
  EXPECT_EQ(document.root.members.front().value.items.size(), 50000U);
  std::string map;
  for (int i = 0; i < 5000; ++i) map += text::cat("k", i, ": 1\n");
  EXPECT_EQ(summary(parse(map).diagnostics), std::vector<std::string>{"2001:1 yaml-size"});
}

TEST(Yaml, PositionsOfValues) {
  const Document document = parse("\xC3\xA9: 1\nb:\n  - \xC3\xBC\n  - [x, yy]\n");
  const Node* list = document.root.find("b");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->line, 3U);
  EXPECT_EQ(document.root.find("\xC3\xA9")->column, 4U);
  const Node& last = list->items.at(1).items.at(1);
  EXPECT_EQ(last.line, 4U);
  EXPECT_EQ(last.column, 9U);
  EXPECT_EQ(last.length, 2U);
}

}  // namespace
}  // namespace pome::scenario::yaml
