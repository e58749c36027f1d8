#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

/// Scenario files as commands take them: found, read and checked in every respect before anything runs.
namespace pome::cli {

/// One problem with the file it is in (the scenario or its sidecar).
struct LocatedDiagnostic {
  std::string file;
  Diagnostic diagnostic;
};

struct ScenarioInput {
  std::string path;
  std::string markdown;
  std::optional<std::string> sidecar;  ///< content of `<path minus .md>.seed.json`
  std::string sidecar_path;
  scenario::Scenario scenario;
  std::vector<LocatedDiagnostic> diagnostics;  ///< of the language, the seed, the twins and the criteria; by position

  bool has_errors() const;
  /// Whether every error is a `[D]` line that no vocabulary row claims (what --allow-ungraded lets pass).
  bool only_ungraded() const;
};

/// Files stay; a folder becomes its `*.md` files by name (not below it), without documents such as README.md, whose
/// names are in capitals. Fails with `usage` for a path that does not exist and for a folder without scenarios.
Result<std::vector<std::string>> find_scenarios(const std::vector<std::string>& paths);

/// Reads and checks one file. Fails with `usage` only when it cannot be read.
Result<ScenarioInput> load_scenario(const std::string& path);

}  // namespace pome::cli
