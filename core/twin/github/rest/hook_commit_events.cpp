#include <utility>

#include "core/twin/github/rest/hook_listeners.h"
#include "core/twin/github/rest/shape_branch.h"
#include "core/twin/github/rest/shape_check.h"
#include "core/twin/github/rest/shape_commit.h"
#include "core/twin/github/rest/workflow_shapes.h"

/// What webhooks hear of reports on commits: statuses, checks, workflow runs, comments.
namespace pome::twin::github::rest {

namespace {

constexpr std::size_t kMostBranches = 10;  ///< that a status payload lists

void write_status_members(JsonWriter& json, const Context& context, const model::CommitStatus& row) {
  json.field("id", row.id).field("sha", row.commit.hex()).field("name", context.repository->full_name());
  json.null_field("avatar_url").field("target_url", row.target_url);
  json.field("context", row.context).field("description", row.description);
  json.field("state", model::status_state_name(row.state)).key("commit");
  write_commit(json, context, *context.repository, row.commit);
  json.key("branches").begin_array();
  std::size_t listed = 0;
  for (const model::RefPtr& branch : model::refs_of(context.world, row.repo, model::kHeads)) {
    if (branch->target != row.commit || ++listed > kMostBranches) continue;
    write_short_branch(json, context, *branch);
  }
  json.end_array();
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
}

/// A suite is done when its last run is.
void about_suite(const Context& cause, const model::CheckRun& run) {
  const model::CheckSuitePtr suite = model::find_check_suite(cause.world, run.repo, run.suite);
  if (!suite) return;
  std::vector<model::CheckRunPtr> runs = model::check_runs_in(cause.world, *suite);
  model::keep_latest(runs);
  if (model::verdict_of(runs).status != model::CheckStatus::completed) return;
  deliver(cause, run.repo, "check_suite", "completed", [&](JsonWriter& json, const Context& context) {
    json.key("check_suite");
    write_check_suite(json, context, *suite);
  });
}

void about_run(const Context& cause, const model::WorkflowRun& run, std::string action) {
  const model::WorkflowPtr workflow = model::find_workflow(cause.world, run.repo, run.workflow);
  if (!workflow) return;
  deliver(cause, run.repo, "workflow_run", std::move(action), [&](JsonWriter& json, const Context& context) {
    json.key("workflow_run");
    write_workflow_run(json, context, run, run_repository(context), true);
    json.key("workflow");
    write_workflow(json, context, *workflow);
  });
}

}  // namespace

void on_status(const Context& cause, const Change& change) {
  if (change.before) return;
  const auto& row = row_of<model::CommitStatus>(change);
  deliver(cause, row.repo, "status", std::nullopt,
          [&](JsonWriter& json, const Context& context) { write_status_members(json, context, row); });
}

/// Of the actions of check runs and suites, repository webhooks hear these.
void on_check_run(const Context& cause, const Change& change) {
  const auto* before = model::before<model::CheckRun>(change);
  const auto* after = model::after<model::CheckRun>(change);
  if (!after) return;
  const auto about = [&](std::string action) {
    deliver(cause, after->repo, "check_run", std::move(action), [&](JsonWriter& json, const Context& context) {
      json.key("check_run");
      write_check_run(json, context, *after);
    });
  };
  const bool completed = after->status == model::CheckStatus::completed;
  if (!before) about("created");
  if (!completed || (before && before->status == model::CheckStatus::completed)) return;
  about("completed");
  about_suite(cause, *after);
}

void on_workflow_run(const Context& cause, const Change& change) {
  const auto* before = model::before<model::WorkflowRun>(change);
  const auto* after = model::after<model::WorkflowRun>(change);
  if (!after) return;
  const bool again = !before || before->attempt != after->attempt;
  if (again) about_run(cause, *after, "requested");
  if (!again && before->status == after->status) return;
  if (after->status == model::RunStatus::in_progress) about_run(cause, *after, "in_progress");
  if (after->status == model::RunStatus::completed) about_run(cause, *after, "completed");
}

void on_commit_comment(const Context& cause, const Change& change) {
  if (change.before) return;
  const auto& row = row_of<model::CommitComment>(change);
  deliver(cause, row.repo, "commit_comment", "created", [&](JsonWriter& json, const Context& context) {
    json.key("comment");
    write_commit_comment(json, context, row);
  });
}

}  // namespace pome::twin::github::rest
