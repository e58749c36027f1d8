#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/workflow.h"

namespace pome::twin::github::model {

struct WorkflowRun {
  Id repo = 0;
  Id id = 0;
  Id workflow = 0;
  Id number = 0;   ///< counts within its workflow
  Id attempt = 1;  ///< re-runs count it up
  Id check_suite = 0;
  std::string title;
  std::string event;
  RunStatus status = RunStatus::completed;
  Conclusion conclusion = Conclusion::none;
  std::string branch;
  git::ObjectId head;
  std::string actor;             ///< who started the first attempt
  std::string triggering_actor;  ///< who started this one
  bool has_logs = true;
  Time created_at = 0;
  Time started_at = 0;  ///< of this attempt
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  static const RowKind kind;
};
using WorkflowRunPtr = std::shared_ptr<const WorkflowRun>;

/// A job of one attempt of a run. Jobs of earlier attempts stay.
struct WorkflowJob {
  Id repo = 0;
  Id id = 0;
  Id run = 0;
  Id attempt = 1;
  RunStatus status = RunStatus::completed;
  JobScript script;
  Time created_at = 0;
  Time started_at = 0;
  std::optional<Time> completed_at;

  NumberKey key() const { return {repo, id}; }
  /// `none` while it runs.
  Conclusion conclusion() const { return completed_at ? script.conclusion : Conclusion::none; }
  static const RowKind kind;
};
using WorkflowJobPtr = std::shared_ptr<const WorkflowJob>;

struct Artifact {
  Id repo = 0;
  Id id = 0;
  Id run = 0;
  std::string name;
  std::string content;
  bool expired = false;
  Time created_at = 0;

  static constexpr Time kLife = Time{90} * 24 * 60 * 60;  ///< seconds until GitHub drops it

  NumberKey key() const { return {repo, id}; }
  static const RowKind kind;
};
using ArtifactPtr = std::shared_ptr<const Artifact>;

WorkflowRunPtr find_workflow_run(const World& world, Id repo, Id id);
WorkflowJobPtr find_workflow_job(const World& world, Id repo, Id id);
ArtifactPtr find_artifact(const World& world, Id repo, Id id);
/// Newest first.
std::vector<WorkflowRunPtr> workflow_runs_of(const World& world, Id repo);
/// Of one attempt, or of all (0), in the order they were made.
std::vector<WorkflowJobPtr> jobs_of(const World& world, const WorkflowRun& run, Id attempt);
std::vector<ArtifactPtr> artifacts_of(const World& world, const WorkflowRun& run);
/// What a job printed: the scripted text, or its steps.
std::string log_of(const WorkflowJob& job);

using InputValues = std::vector<std::pair<std::string, std::string>>;

/// actions/create-workflow-dispatch. Needs push. Refuses a workflow that is disabled or has no such trigger, inputs it
/// does not declare, required ones left out, values outside of a choice, and a ref that names neither branch nor tag.
Ruling<WorkflowRunPtr> dispatch_workflow(Action& action, const Workflow& workflow, std::string_view ref,
                                         const InputValues& inputs);

enum class Rerun { all, failed, job };
/// actions/re-run-workflow, -failed-jobs, -job-for-workflow-run. Needs push. The jobs that are not run again are copied
/// into the new attempt. Refuses a run that has not completed. `job` counts with Rerun::job.
Ruling<WorkflowRunPtr> rerun_workflow(Action& action, Id repo, Id run, Rerun what, Id job = 0);

/// actions/cancel-workflow-run: refuses a completed run. actions/delete-workflow-run: takes jobs and artifacts along.
/// actions/delete-workflow-run-logs. Need push.
Refused cancel_workflow_run(Action& action, Id repo, Id run);
Refused delete_workflow_run(Action& action, Id repo, Id run);
Refused delete_workflow_run_logs(Action& action, Id repo, Id run);

/// A run's jobs and artifacts as its script says; also used by the seed.
void perform_run(Action& action, WorkflowRun run, const RunScript& script);

void export_workflow_runs(JsonWriter& out, const World& world, const Repository& repo);
void export_workflow_jobs(JsonWriter& out, const World& world, const Repository& repo);
void export_artifacts(JsonWriter& out, const World& world, const Repository& repo);

}  // namespace pome::twin::github::model
