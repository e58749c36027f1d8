#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr std::string_view kConclusionWords =
    "success, failure, neutral, cancelled, skipped, timed_out, action_required";
constexpr std::string_view kStatusWords = "queued, in_progress, completed, waiting, requested, pending";

std::vector<std::string> read_texts(const Node& node, std::string_view key) {
  std::vector<std::string> out;
  node.each(key, [&](const Node& entry) { out.push_back(entry.as_text()); });
  return out;
}

JobScript read_job(const Node& node) {
  JobScript job;
  if (!node.is_object("name conclusion runs_on seconds steps log")) return job;
  job.name = node.required_text("name");
  job.conclusion = node.word("conclusion", Conclusion::success, conclusion_from, kConclusionWords);
  job.runs_on = node.text("runs_on", "ubuntu-latest");
  job.log = node.text("log", "");
  node.each("steps", [&](const Node& step) {
    if (!step.is_object("name conclusion")) return;
    job.steps.push_back(
        {step.required_text("name"), step.word("conclusion", Conclusion::success, conclusion_from, kConclusionWords)});
  });
  job.seconds = node.positive("seconds").value_or(std::max<Time>(1, static_cast<Time>(job.steps.size())));
  return job;
}

/// The members "status", "conclusion", "jobs" and "artifacts" of a run, or of the outcome of the runs to come.
RunScript read_script(const Node& node) {
  RunScript script;
  script.status = node.word("status", RunStatus::completed, run_status_from, kStatusWords);
  node.each("jobs", [&](const Node& job) { script.jobs.push_back(read_job(job)); });
  const bool failed = std::any_of(script.jobs.begin(), script.jobs.end(),
                                  [](const JobScript& job) { return is_failed(job.conclusion); });
  script.conclusion =
      node.word("conclusion", failed ? Conclusion::failure : Conclusion::success, conclusion_from, kConclusionWords);
  node.each("artifacts", [&](const Node& entry) {
    if (!entry.is_object("name content expired")) return;
    script.artifacts.push_back({entry.required_text("name"), entry.text("content", ""), entry.flag("expired", false)});
  });
  return script;
}

WorkflowInput read_input(const Node& node) {
  WorkflowInput input;
  if (!node.is_object("name type required default options")) return input;
  input.name = node.required_text("name");
  const auto type_from = [](std::string_view word) -> std::optional<std::string> {
    for (const std::string_view known : {"string", "boolean", "choice", "number", "environment"}) {
      if (word == known) return std::string(known);
    }
    return std::nullopt;
  };
  input.type = node.word("type", std::string("string"), type_from, "string, boolean, choice, number, environment");
  input.required = node.flag("required", false);
  input.fallback = node.text("default");
  input.options = read_texts(node, "options");
  return input;
}

std::optional<WorkflowState> state_from(std::string_view word) {
  if (word == "active") return WorkflowState::active;
  if (word == "disabled_manually") return WorkflowState::disabled_manually;
  if (word == "disabled_inactivity") return WorkflowState::disabled_inactivity;
  return std::nullopt;
}

void seed_run(Seeding& seed, const Repository& repo, const Workflow& workflow, Id number, const Node& node) {
  if (!node.is_object("title event branch head actor status conclusion jobs artifacts created_at")) return;
  World& world = seed.world;
  WorkflowRun run;
  run.repo = repo.id;
  run.id = ++world.counters.workflow_run;
  run.check_suite = ++world.counters.check_suite;
  run.workflow = workflow.id;
  run.number = number;
  run.title = node.text("title", workflow.name);
  run.event = node.text("event", workflow.triggers.front());
  run.branch = node.text("branch", repo.default_branch);
  const std::optional<git::ObjectId> head = target_commit(seed, repo, node, node.has("head") ? "head" : "branch");
  if (!head) return;
  run.head = *head;
  run.actor = run.triggering_actor = seed.author(node, {"actor"});
  run.created_at = run.started_at = node.instant("created_at").value_or(world.epoch);
  perform_run(seed.action, std::move(run), read_script(node));
}

void seed_workflow(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("name path state triggers inputs outcome runs created_at")) return;
  Workflow row;
  row.repo = repo.id;
  row.path = node.required_text("path");
  row.name = node.text("name", row.path);
  row.state = node.word("state", WorkflowState::active, state_from, "active, disabled_manually, disabled_inactivity");
  row.triggers = read_texts(node, "triggers");
  if (row.triggers.empty()) row.triggers = {"push"};
  node.each("inputs", [&](const Node& input) { row.inputs.push_back(read_input(input)); });
  if (node.has("outcome")) {
    const Node outcome = node.member("outcome");
    if (outcome.is_object("status conclusion jobs artifacts")) row.outcome = read_script(outcome);
  }
  row.created_at = row.updated_at = node.instant("created_at").value_or(seed.world.epoch);
  for (const auto& entry : rows_of(seed.world.workflows, repo.id)) {
    if (entry.row->path != row.path) continue;
    node.error_at("path", "duplicate", text::cat("The workflow \"", row.path, "\" appears twice."));
    return;
  }
  row.id = ++seed.world.counters.workflow;
  const WorkflowPtr stored = put(seed.action, std::move(row));
  Id number = 0;
  node.each("runs", [&](const Node& run) { seed_run(seed, repo, *stored, ++number, run); });
}

}  // namespace

void seed_workflows(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("workflows", [&](const Node& entry) { seed_workflow(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
