#pragma once
#include <string>
#include <vector>

#include "core/eval/evaluate.h"
#include "tools/cli/run_scenario.h"
#include "tools/cli/scenario_input.h"
#include "tools/cli/terminal.h"
#include "tools/cli/trials.h"

/// How results look, for people and for programs.
namespace pome::cli {

/// Headline, score, one line a criterion with mark and reason, gaps. Ends with a newline.
std::string render_report(const eval::Report& report, const Paint& paint);
/// A run: its report, or why there is none; how the agent ended; where everything is.
std::string render_outcome(const RunOutcome& outcome, const Paint& paint);

/// `{"version":1,"command":"run","exit_code":N,"runs":[...]}`, and `groups` when there are any; see docs in
/// `pome run --help`.
std::string outcomes_json(const std::vector<RunOutcome>& outcomes, const std::vector<GroupOutcome>& groups,
                          int exit_code);

/// "file:line:column: error: message [code]" and the hint on the next line. Ends with a newline.
std::string render_diagnostics(const std::vector<LocatedDiagnostic>& diagnostics, const Paint& paint);

}  // namespace pome::cli
