#include "core/twin/github/model/workflow_run.h"

#include <algorithm>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_run(JsonWriter& out, const World& world, const WorkflowRun& row) {
  const WorkflowPtr workflow = find_workflow(world, row.repo, row.workflow);
  out.field("id", row.id).field("workflow_id", row.workflow).field("workflow", workflow ? workflow->name : "");
  out.field("run_number", row.number).field("run_attempt", row.attempt).field("title", row.title);
  out.field("event", row.event).field("status", run_status_name(row.status));
  out.field("conclusion", or_null(conclusion_name(row.conclusion)));
  out.field("head_branch", row.branch).field("head_sha", row.head.hex()).field("actor_login", row.actor);
  out.field("triggering_actor_login", row.triggering_actor).field("has_logs", row.has_logs);
  times(out, row.created_at, row.updated_at);
}

void write_job(JsonWriter& out, const World&, const WorkflowJob& row) {
  out.field("id", row.id).field("run_id", row.run).field("run_attempt", row.attempt).field("name", row.script.name);
  out.field("status", run_status_name(row.status)).field("conclusion", or_null(conclusion_name(row.conclusion())));
  time_field(out, "started_at", row.started_at);
  time_field(out, "completed_at", row.completed_at);
}

void write_artifact(JsonWriter& out, const World&, const Artifact& row) {
  out.field("id", row.id).field("run_id", row.run).field("name", row.name).field("expired", row.expired);
  time_field(out, "created_at", row.created_at);
}

Refused check_push(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::write ? forbidden() : std::nullopt;
}

Refused check_value(const WorkflowInput& input, const std::string& value) {
  if (input.type == "boolean" && value != "true" && value != "false") {
    return unprocessable(text::cat("Provided value '", value, "' for input '", input.name, "' is not a boolean"));
  }
  if (input.type == "number" && !text::to_integer(value)) {
    return unprocessable(text::cat("Provided value '", value, "' for input '", input.name, "' is not a number"));
  }
  const bool listed = std::find(input.options.begin(), input.options.end(), value) != input.options.end();
  if (input.type != "choice" || listed) return std::nullopt;
  return unprocessable(
      text::cat("Provided value '", value, "' for input '", input.name, "' not in the list of allowed values"));
}

Refused check_inputs(const Workflow& workflow, const InputValues& values) {
  std::string unexpected;
  for (const auto& value : values) {
    const auto declared = std::find_if(workflow.inputs.begin(), workflow.inputs.end(),
                                       [&](const WorkflowInput& input) { return input.name == value.first; });
    if (declared == workflow.inputs.end()) {
      text::append(unexpected, unexpected.empty() ? "\"" : ", \"", value.first, "\"");
    } else if (Refused refused = check_value(*declared, value.second)) {
      return refused;
    }
  }
  if (!unexpected.empty()) return unprocessable(text::cat("Unexpected inputs provided: [", unexpected, "]"));
  for (const WorkflowInput& input : workflow.inputs) {
    const bool given =
        std::any_of(values.begin(), values.end(), [&](const auto& value) { return value.first == input.name; });
    if (input.required && !input.fallback && !given) {
      return unprocessable(text::cat("Required input '", input.name, "' not provided"));
    }
  }
  return std::nullopt;
}

/// The branch or tag that `written` means, short or in full; nullptr when there is none.
RefPtr find_named_ref(const World& world, Id repo, std::string_view written) {
  if (RefPtr exact = find_ref(world, repo, written)) return exact;
  if (RefPtr branch = find_branch(world, repo, written)) return branch;
  return find_ref(world, repo, text::cat(kTags, written));
}

std::string short_name(const Ref& ref) {
  const std::string_view name = ref.name;
  return std::string(name.substr((name.substr(0, kHeads.size()) == kHeads ? kHeads : kTags).size()));
}

WorkflowJob make_job(World& world, const WorkflowRun& run, const JobScript& script) {
  WorkflowJob job;
  job.repo = run.repo;
  job.id = ++world.counters.job;
  job.run = run.id;
  job.attempt = run.attempt;
  job.status = run.status;
  job.script = script;
  job.created_at = job.started_at = run.started_at;
  if (run.status == RunStatus::completed) job.completed_at = job.started_at + script.seconds;
  return job;
}

void put_artifact(Action& action, const WorkflowRun& run, const ArtifactScript& script) {
  Artifact artifact;
  artifact.repo = run.repo;
  artifact.id = ++action.world.counters.artifact;
  artifact.run = run.id;
  artifact.name = script.name;
  artifact.content = script.content;
  artifact.expired = script.expired;
  artifact.created_at = run.started_at;
  put(action, std::move(artifact), Cause::followed);
}

/// What a run without a script does.
RunScript plain_script() {
  RunScript script;
  JobScript job;
  job.name = "build";
  job.runs_on = "ubuntu-latest";
  job.steps = {{"Set up job", Conclusion::success}, {"Complete job", Conclusion::success}};
  script.jobs.push_back(std::move(job));
  return script;
}

