#include "tools/cli/proof_input.h"

#include "core/base/text.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

std::string beside(const std::string& scenario_path, std::string_view ending) {
  constexpr std::string_view kMarkdown = ".md";
  const bool markdown = scenario_path.size() > kMarkdown.size() &&
                        text::equals_ignore_case(
                            std::string_view(scenario_path).substr(scenario_path.size() - kMarkdown.size()), kMarkdown);
  return text::cat(std::string_view(scenario_path).substr(0, scenario_path.size() - (markdown ? kMarkdown.size() : 0)),
                   ending);
}

}  // namespace

std::string solution_path_of(const std::string& scenario_path) { return beside(scenario_path, ".solution.json"); }
std::string bad_solution_path_of(const std::string& scenario_path) { return beside(scenario_path, ".bad.json"); }

Result<std::optional<proof::Solution>> load_solution(const std::string& path) {
  if (!system::is_file(path)) return std::optional<proof::Solution>();
  auto text = system::read_file(path, proof::kMaxSolutionBytes);
  if (!text) return fail("usage", text.error().message, path);
  auto solution = proof::read_solution(*text);
  if (!solution) return fail("usage", text::cat(path, ": ", solution.error().message), path);
  return std::optional<proof::Solution>(std::move(solution).value());
}

Result<std::optional<proof::Proof>> prove_scenario(const ScenarioInput& input, const std::string& solution_path) {
  POME_TRY(const auto solution, load_solution(solution_path.empty() ? solution_path_of(input.path) : solution_path));
  if (!solution) return std::optional<proof::Proof>();
  POME_TRY(const auto bad, load_solution(bad_solution_path_of(input.path)));
  return std::optional<proof::Proof>(proof::prove(input.scenario, *solution, bad ? &*bad : nullptr));
}

std::vector<LocatedDiagnostic> proof_warnings(const ScenarioInput& input) {
  std::vector<LocatedDiagnostic> warnings;
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = "not-proven";
  const auto proof = prove_scenario(input);
  if (!proof) {
    warning.message = proof.error().message;
    return {{input.path, warning}};
  }
  if (!*proof) return warnings;
  warning.hint = text::cat("`pome prove ", input.path, "` shows the whole proof.");
  for (const proof::Problem& problem : (*proof)->problems) {
    Diagnostic one = warning;
    one.message = problem.message;
    if (problem.criterion) {
      const scenario::Criterion& criterion = (*proof)->criteria[*problem.criterion].criterion;
      one.line = criterion.line;
      one.column = criterion.column;
    }
    warnings.push_back({input.path, std::move(one)});
  }
  return warnings;
}

}  // namespace pome::cli
