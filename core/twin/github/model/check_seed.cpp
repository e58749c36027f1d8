#include "core/base/text.h"
#include "core/twin/github/model/app.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

/// The members of a check run in a seed. Those on a pull request's list have no `ref`.
struct Member {
  std::string_view key;
};
constexpr Member kOnPull[] = {
    {"name"},         {"status"},         {"conclusion"},  {"details_url"}, {"external_id"}, {"output"},       {"app"},
    {"output_title"}, {"output_summary"}, {"output_text"}, {"annotations"}, {"started_at"},  {"completed_at"},
};
constexpr Member kInRepository[] = {
    {"ref"}, {"name"},         {"status"},         {"conclusion"},  {"details_url"}, {"external_id"}, {"output"},
    {"app"}, {"output_title"}, {"output_summary"}, {"output_text"}, {"annotations"}, {"started_at"},  {"completed_at"},
};
constexpr std::array<std::string_view, 3> kLevels{"notice", "warning", "failure"};

std::optional<std::string_view> level_from(std::string_view word) {
  const auto index = index_of(kLevels, word);
  return index ? std::optional(kLevels[*index]) : std::nullopt;
}

void read_annotation(const Node& node, CheckOutput& output) {
  if (!node.is_object("path start_line end_line start_column end_column annotation_level title message raw_details")) {
    return;
  }
  CheckAnnotation row;
  row.path = node.required_text("path");
  row.start_line = node.positive("start_line").value_or(1);
  row.end_line = node.positive("end_line").value_or(row.start_line);
  row.start_column = node.positive("start_column");
  row.end_column = node.positive("end_column");
  row.level = node.word<std::string_view>("annotation_level", "warning", level_from, "notice, warning, failure");
  row.message = node.required_text("message");
  row.title = node.text("title");
  row.raw_details = node.text("raw_details");
  output.annotations.push_back(std::move(row));
}

/// `output` as checks/create takes it, or its members written flat.
CheckOutput read_output(const Node& node) {
  CheckOutput output;
  output.title = node.text("output_title");
  output.summary = node.text("output_summary");
  output.text = node.text("output_text");
  node.each("annotations", [&](const Node& entry) { read_annotation(entry, output); });
  if (!node.has("output")) return output;
  const Node inner = node.member("output");
  if (!inner.is_object("title summary text annotations")) return output;
  if (inner.has("title")) output.title = inner.text("title");
  if (inner.has("summary")) output.summary = inner.text("summary");
  if (inner.has("text")) output.text = inner.text("text");
  inner.each("annotations", [&](const Node& entry) { read_annotation(entry, output); });
  return output;
}

void seed_check_run(Seeding& seed, Id repo, const git::ObjectId& commit, const Node& node) {
  CheckRun row;
  row.repo = repo;
  row.commit = commit;
  row.name = node.required_text("name");
  if (node.has("conclusion")) {
    row.conclusion = node.word("conclusion", CheckConclusion::success, check_conclusion_from,
                               "success, failure, neutral, cancelled, skipped, timed_out, action_required, stale");
  }
  const CheckStatus usual = row.conclusion ? CheckStatus::completed : CheckStatus::queued;
  row.status =
      node.word("status", usual, check_status_from, "queued, in_progress, completed, waiting, requested, pending");
  if ((row.status == CheckStatus::completed) != row.conclusion.has_value()) {
    node.error("bad-value", "A check run has a \"conclusion\" exactly when its \"status\" is completed.");
  }
  row.details_url = node.text("details_url");
  row.external_id = node.text("external_id");
  row.output = read_output(node);
  row.started_at = node.instant("started_at").value_or(seed.world.epoch);
  if (row.status == CheckStatus::completed) row.completed_at = node.instant("completed_at").value_or(*row.started_at);
  row.suite = ensure_check_suite(seed.action, repo, commit, node.text("app", kActionsApp), *row.started_at)->id;
  row.id = ++seed.world.counters.check_run;
  put(seed.action, std::move(row));
}

}  // namespace

void seed_check_runs(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("check_runs", [&](const Node& entry) {
    if (entry.is_made_of(kOnPull)) seed_check_run(seed, pull.base.repo, pull.head.sha, entry);
  });
}

void seed_repository_check_runs(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("check_runs", [&](const Node& entry) {
    if (!entry.is_made_of(kInRepository)) return;
    if (const auto commit = target_commit(seed, repo, entry, "ref")) seed_check_run(seed, repo.id, *commit, entry);
  });
}

}  // namespace pome::twin::github::model
