#include <algorithm>
#include <utility>

#include "core/twin/github/rest/date_range.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/workflow_shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kRerun[] = {optional("enable_debug_logging", Type::flag)};

struct RunFilter {
  std::string_view actor;
  std::string_view branch;
  std::string_view event;
  std::string_view status;  ///< a status or a conclusion
  std::string_view head_sha;
  std::optional<model::Id> check_suite;
  DateRange created;
};

std::optional<RunFilter> run_filter(const Context& context) {
  const auto text = [&](std::string_view name) { return context.query.get(name).value_or(std::string_view()); };
  RunFilter filter{text("actor"), text("branch"), text("event"), text("status"), text("head_sha"), {}, {}};
  if (const std::string_view suite = text("check_suite_id"); !suite.empty()) {
    filter.check_suite = text::to_integer(suite).value_or(0);
  }
  if (const std::string_view created = text("created"); !created.empty()) {
    const std::optional<DateRange> range = parse_date_range(created);
    if (!range) return std::nullopt;
    filter.created = *range;
  }
  return filter;
}

bool passes(const RunFilter& filter, const model::WorkflowRun& run) {
  if (!filter.actor.empty() && !text::equals_ignore_case(run.actor, filter.actor)) return false;
  if (!filter.branch.empty() && run.branch != filter.branch) return false;
  if (!filter.event.empty() && run.event != filter.event) return false;
  if (!filter.head_sha.empty() && run.head.hex() != filter.head_sha) return false;
  if (filter.check_suite && run.check_suite != *filter.check_suite) return false;
  const bool status = filter.status.empty() || model::run_status_name(run.status) == filter.status ||
                      model::conclusion_name(run.conclusion) == filter.status;
  return status && filter.created.holds(run.created_at);
}

bool wants_pulls(const Context& context) { return !flag(context, "exclude_pull_requests").value_or(false); }

/// Runs of one workflow, or of all (0).
Reply run_page(const Context& context, model::Id workflow) {
  const std::optional<RunFilter> filter = run_filter(context);
  std::vector<model::WorkflowRunPtr> rows = model::workflow_runs_of(context.world, context.repo());
  std::erase_if(rows, [&](const model::WorkflowRunPtr& run) {
    return !filter || (workflow != 0 && run->workflow != workflow) || !passes(*filter, *run);
  });
  const std::string repository = run_repository(context);
  const bool with_pulls = wants_pulls(context);
  return wrapped_page(context, "workflow_runs", rows.size(), [&](JsonWriter& json, std::size_t i) {
    write_workflow_run(json, context, *rows[i], repository, with_pulls);
  });
}

Reply list_runs(Context& context) { return run_page(context, 0); }

Reply list_workflow_runs(Context& context) {
  const model::WorkflowPtr workflow =
      model::find_workflow(context.world, context.repo(), std::string_view(context.path[2]));
  if (!workflow) return errors::not_found();
  return run_page(context, workflow->id);
}

Reply get_run(Context& context) {
  const model::WorkflowRunPtr run = run_at(context, 2);
  if (!run) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) {
    write_workflow_run(json, context, *run, run_repository(context), wants_pulls(context));
  });
}

Reply empty_object(int status) {
  return json_answer(status, [](JsonWriter& json) { json.begin_object().end_object(); });
}

Reply rerun(Context& context, model::Rerun what) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto run = model::rerun_workflow(context.action, context.repo(), *id, what);
  return run ? empty_object(201) : Reply(run.refusal());
}

Reply rerun_all(Context& context) { return rerun(context, model::Rerun::all); }
Reply rerun_failed(Context& context) { return rerun(context, model::Rerun::failed); }

Reply cancel_run(Context& context) {
  const auto refusal = model::cancel_workflow_run(context.action, context.repo(), context.number(2).value_or(0));
  return refusal ? Reply(*refusal) : empty_object(202);
}

