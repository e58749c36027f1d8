#include "tools/cli/scenario_input.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "core/base/text.h"
#include "core/eval/evaluate.h"
#include "core/twin/github/model/seed.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxScenarioBytes = std::size_t{4} << 20;
/// Lines that stand for nothing this build can check.
constexpr std::array<std::string_view, 2> kUngraded = {"criterion-unbound", "criterion-other-service"};

std::string sidecar_path_of(const std::string& path) {
  const bool markdown =
      path.size() >= 3 && text::equals_ignore_case(std::string_view(path).substr(path.size() - 3), ".md");
  return (markdown ? path.substr(0, path.size() - 3) : path) + ".seed.json";
}

/// README.md, CRITERIA.md: documents beside scenarios are named in capitals.
bool is_document(const std::string& stem) {
  return std::none_of(stem.begin(), stem.end(), [](char c) { return text::is_digit(c) || (c >= 'a' && c <= 'z'); });
}

Result<std::vector<std::string>> scenarios_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".md" && !is_document(entry.path().stem().string()) &&
        system::is_file(entry.path().string()))
      found.push_back(entry.path().string());
  }
  if (error) return fail("usage", text::cat("Cannot list ", folder, ": ", error.message(), "."), folder);
  if (found.empty()) return fail("usage", text::cat("There is no scenario (*.md) in ", folder, "."), folder);
  std::sort(found.begin(), found.end());
  return found;
}

void add(ScenarioInput& input, const std::string& file, const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) input.diagnostics.push_back({file, diagnostic});
}

/// The seed's own problems, moved to where its JSON stands.
void check_seed(ScenarioInput& input) {
  const scenario::Seed& seed = input.scenario.seed;
  if (seed.source == scenario::SeedSource::twin_default || seed.json.empty()) return;
  Diagnostics problems = twin::github::model::build_world(seed.json).diagnostics;
  for (Diagnostic& problem : problems) problem.line += seed.line - 1;
  add(input, seed.source == scenario::SeedSource::sidecar ? input.sidecar_path : input.path, problems);
}

}  // namespace

bool ScenarioInput::has_errors() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const auto& located) { return located.diagnostic.severity == Severity::error; });
}

bool ScenarioInput::only_ungraded() const {
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const auto& located) {
    return located.diagnostic.severity != Severity::error ||
           std::find(kUngraded.begin(), kUngraded.end(), located.diagnostic.code) != kUngraded.end();
  });
}

Result<std::vector<std::string>> find_scenarios(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (system::is_folder(path)) {
      POME_TRY(const auto found, scenarios_in(path));
      files.insert(files.end(), found.begin(), found.end());
    } else if (system::is_file(path)) {
      files.push_back(path);
    } else {
      return fail("usage", text::cat("There is no scenario file or folder ", path, "."), path);
    }
  }
  return files;
}

Result<ScenarioInput> load_scenario(const std::string& path) {
  ScenarioInput input;
  input.path = path;
  input.sidecar_path = sidecar_path_of(path);
  auto markdown = system::read_file(path, kMaxScenarioBytes);
  if (!markdown) return fail("usage", markdown.error().message, path);
  input.markdown = std::move(markdown).value();
  if (system::is_file(input.sidecar_path)) {
    auto sidecar = system::read_file(input.sidecar_path);
    if (!sidecar) return fail("usage", sidecar.error().message, input.sidecar_path);
    input.sidecar = std::move(sidecar).value();
  }

  scenario::Source source{input.markdown, input.path};
  if (input.sidecar) source.sidecar = *input.sidecar;
  scenario::Parsed parsed = scenario::parse(source);
  for (const Diagnostic& problem : parsed.diagnostics) {
    input.diagnostics.push_back({problem.code == "bad-sidecar" ? input.sidecar_path : input.path, problem});
  }
  input.scenario = std::move(parsed.scenario);
  add(input, input.path, eval::check_criteria(input.scenario));
  check_seed(input);
  std::stable_sort(input.diagnostics.begin(), input.diagnostics.end(), [&](const auto& a, const auto& b) {
    if ((a.file == input.path) != (b.file == input.path)) return a.file == input.path;
    if (a.diagnostic.line != b.diagnostic.line) return a.diagnostic.line < b.diagnostic.line;
    return a.diagnostic.column < b.diagnostic.column;
  });
  return input;
}

}  // namespace pome::cli
