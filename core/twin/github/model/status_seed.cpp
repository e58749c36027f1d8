#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_status(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.is_object("context state description target_url creator")) return;
  CommitStatus row;
  row.repo = pull.repo;
  row.commit = pull.head.sha;
  row.context = node.text("context", "ci/build");
  row.state = node.word("state", StatusState::success, status_state_from, "error, failure, pending, success");
  row.description = node.text("description", "");
  row.target_url = node.text("target_url");
  row.creator = seed.author(node, {"creator"});
  row.created_at = row.updated_at = seed.world.epoch;
  row.id = ++seed.world.counters.status;
  put(seed.action, std::move(row));
}

void seed_check_run(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.is_object(
          "name status conclusion details_url external_id output_title output_summary started_at completed_at")) {
    return;
  }
  CheckRun row;
  row.repo = pull.repo;
  row.commit = pull.head.sha;
  row.name = node.required_text("name");
  if (node.has("conclusion")) {
    row.conclusion = node.word("conclusion", CheckConclusion::success, check_conclusion_from,
                               "success, failure, neutral, cancelled, skipped, timed_out, action_required, stale");
  }
  const CheckStatus usual = row.conclusion ? CheckStatus::completed : CheckStatus::queued;
  row.status = node.word("status", usual, check_status_from, "queued, in_progress, completed");
  if ((row.status == CheckStatus::completed) != row.conclusion.has_value()) {
    node.error("bad-value", "A check run has a \"conclusion\" exactly when its \"status\" is completed.");
  }
  row.details_url = node.text("details_url");
  row.external_id = node.text("external_id");
  row.output_title = node.text("output_title");
  row.output_summary = node.text("output_summary");
  row.started_at = node.instant("started_at").value_or(seed.world.epoch);
  if (row.status == CheckStatus::completed) row.completed_at = node.instant("completed_at").value_or(*row.started_at);
  row.id = ++seed.world.counters.check_run;
  put(seed.action, std::move(row));
}

}  // namespace

void seed_statuses(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("statuses", [&](const Node& entry) { seed_status(seed, pull, entry); });
}

void seed_check_runs(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("check_runs", [&](const Node& entry) { seed_check_run(seed, pull, entry); });
}

}  // namespace pome::twin::github::model