Reply delete_run(Context& context) {
  const auto refusal = model::delete_workflow_run(context.action, context.repo(), context.number(2).value_or(0));
  return no_content_unless(refusal);
}

/// Where a job ran, as the billing names it.
std::string_view billed_system(std::string_view runs_on) {
  if (text::starts_with_ignore_case(runs_on, "macos")) return "MACOS";
  return text::starts_with_ignore_case(runs_on, "windows") ? "WINDOWS" : "UBUNTU";
}

/// Minutes on public repositories are free: the jobs are listed, the totals stay 0.
void write_billable(JsonWriter& json, const Context& context, std::string_view system,
                    const std::vector<model::WorkflowJobPtr>& jobs) {
  std::int64_t count = 0;
  std::int64_t total = 0;
  std::string list;
  JsonWriter rows(list);
  rows.begin_array();
  for (const model::WorkflowJobPtr& job : jobs) {
    if (billed_system(job->script.runs_on) != system || !job->completed_at) continue;
    const std::int64_t spent =
        context.repository->is_private ? (*job->completed_at - job->started_at) * 1000 : std::int64_t{0};
    ++count;
    total += spent;
    rows.begin_object().field("job_id", job->id).field("duration_ms", spent).end_object();
  }
  rows.end_array();
  if (count == 0) return;
  json.key(system).begin_object().field("total_ms", total).field("jobs", count).raw_field("job_runs", list);
  json.end_object();
}

Reply get_usage(Context& context) {
  const model::WorkflowRunPtr run = run_at(context, 2);
  if (!run) return errors::not_found();
  const std::vector<model::WorkflowJobPtr> jobs = model::jobs_of(context.world, *run, 0);
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().key("billable").begin_object();
    for (const std::string_view system : {"UBUNTU", "MACOS", "WINDOWS"}) write_billable(json, context, system, jobs);
    json.end_object();
    if (run->status == model::RunStatus::completed) {
      json.field("run_duration_ms", (run->updated_at - run->started_at) * 1000);
    }
    json.end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs",
     .operation = "actions/list-workflow-runs-for-repo",
     .docs = "actions/workflow-runs#list-workflow-runs-for-a-repository",
     .tools = {"actions_list", "list_workflow_runs"},
     .handle = list_runs},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
     .operation = "actions/list-workflow-runs",
     .docs = "actions/workflow-runs#list-workflow-runs-for-a-workflow",
     .tools = {"actions_list", "list_workflow_runs"},
     .handle = list_workflow_runs},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}",
     .operation = "actions/get-workflow-run",
     .docs = "actions/workflow-runs#get-a-workflow-run",
     .tools = {"actions_get", "get_workflow_run"},
     .handle = get_run},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/rerun",
     .operation = "actions/re-run-workflow",
     .docs = "actions/workflow-runs#re-run-a-workflow",
     .access = Access::push,
     .tools = {"actions_run_trigger", "rerun_workflow_run"},
     .body = {kRerun},
     .handle = rerun_all},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs",
     .operation = "actions/re-run-workflow-failed-jobs",
     .docs = "actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run",
     .access = Access::push,
     .tools = {"actions_run_trigger", "rerun_failed_jobs"},
     .body = {kRerun},
     .handle = rerun_failed},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
     .operation = "actions/cancel-workflow-run",
     .docs = "actions/workflow-runs#cancel-a-workflow-run",
     .access = Access::push,
     .tools = {"actions_run_trigger", "cancel_workflow_run"},
     .handle = cancel_run},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}",
     .operation = "actions/delete-workflow-run",
     .docs = "actions/workflow-runs#delete-a-workflow-run",
     .access = Access::push,
     .handle = delete_run},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/timing",
     .operation = "actions/get-workflow-run-usage",
     .docs = "actions/workflow-runs#get-workflow-run-usage",
     .tools = {"actions_get", "get_workflow_run_usage"},
     .handle = get_usage},
};

}  // namespace

std::span<const Route> workflow_run_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
