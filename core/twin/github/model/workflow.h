#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

/// Workflows of a repository. The twin executes none: the seed scripts how their runs end.
namespace pome::twin::github::model {

enum class WorkflowState { active, deleted, disabled_fork, disabled_inactivity, disabled_manually };
std::string_view workflow_state_name(WorkflowState state);

enum class RunStatus { queued, in_progress, completed, waiting, requested, pending };
std::string_view run_status_name(RunStatus status);
std::optional<RunStatus> run_status_from(std::string_view word);

/// `none` until a run is completed.
enum class Conclusion {
  none,
  success,
  failure,
  neutral,
  cancelled,
  skipped,
  timed_out,
  action_required,
};
std::string_view conclusion_name(Conclusion conclusion);  ///< "timed_out"; "" for none
std::optional<Conclusion> conclusion_from(std::string_view word);
/// What re-running failed jobs picks: failure, cancelled, timed_out.
bool is_failed(Conclusion conclusion);

struct JobStep {
  std::string name;
  Conclusion conclusion = Conclusion::success;
};

/// How one job of a run goes.
struct JobScript {
  std::string name;
  Conclusion conclusion = Conclusion::success;
  std::string runs_on;
  Time seconds = 1;  ///< how long it takes
  std::vector<JobStep> steps;
  std::string log;  ///< empty: the steps, line by line
};

struct ArtifactScript {
  std::string name;
  std::string content;  ///< of the one file in it, which has the artifact's name
  bool expired = false;
};

/// How a run goes.
struct RunScript {
  RunStatus status = RunStatus::completed;  ///< where the run stops
  Conclusion conclusion = Conclusion::success;
  std::vector<JobScript> jobs;
  std::vector<ArtifactScript> artifacts;
};

/// One input of the workflow_dispatch trigger.
struct WorkflowInput {
  std::string name;
  std::string type;  ///< string, boolean, choice, number, environment
  bool required = false;
  std::optional<std::string> fallback;  ///< its default
  std::vector<std::string> options;     ///< of a choice
};

struct Workflow {
  Id repo = 0;
  Id id = 0;
  std::string name;
  std::string path;  ///< ".github/workflows/ci.yml"
  WorkflowState state = WorkflowState::active;
  std::vector<std::string> triggers;  ///< "push", "workflow_dispatch"
  std::vector<WorkflowInput> inputs;
  std::optional<RunScript> outcome;  ///< of every run to come; nothing: as the run before, or one job that succeeds
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  static const RowKind kind;
};
using WorkflowPtr = std::shared_ptr<const Workflow>;

/// "ci.yml".
std::string_view file_name(const Workflow& workflow);
WorkflowPtr find_workflow(const World& world, Id repo, Id id);
/// By id or by file name, as GitHub's paths allow.
WorkflowPtr find_workflow(const World& world, Id repo, std::string_view id_or_file);

void export_workflows(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "workflows", with their runs.
void seed_workflows(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