/// The worst of the jobs: a failure, else a cancellation, else success.
Conclusion conclusion_of(const std::vector<JobScript>& jobs) {
  Conclusion out = Conclusion::success;
  for (const JobScript& job : jobs) {
    if (job.conclusion == Conclusion::failure || job.conclusion == Conclusion::timed_out) return Conclusion::failure;
    if (job.conclusion == Conclusion::cancelled) out = Conclusion::cancelled;
  }
  return out;
}

const JobScript* find_job(const std::optional<RunScript>& script, std::string_view name) {
  if (!script) return nullptr;
  for (const JobScript& job : script->jobs) {
    if (job.name == name) return &job;
  }
  return nullptr;
}

struct RerunPlan {
  RunScript script;
  bool runs_any = false;
};

RerunPlan plan_rerun(const World& world, const WorkflowRun& run, const Workflow& workflow, Rerun what, Id only) {
  RerunPlan plan;
  plan.script.conclusion = Conclusion::none;
  if (what == Rerun::all && workflow.outcome) return {*workflow.outcome, true};
  if (workflow.outcome) plan.script.status = workflow.outcome->status;
  for (const WorkflowJobPtr& job : jobs_of(world, run, run.attempt)) {
    const bool again = what == Rerun::all || (what == Rerun::job ? job->id == only : is_failed(job->script.conclusion));
    const JobScript* fresh = again ? find_job(workflow.outcome, job->script.name) : nullptr;
    plan.script.jobs.push_back(fresh ? *fresh : job->script);
    plan.runs_any = plan.runs_any || again;
  }
  plan.script.conclusion = conclusion_of(plan.script.jobs);
  return plan;
}

}  // namespace

const RowKind WorkflowRun::kind = row_kind<&World::workflow_runs, write_run>("workflow_run");
const RowKind WorkflowJob::kind = row_kind<&World::workflow_jobs, write_job>("workflow_job");
const RowKind Artifact::kind = row_kind<&World::artifacts, write_artifact>("artifact");

WorkflowRunPtr find_workflow_run(const World& world, Id repo, Id id) {
  return world.workflow_runs.get(NumberKey{repo, id});
}

WorkflowJobPtr find_workflow_job(const World& world, Id repo, Id id) {
  return world.workflow_jobs.get(NumberKey{repo, id});
}

ArtifactPtr find_artifact(const World& world, Id repo, Id id) { return world.artifacts.get(NumberKey{repo, id}); }

std::vector<WorkflowRunPtr> workflow_runs_of(const World& world, Id repo) {
  std::vector<WorkflowRunPtr> out;
  for (const auto& entry : rows_of(world.workflow_runs, repo)) out.push_back(entry.row);
  sort_stably(out, [](const WorkflowRunPtr& a, const WorkflowRunPtr& b) {
    return a->created_at != b->created_at ? a->created_at > b->created_at : a->id > b->id;
  });
  return out;
}

std::vector<WorkflowJobPtr> jobs_of(const World& world, const WorkflowRun& run, Id attempt) {
  std::vector<WorkflowJobPtr> out;
  for (const auto& entry : rows_of(world.workflow_jobs, run.repo)) {
    if (entry.row->run == run.id && (attempt == 0 || entry.row->attempt == attempt)) out.push_back(entry.row);
  }
  return out;
}

std::vector<ArtifactPtr> artifacts_of(const World& world, const WorkflowRun& run) {
  std::vector<ArtifactPtr> out;
  for (const auto& entry : rows_of(world.artifacts, run.repo)) {
    if (entry.row->run == run.id) out.push_back(entry.row);
  }
  return out;
}

std::string log_of(const WorkflowJob& job) {
  if (!job.script.log.empty()) return job.script.log;
  std::string out;
  for (const JobStep& step : job.script.steps) {
    const std::string at = time::iso8601_millis(job.started_at * 1000);
    text::append(out, at, " ##[group]", step.name, "\n", at, " ##[endgroup]\n");
    if (step.conclusion == Conclusion::failure)
      text::append(out, at, " ##[error]Process completed with exit code 1.\n");
  }
  return out;
}

void perform_run(Action& action, WorkflowRun run, const RunScript& script) {
  run.status = script.status;
  run.conclusion = run.status == RunStatus::completed ? script.conclusion : Conclusion::none;
  run.updated_at = run.started_at;
  std::vector<WorkflowJob> jobs;
  for (const JobScript& job : script.jobs) {
    jobs.push_back(make_job(action.world, run, job));
    run.updated_at = std::max(run.updated_at, jobs.back().completed_at.value_or(run.started_at));
  }
  const WorkflowRunPtr stored = put(action, std::move(run));
  for (WorkflowJob& job : jobs) put(action, std::move(job), Cause::followed);
  if (stored->status != RunStatus::completed) return;
  for (const ArtifactScript& artifact : script.artifacts) put_artifact(action, *stored, artifact);
}

