#include <algorithm>
#include <utility>

#include "core/base/hash.h"
#include "core/git/archive.h"
#include "core/twin/github/rest/workflow_shapes.h"

namespace pome::twin::github::rest {

namespace {

void write_person(JsonWriter& json, std::string_view name, const git::Signature& person) {
  json.key(name).begin_object().field("name", person.name).field("email", person.email).end_object();
}

/// nullable-simple-commit.
void write_head_commit(JsonWriter& json, const Context& context, const git::ObjectId& id) {
  json.key("head_commit");
  const git::Commit* commit = context.world.objects.commit(id);
  if (!commit) {
    json.null();
    return;
  }
  json.begin_object().field("id", id.hex()).field("tree_id", commit->tree.hex());
  json.field("message", text::trim_right(commit->message));
  write_time(json, "timestamp", commit->committer.time);
  write_person(json, "author", commit->author);
  write_person(json, "committer", commit->committer);
  json.end_object();
}

void write_pull_end(JsonWriter& json, const Context& context, std::string_view name, const model::PullEnd& end) {
  const model::Repository& repository = *context.repository;
  json.key(name).begin_object().field("ref", end.ref).field("sha", end.sha.hex());
  json.key("repo").begin_object().field("id", repository.id);
  link(json, "url", api_url(context, repository));
  json.field("name", repository.name).end_object().end_object();
}

/// The open pull requests a run's branch is the head of.
void write_pulls(JsonWriter& json, const Context& context, const model::WorkflowRun& run) {
  json.key("pull_requests").begin_array();
  for (const auto& entry : model::rows_of(context.world.pulls, run.repo)) {
    const model::PullRequest& pull = *entry.row;
    const model::IssuePtr issue = model::find_issue(context.world, run.repo, pull.number);
    const bool open = issue && issue->state == model::OpenState::open;
    if (!open || pull.head.repo != run.repo || pull.base.repo != run.repo || pull.head.ref != run.branch) continue;
    json.begin_object();
    link(json, "url", api_url(context, *context.repository), "/pulls/", pull.number);
    json.field("id", pull.id).field("number", pull.number);
    write_pull_end(json, context, "head", pull.head);
    write_pull_end(json, context, "base", pull.base);
    json.end_object();
  }
  json.end_array();
}

struct RunLink {
  std::string_view name;
  std::string_view path;
};
constexpr RunLink kRunLinks[] = {{"jobs_url", "/jobs"},
                                 {"logs_url", "/logs"},
                                 {"artifacts_url", "/artifacts"},
                                 {"cancel_url", "/cancel"},
                                 {"rerun_url", "/rerun"}};

void write_run_links(JsonWriter& json, const Context& context, const model::WorkflowRun& run) {
  const std::string repo = api_url(context, *context.repository);
  const std::string url = text::cat(repo, "/actions/runs/", run.id);
  link(json, "url", url);
  link(json, "html_url", web_url(*context.repository), "/actions/runs/", run.id);
  for (const RunLink& row : kRunLinks) link(json, row.name, url, row.path);
  link(json, "check_suite_url", repo, "/check-suites/", run.check_suite);
  if (run.attempt > 1) {
    link(json, "previous_attempt_url", url, "/attempts/", run.attempt - 1);
  } else {
    json.null_field("previous_attempt_url");
  }
  link(json, "workflow_url", repo, "/actions/workflows/", run.workflow);
}

void write_steps(JsonWriter& json, const model::WorkflowJob& job) {
  json.key("steps").begin_array();
  std::int64_t number = 0;
  for (const model::JobStep& step : job.script.steps) {
    const bool done = job.completed_at.has_value();
    json.begin_object().field("name", step.name).field("status", done ? "completed" : "queued");
    json.field("conclusion", done ? std::optional(model::conclusion_name(step.conclusion)) : std::nullopt);
    json.field("number", ++number);
    write_time(json, "started_at", done ? std::optional(job.started_at) : std::nullopt);
    write_time(json, "completed_at", job.completed_at);
    json.end_object();
  }
  json.end_array();
}

std::optional<std::string_view> word_or_null(model::Conclusion conclusion) {
  return conclusion == model::Conclusion::none ? std::nullopt : std::optional(model::conclusion_name(conclusion));
}

}  // namespace

void write_workflow(JsonWriter& json, const Context& context, const model::Workflow& workflow) {
  const model::Repository& repository = *context.repository;
  json.begin_object().field("id", workflow.id).field("node_id", model::node_id("W", repository.id, workflow.id));
  json.field("name", workflow.name).field("path", workflow.path);
  json.field("state", model::workflow_state_name(workflow.state));
  write_time(json, "created_at", workflow.created_at);
  write_time(json, "updated_at", workflow.updated_at);
  link(json, "url", api_url(context, repository), "/actions/workflows/", workflow.id);
  link(json, "html_url", web_url(repository), "/blob/", encoded_path(repository.default_branch), "/",
       encoded_path(workflow.path));
  link(json, "badge_url", web_url(repository), "/workflows/", encoded_segment(workflow.name), "/badge.svg");
  json.end_object();
}

std::string run_repository(const Context& context) {
  std::string out;
  JsonWriter json(out);
  write_repository(json, context, *context.repository, Detail::minimal);
  return out;
}

void write_workflow_run(JsonWriter& json, const Context& context, const model::WorkflowRun& run,
                        std::string_view repository_json, bool with_pulls) {
  const model::WorkflowPtr workflow = model::find_workflow(context.world, run.repo, run.workflow);
  json.begin_object().field("id", run.id).field("name", workflow ? workflow->name : std::string());
  json.field("node_id", model::node_id("WFR", run.repo, run.id)).field("head_branch", run.branch);
  json.field("head_sha", run.head.hex()).field("path", workflow ? workflow->path : std::string());
  json.field("display_title", run.title).field("run_number", run.number).field("event", run.event);
  json.field("status", model::run_status_name(run.status)).field("conclusion", word_or_null(run.conclusion));
  json.field("workflow_id", run.workflow).field("check_suite_id", run.check_suite);
  json.field("check_suite_node_id", model::node_id("CS", run.repo, run.check_suite));
  write_run_links(json, context, run);
  if (with_pulls) {
    write_pulls(json, context, run);
  } else {
    json.raw_field("pull_requests", "[]");
  }
  write_time(json, "created_at", run.created_at);
  write_time(json, "updated_at", run.updated_at);
  write_user_or_null(json, context, "actor", run.actor);
  json.field("run_attempt", run.attempt).raw_field("referenced_workflows", "[]");
  write_time(json, "run_started_at", run.started_at);
  write_user_or_null(json, context, "triggering_actor", run.triggering_actor);
  write_head_commit(json, context, run.head);
  json.raw_field("repository", repository_json).raw_field("head_repository", repository_json);
  json.field("head_repository_id", run.repo).end_object();
}

void write_workflow_job(JsonWriter& json, const Context& context, const model::WorkflowRun& run,
                        const model::WorkflowJob& job) {
  const std::string repo = api_url(context, *context.repository);
  const model::WorkflowPtr workflow = model::find_workflow(context.world, run.repo, run.workflow);
  const bool started = job.status != model::RunStatus::queued;
  json.begin_object().field("id", job.id).field("run_id", run.id);
  json.field("workflow_name", workflow ? workflow->name : std::string()).field("head_branch", run.branch);
  link(json, "run_url", repo, "/actions/runs/", run.id);
  json.field("run_attempt", job.attempt).field("node_id", model::node_id("CR", run.repo, job.id));
  json.field("head_sha", run.head.hex());
  link(json, "url", repo, "/actions/jobs/", job.id);
  link(json, "html_url", web_url(*context.repository), "/actions/runs/", run.id, "/job/", job.id);
  json.field("status", model::run_status_name(job.status)).field("conclusion", word_or_null(job.conclusion()));
  write_time(json, "created_at", job.created_at);
  write_time(json, "started_at", job.started_at);
  write_time(json, "completed_at", job.completed_at);
  json.field("name", job.script.name);
  write_steps(json, job);
  link(json, "check_run_url", repo, "/check-runs/", job.id);
  json.key("labels").begin_array().value(job.script.runs_on).end_array();
  if (started) {
    json.field("runner_id", 1).field("runner_name", "GitHub Actions 1");
    json.field("runner_group_id", 0).field("runner_group_name", "GitHub Actions");
  } else {
    json.null_field("runner_id").null_field("runner_name");
    json.null_field("runner_group_id").null_field("runner_group_name");
  }
  json.end_object();
}

void write_artifact(JsonWriter& json, const Context& context, const model::WorkflowRun& run,
                    const model::Artifact& artifact) {
  const std::string url = text::cat(api_url(context, *context.repository), "/actions/artifacts/", artifact.id);
  json.begin_object().field("id", artifact.id).field("node_id", model::node_id("A", run.repo, artifact.id));
  json.field("name", artifact.name).field("size_in_bytes", artifact.content.size());
  link(json, "url", url);
  link(json, "archive_download_url", url, "/zip");
  json.field("expired", artifact.expired);
  link(json, "digest", "sha256:", hash::sha256_hex(artifact.content));
  write_time(json, "created_at", artifact.created_at);
  write_time(json, "updated_at", artifact.created_at);
  write_time(json, "expires_at", artifact.created_at + model::Artifact::kLife);
  json.key("workflow_run").begin_object().field("id", run.id).field("repository_id", run.repo);
  json.field("head_repository_id", run.repo).field("head_branch", run.branch).field("head_sha", run.head.hex());
  json.end_object().end_object();
}

Reply zip_answer(const git::FileMap& files, model::Time time, std::string_view name) {
  git::ObjectStore store;
  const std::optional<git::ObjectId> tree = store.put_files(files);
  git::ArchiveOptions options;
  options.time = time;
  Result<std::string> archive = git::zip_archive(store, tree.value_or(git::ObjectId()), options);
  if (!archive) return errors::unprocessable(archive.error().message);
  Answer answer;
  answer.body = std::move(archive).value();
  answer.content_type = "application/zip";
  answer.disposition = text::cat("attachment; filename=\"", name, "\"");
  return answer;
}

model::WorkflowRunPtr run_at(const Context& context, std::size_t index) {
  const auto id = context.number(index);
  return id ? model::find_workflow_run(context.world, context.repo(), *id) : nullptr;
}

}  // namespace pome::twin::github::rest
