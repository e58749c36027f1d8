#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/eval/evaluate.h"
#include "tools/cli/agent_command.h"
#include "tools/cli/agent_env.h"
#include "tools/cli/judge_client.h"
#include "tools/cli/scenario_input.h"
#include "tools/cli/terminal.h"
#include "tools/cli/twin_host.h"

/// One scenario from session to verdict, in either home.
namespace pome::cli {

struct RunPlan {
  AgentCommand agent;
  std::string agent_model = "unknown";
  std::string artifacts_dir = "runs";
  std::optional<std::int64_t> timeout_seconds;  ///< instead of the scenario's
  Variables own_environment;
  std::vector<std::string> secrets;         ///< known values that reach no stored document
  std::optional<JudgeSettings> judge = {};  ///< nothing: judged lines stay ungraded, and nothing is sent
};

struct RunOutcome {
  std::string file;
  std::string slug;
  std::string title;
  std::string mode;
  std::string run_id;
  int exit_code = 0;
  std::optional<Error> error;          ///< why there is no verdict, or why it could not be kept
  std::optional<eval::Report> report;  ///< redacted
  std::string report_json;             ///< redacted; empty without a report
  std::string artifacts_dir;
  std::string dashboard_url;
  std::string agent_end;  ///< "exited with code 0"
  std::string agent_summary;
  std::string agent_stderr_tail;  ///< the last lines, only when the agent failed
  std::int64_t duration_ms = 0;
  std::uint64_t calls = 0;
  std::vector<std::string> notes;
};

/// Never fails: what went wrong is in the outcome. Whatever happens, the session is closed.
RunOutcome run_scenario(const ScenarioInput& input, const RunPlan& plan, TwinHost& host, Environment& environment,
                        Progress& progress);

/// The exit code of a verdict.
int exit_code_of(const eval::Report& report);

}  // namespace pome::cli