Ruling<WorkflowRunPtr> dispatch_workflow(Action& action, const Workflow& workflow, std::string_view ref,
                                         const InputValues& inputs) {
  World& world = action.world;
  if (const Refused refused = check_push(action, workflow.repo)) return refused;
  const RefPtr target = find_named_ref(world, workflow.repo, ref);
  if (!target) return unprocessable(text::cat("No ref found for: ", ref));
  if (workflow.state != WorkflowState::active) {
    return unprocessable("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  }
  const auto& triggers = workflow.triggers;
  if (std::find(triggers.begin(), triggers.end(), "workflow_dispatch") == triggers.end()) {
    return unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  }
  if (const Refused refused = check_inputs(workflow, inputs)) return refused;
  WorkflowRun run;
  run.repo = workflow.repo;
  run.created_at = run.started_at = begin_mutation(action);
  run.id = ++world.counters.workflow_run;
  run.check_suite = ++world.counters.check_suite;
  run.workflow = workflow.id;
  for (const auto& entry : rows_of(world.workflow_runs, workflow.repo)) {
    if (entry.row->workflow == workflow.id) run.number = std::max(run.number, entry.row->number);
  }
  ++run.number;
  run.title = workflow.name;
  run.event = "workflow_dispatch";
  run.branch = short_name(*target);
  run.head = target->target;
  run.actor = run.triggering_actor = user_or_stranger(world, action.actor)->login;
  const Id id = run.id;
  perform_run(action, std::move(run), workflow.outcome ? *workflow.outcome : plain_script());
  return find_workflow_run(world, workflow.repo, id);
}

Ruling<WorkflowRunPtr> rerun_workflow(Action& action, Id repo, Id run, Rerun what, Id job) {
  World& world = action.world;
  if (const Refused refused = check_push(action, repo)) return refused;
  const WorkflowRunPtr current = find_workflow_run(world, repo, run);
  const WorkflowPtr workflow = current ? find_workflow(world, repo, current->workflow) : nullptr;
  if (!workflow) return not_found();
  if (current->status != RunStatus::completed) return forbidden("This workflow is already running");
  RerunPlan plan = plan_rerun(world, *current, *workflow, what, job);
  if (!plan.runs_any) return forbidden("This workflow run cannot be retried");
  WorkflowRun next = *current;
  next.started_at = begin_mutation(action);
  ++next.attempt;
  next.has_logs = true;
  next.triggering_actor = user_or_stranger(world, action.actor)->login;
  perform_run(action, std::move(next), plan.script);
  return find_workflow_run(world, repo, run);
}

Refused cancel_workflow_run(Action& action, Id repo, Id run) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const WorkflowRunPtr current = find_workflow_run(action.world, repo, run);
  if (!current) return not_found();
  if (current->status == RunStatus::completed) {
    return conflict("Cannot cancel a workflow run that is completed.");
  }
  WorkflowRun next = *current;
  next.updated_at = begin_mutation(action);
  next.status = RunStatus::completed;
  next.conclusion = Conclusion::cancelled;
  const WorkflowRunPtr stored = put(action, std::move(next));
  for (const WorkflowJobPtr& job : jobs_of(action.world, *stored, stored->attempt)) {
    WorkflowJob ended = *job;
    ended.status = RunStatus::completed;
    ended.script.conclusion = Conclusion::cancelled;
    ended.completed_at = stored->updated_at;
    put(action, std::move(ended), Cause::followed);
  }
  return std::nullopt;
}

Refused delete_workflow_run(Action& action, Id repo, Id run) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const WorkflowRunPtr current = find_workflow_run(action.world, repo, run);
  if (!current) return not_found();
  if (current->status != RunStatus::completed) return forbidden("Could not delete the workflow run");
  begin_mutation(action);
  for (const WorkflowJobPtr& job : jobs_of(action.world, *current, 0)) erase(action, job, Cause::followed);
  for (const ArtifactPtr& artifact : artifacts_of(action.world, *current)) erase(action, artifact, Cause::followed);
  erase(action, current);
  return std::nullopt;
}

Refused delete_workflow_run_logs(Action& action, Id repo, Id run) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const WorkflowRunPtr current = find_workflow_run(action.world, repo, run);
  if (!current) return not_found();
  if (current->status != RunStatus::completed) return forbidden("Can not delete logs while the workflow is running");
  WorkflowRun next = *current;
  next.updated_at = begin_mutation(action);
  next.has_logs = false;
  put(action, std::move(next));
  return std::nullopt;
}

void export_workflow_runs(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.workflow_runs);
}

void export_workflow_jobs(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.workflow_jobs);
}

void export_artifacts(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.artifacts);
}

}  // namespace pome::twin::github::model
