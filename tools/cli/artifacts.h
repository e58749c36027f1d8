#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/redact/redact.h"
#include "tools/cli/scenario_input.h"

/// A run on disk: `<artifacts-dir>/<slug>/<run_id>/`, and `<artifacts-dir>/latest.json` naming the newest.
namespace pome::cli {

struct RunMeta {
  std::string run_id;
  std::string mode;             ///< "self-host" or "hosted"
  std::int64_t started_ms = 0;  ///< epoch
  std::int64_t completed_ms = 0;
  std::optional<int> agent_exit_code;  ///< nothing when it was ended by a signal or the timeout
  std::string stop_reason;  ///< as eval::stop_reason_name; "preflight_failed" or "interrupted" when it was not scored
  std::string agent_command;
  std::string agent_source;
  std::string agent_model;
  std::uint64_t calls = 0;
  std::string dashboard_url;
  std::string summary;
};

/// The run's documents as they came, secrets included; empty = not there.
struct RunDocuments {
  std::string events;  ///< JSON array
  std::string state_initial;
  std::string state_final;
  std::string report;
  std::string judge;  ///< judge.json, when a judge was asked
  std::string stdout_text;
  std::string stderr_text;
};

/// The tape as NDJSON lines, each row with the `kind`, `event_id` and `parent_id` that stored rows carry.
Result<std::string> events_ndjson(std::string_view events_array);

/// Redacts and writes everything. Every file appears whole or not at all; meta.json comes last.
Result<void> write_artifacts(const std::string& folder, const ScenarioInput& input, const RunMeta& meta,
                             const RunDocuments& documents, const redact::Redactor& redactor);

Result<void> write_latest(const std::string& artifacts_dir, const std::string& run_dir, const RunMeta& meta,
                          const std::string& slug);

/// The folder of a stored run, from a path, a run id, or "latest". Fails with `usage`.
Result<std::string> find_run(const std::string& artifacts_dir, const std::string& wanted);

/// The `summary` an agent printed: stdout as one JSON object, else the last line that is one. Empty when there is none.
std::string summary_of(std::string_view agent_stdout);

}  // namespace pome::cli
