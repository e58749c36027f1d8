#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/scenario/rewrite.h"
#include "core/scenario/scenario_json.h"
#include "tests/support/data.h"

/// Every row of tests/data/scenario: a Markdown file (as lines), what is expected of the parsed scenario (only the
/// named members are compared, recursively), all diagnostics as "severity line:column code", and the lines it is
/// rewritten to on import.
namespace pome::scenario {
namespace {

/// The first difference of the members that `expected` names, or an empty text.
std::string difference(const Json& expected, const Json& actual, const std::string& where) {
  if (expected.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      const std::string found = difference(value, json::at(actual, key), where + "." + key);
      if (!found.empty()) return found;
    }
    return {};
  }
  if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const std::string found = difference(expected[i], actual[i], text::cat(where, "[", i, "]"));
      if (!found.empty()) return found;
    }
    return {};
  }
  if (expected == actual) return {};
  return text::cat(where, ": expected ", json::dump(expected), ", got ", json::dump(actual));
}

std::string lines_of(const Json& lines) {
  std::string out;
  for (const Json& line : lines) {
    if (!out.empty() || &line != &lines.front()) out += "\n";
    out += line.get<std::string>();
  }
  return out;
}

std::vector<std::string> summary(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) {
    out.push_back(text::cat(severity_name(d.severity), " ", d.line, ":", d.column, " ", d.code));
  }
  return out;
}

void check_row(const Json& row) {
  const std::string markdown = lines_of(row.at("markdown"));
  const std::string path(json::string_at(row, "path").value_or("tests/x.md"));
  Source source{markdown, path};
  const std::optional<std::string_view> sidecar = json::string_at(row, "sidecar");
  if (sidecar) source.sidecar = *sidecar;
  const Parsed parsed = parse(source);
  const Result<Json> document = json::parse(to_json(parsed));
  ASSERT_TRUE(document) << document.error().message;
  Json actual = *document;
  actual["seed_json"] = parsed.scenario.seed.json;
  EXPECT_EQ(difference(row.at("expect"), actual, ""), "");
  std::vector<std::string> expected;
  for (const Json& line : json::at(row, "diagnostics")) expected.push_back(line.get<std::string>());
  EXPECT_EQ(summary(parsed.diagnostics), expected);
  if (row.contains("import")) {
    EXPECT_EQ(rewrite(markdown).markdown, lines_of(row.at("import")));
  }
  EXPECT_EQ(parsed.ok(), !has_errors(parsed.diagnostics));
  for (const Diagnostic& d : parsed.diagnostics) {
    EXPECT_FALSE(d.message.empty());
    EXPECT_FALSE(d.hint.empty()) << d.code;
  }
}

TEST(ScenarioRows, All) {
  std::size_t count = 0;
  for (const std::string& file : test::list_files("tests/data/scenario", ".json")) {
    if (file.ends_with("/yaml.json")) continue;
    for (const Json& row : test::read_json(file)) {
      SCOPED_TRACE(file + ": " + row.at("name").get<std::string>());
      check_row(row);
      ++count;
    }
  }
  EXPECT_GT(count, 100U);
}

TEST(ScenarioRows, TheShippedScenariosAreClean) {
  const std::vector<std::string> sidecars = test::list_files("scenarios", ".seed.json");
  for (const std::string& file : test::list_files("scenarios", ".md")) {
    if (file == "scenarios/CRITERIA.md") continue;  // the language, not a scenario
    SCOPED_TRACE(file);
    const std::string markdown = test::read_file(file);
    const std::string sidecar_name = file.substr(0, file.size() - 3) + ".seed.json";
    std::string sidecar;
    Source source{markdown, file};
    if (std::find(sidecars.begin(), sidecars.end(), sidecar_name) != sidecars.end()) {
      sidecar = test::read_file(sidecar_name);
      source.sidecar = sidecar;
    }
    const Parsed parsed = parse(source);
    EXPECT_EQ(summary(parsed.diagnostics), std::vector<std::string>());
    EXPECT_FALSE(parsed.scenario.title.empty());
  }
}

}  // namespace
}  // namespace pome::scenario
