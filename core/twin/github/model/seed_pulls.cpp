#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_review(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.is_object({"author", "user", "state", "body", "submitted_at"})) return;
  if (!node.has("author") && !node.has("user")) node.error("missing-field", "\"author\" is missing.");
  Review row;
  row.repo = pull.repo;
  row.number = pull.number;
  row.author = seed.author(node, {"author", "user"});
  row.state = node.word("state", ReviewState::approved, review_state_from,
                        "APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING");
  row.body = node.text("body", "");
  row.commit = pull.head.sha;
  if (row.state != ReviewState::pending) row.submitted_at = node.instant("submitted_at").value_or(seed.world.epoch);
  row.id = ++seed.world.counters.review;
  put(seed.action, std::move(row));
}

void seed_status(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.is_object({"context", "state", "description", "target_url", "creator"})) return;
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
  if (!node.is_object({"name", "status", "conclusion", "details_url", "external_id", "output_title", "output_summary",
                       "started_at", "completed_at"})) {
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

/// A comment on the diff. Like on GitHub, one that comes alone brings a review of its own with it.
void seed_review_comment(Seeding& seed, const PullRequest& pull, const std::vector<ChangedFile>& files,
                         const Node& node) {
  if (!node.is_object({"body", "path", "line", "side", "author", "user", "created_at"})) return;
  ReviewComment row;
  row.repo = pull.repo;
  row.number = pull.number;
  row.body = node.required_text("body");
  row.path = node.required_text("path");
  row.line = node.positive("line").value_or(1);
  row.side = node.word("side", Side::right, side_from, "LEFT, RIGHT");
  row.author = seed.author(node, {"author", "user"});
  row.commit = pull.head.sha;
  row.created_at = row.updated_at = node.instant("created_at").value_or(seed.world.epoch);
  if (row.body.empty() || row.path.empty()) return;
  const bool known =
      std::any_of(files.begin(), files.end(), [&](const ChangedFile& file) { return file.path == row.path; });
  if (!known) {
    std::vector<std::string> paths;
    for (const ChangedFile& file : files) paths.push_back(file.path);
    node.error_at("path", "unknown-file", text::cat("The pull request does not change \"", row.path, "\"."),
                  did_you_mean(row.path, paths));
    return;
  }
  Review review{pull.repo,  pull.number,   ++seed.world.counters.review, row.author, ReviewState::commented, "",
                row.commit, row.created_at};
  row.review = review.id;
  row.id = ++seed.world.counters.review_comment;
  put(seed.action, std::move(review));
  put(seed.action, std::move(row));
}

/// The branch a member names, or nothing (and a note).
std::optional<PullEnd> read_end(Seeding& seed, const Repository& repo, const Node& node, std::string_view key,
                                const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const RefPtr branch = find_branch(seed.world, repo.id, name)) return PullEnd{repo.id, name, branch->target};
  std::vector<std::string> known;
  for (const RefPtr& ref : refs_of(seed.world, repo.id, kHeads)) known.push_back(ref->name.substr(kHeads.size()));
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) hint = "Name it as \"branch\" of at least one of the repository's \"files\".";
  node.error_at(key, "unknown-branch", text::cat("The repository has no branch \"", name, "\"."), std::move(hint));
  return std::nullopt;
}

void seed_pull_request(Seeding& seed, const Repository& repo, const Node& node) {
  World& world = seed.world;
  Issue issue = read_issue(seed, repo, node);
  issue.is_pull_request = true;
  issue.state_reason.reset();
  const std::optional<PullEnd> head = read_end(seed, repo, node, "head", node.required_text("head"));
  const std::optional<PullEnd> base = read_end(seed, repo, node, "base", node.text("base", repo.default_branch));
  if (!head || !base || find_issue(world, repo.id, issue.number)) return;
  PullRequest pull;
  pull.repo = repo.id;
  pull.number = issue.number;
  pull.head = *head;
  pull.base = *base;
  pull.draft = node.flag("draft", false);
  node.each("requested_reviewers", [&](const Node& entry) {
    const std::string login = entry.as_text();
    if (!login.empty()) pull.requested_reviewers.push_back(seed.user(entry, login));
  });
  const std::vector<ChangedFile> files = files_of(world, pull);
  if (files.empty()) {
    node.error_at("head", "no-changes", text::cat("\"", head->ref, "\" and \"", base->ref, "\" hold the same files."),
                  "A pull request needs at least one changed file.");
  }
  issue.id = ++world.counters.issue;
  pull.id = ++world.counters.pull_request;
  const IssuePtr stored = put(seed.action, std::move(issue));
  put(seed.action, PullRequest(pull));
  node.each("reviews", [&](const Node& entry) { seed_review(seed, pull, entry); });
  node.each("statuses", [&](const Node& entry) { seed_status(seed, pull, entry); });
  node.each("check_runs", [&](const Node& entry) { seed_check_run(seed, pull, entry); });
  seed_comments(seed, *stored, node);
  node.each("review_comments", [&](const Node& entry) { seed_review_comment(seed, pull, files, entry); });
}

}  // namespace

void seed_pull_requests(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("pull_requests", [&](const Node& entry) {
    if (!entry.is_object({"number",
                          "title",
                          "body",
                          "head",
                          "base",
                          "state",
                          "draft",
                          "author",
                          "user",
                          "labels",
                          "assignees",
                          "assignee",
                          "milestone",
                          "requested_reviewers",
                          "reviews",
                          "statuses",
                          "check_runs",
                          "comments",
                          "review_comments",
                          "locked",
                          "lock_reason",
                          "created_at",
                          "updated_at",
                          "closed_at",
                          "closed_by"})) {
      return;
    }
    seed_pull_request(seed, repo, entry);
  });
}

}  // namespace pome::twin::github::model
