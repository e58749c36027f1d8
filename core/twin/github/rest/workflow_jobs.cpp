#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/workflow_shapes.h"

/// Jobs of workflow runs and what they printed.
namespace pome::twin::github::rest {

namespace {

constexpr Field kRerunJob[] = {optional("enable_debug_logging", Type::flag), optional("enable_debugger", Type::flag)};

model::WorkflowJobPtr job_at(const Context& context, std::size_t index) {
  const auto id = context.number(index);
  return id ? model::find_workflow_job(context.world, context.repo(), *id) : nullptr;
}

Reply list_jobs(Context& context) {
  const model::WorkflowRunPtr run = run_at(context, 2);
  if (!run) return errors::not_found();
  const bool all = lenient_choice(context, "filter", {"latest", "all"}) == "all";
  const std::vector<model::WorkflowJobPtr> jobs = model::jobs_of(context.world, *run, all ? 0 : run->attempt);
  return wrapped_page(context, "jobs", jobs.size(),
                      [&](JsonWriter& json, std::size_t i) { write_workflow_job(json, context, *run, *jobs[i]); });
}

Reply get_job(Context& context) {
  const model::WorkflowJobPtr job = job_at(context, 2);
  const auto run = job ? model::find_workflow_run(context.world, job->repo, job->run) : nullptr;
  if (!run) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_workflow_job(json, context, *run, *job); });
}

/// Logs come into being when a job ends, and go when they are deleted.
bool has_log(const model::WorkflowRun& run, const model::WorkflowJob& job) { return job.completed_at && run.has_logs; }

model::WorkflowJobPtr logged_job(const Context& context) {
  model::WorkflowJobPtr job = job_at(context, 2);
  const auto run = job ? model::find_workflow_run(context.world, job->repo, job->run) : nullptr;
  return run && has_log(*run, *job) ? job : nullptr;
}

Reply job_log(Context& context) {
  const model::WorkflowJobPtr job = logged_job(context);
  if (!job) return errors::not_found();
  return redirect(text::cat(api_url(context, *context.repository), "/actions/jobs/", job->id, "/logs/download"));
}

Reply download_job_log(Context& context) {
  const model::WorkflowJobPtr job = logged_job(context);
  if (!job) return errors::not_found();
  return Answer{.body = model::log_of(*job), .content_type = "text/plain; charset=utf-8"};
}

Reply run_logs(Context& context) {
  const model::WorkflowRunPtr run = run_at(context, 2);
  if (!run || !run->has_logs || run->status != model::RunStatus::completed) return errors::not_found();
  return redirect(text::cat(api_url(context, *context.repository), "/actions/runs/", run->id, "/logs/download"));
}

/// One text file for each job of the last attempt, named as GitHub names them: "0_build.txt".
Reply download_run_logs(Context& context) {
  const model::WorkflowRunPtr run = run_at(context, 2);
  if (!run || !run->has_logs || run->status != model::RunStatus::completed) return errors::not_found();
  git::FileMap files;
  for (const model::WorkflowJobPtr& job : model::jobs_of(context.world, *run, run->attempt)) {
    std::string name = text::cat(files.size(), "_", text::replace_all(job->script.name, "/", "_"), ".txt");
    files[std::move(name)] = git::NewFile{std::make_shared<const std::string>(model::log_of(*job))};
  }
  return zip_answer(files, run->updated_at, text::cat("logs_", run->id, ".zip"));
}

Reply delete_logs(Context& context) {
  const auto refusal = model::delete_workflow_run_logs(context.action, context.repo(), context.number(2).value_or(0));
  return no_content_unless(refusal);
}

Reply rerun_job(Context& context) {
  const model::WorkflowJobPtr job = job_at(context, 2);
  if (!job) return errors::not_found();
  const auto run = model::rerun_workflow(context.action, context.repo(), job->run, model::Rerun::job, job->id);
  if (!run) return run.refusal();
  return json_answer(201, [](JsonWriter& json) { json.begin_object().end_object(); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
     .operation = "actions/list-jobs-for-workflow-run",
     .docs = "actions/workflow-jobs#list-jobs-for-a-workflow-run",
     .tools = {"actions_list", "list_workflow_jobs"},
     .handle = list_jobs},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/jobs/{job_id}",
     .operation = "actions/get-job-for-workflow-run",
     .docs = "actions/workflow-jobs#get-a-job-for-a-workflow-run",
     .tools = {"actions_get"},
     .handle = get_job},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
     .operation = "actions/download-job-logs-for-workflow-run",
     .docs = "actions/workflow-jobs#download-job-logs-for-a-workflow-run",
     .tools = {"get_job_logs"},
     .handle = job_log},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/jobs/{job_id}/logs/download",
     .operation = "",
     .docs = "actions/workflow-jobs#download-job-logs-for-a-workflow-run",
     .tools = {"get_job_logs"},
     .handle = download_job_log},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/logs",
     .operation = "actions/download-workflow-run-logs",
     .docs = "actions/workflow-runs#download-workflow-run-logs",
     .tools = {"actions_get", "get_workflow_run_logs"},
     .handle = run_logs},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/logs/download",
     .operation = "",
     .docs = "actions/workflow-runs#download-workflow-run-logs",
     .tools = {"actions_get", "get_workflow_run_logs"},
     .handle = download_run_logs},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/logs",
     .operation = "actions/delete-workflow-run-logs",
     .docs = "actions/workflow-runs#delete-workflow-run-logs",
     .access = Access::push,
     .tools = {"actions_run_trigger", "delete_workflow_run_logs"},
     .handle = delete_logs},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/actions/jobs/{job_id}/rerun",
     .operation = "actions/re-run-job-for-workflow-run",
     .docs = "actions/workflow-runs#re-run-a-job-from-a-workflow-run",
     .access = Access::push,
     .body = {kRerunJob},
     .handle = rerun_job},
};

}  // namespace

std::span<const Route> workflow_job_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
