#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/proof/prove.h"
#include "tools/cli/scenario_input.h"

/// The recorded solutions beside a scenario: `<path minus .md>.solution.json` and `.bad.json`.
namespace pome::cli {

std::string solution_path_of(const std::string& scenario_path);
std::string bad_solution_path_of(const std::string& scenario_path);

/// Reads a solution; nothing when there is no such file. Fails with `usage`, naming file and line.
Result<std::optional<proof::Solution>> load_solution(const std::string& path);

/// Warnings of a scenario without errors whose recorded solution does not prove it; nothing where none is recorded.
std::vector<LocatedDiagnostic> proof_warnings(const ScenarioInput& input);

/// Proves a scenario with the solutions beside it, or with `solution_path` where one is given. Nothing when no solution
/// is recorded. Fails with `usage` when one cannot be read.
Result<std::optional<proof::Proof>> prove_scenario(const ScenarioInput& input, const std::string& solution_path = {});

}  // namespace pome::cli
