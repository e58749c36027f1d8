#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/eval/evaluate.h"
#include "tests/support/data.h"

namespace pome::eval {
namespace {

struct Shipped {
  std::string path;
  scenario::Parsed parsed;
};

std::vector<Shipped> shipped_scenarios() {
  std::vector<Shipped> all;
  const std::vector<std::string> seeds = test::list_files("scenarios", ".seed.json");
  for (const std::string& path : test::list_files("scenarios", ".md")) {
    const std::string markdown = test::read_file(path);
    const std::string sidecar_path = path.substr(0, path.size() - 3) + ".seed.json";
    std::optional<std::string> sidecar;
    if (std::find(seeds.begin(), seeds.end(), sidecar_path) != seeds.end()) sidecar = test::read_file(sidecar_path);
    scenario::Source source;
    source.markdown = markdown;
    source.path = path;
    if (sidecar) source.sidecar = *sidecar;
    all.push_back({path, scenario::parse(source)});
  }
  return all;
}

TEST(Scenarios, ParseWithoutProblemsAndBindEveryDeterministicLine) {
  for (const Shipped& shipped : shipped_scenarios()) {
    SCOPED_TRACE(shipped.path);
    for (const Diagnostic& diagnostic : shipped.parsed.diagnostics)
      ADD_FAILURE() << diagnostic.line << ": " << diagnostic.message;
    for (const Diagnostic& diagnostic : check_criteria(shipped.parsed.scenario)) {
      ADD_FAILURE() << diagnostic.line << ": " << diagnostic.message << ' ' << diagnostic.hint;
    }
    EXPECT_FALSE(shipped.parsed.scenario.criteria.empty());
    EXPECT_NE(shipped.parsed.scenario.config.scenario_class, scenario::ScenarioClass::unspecified);
  }
}

}  // namespace
}  // namespace pome::eval
