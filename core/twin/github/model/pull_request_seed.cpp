#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

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

void seed_pull_comments(Seeding& seed, const PullRequest& pull, const Node& node) {
  seed_comments(seed, *find_issue(seed.world, pull.repo, pull.number), node);
}

constexpr SeedPart<PullRequest> kPullParts[] = {
    {"number"},
    {"title"},
    {"body"},
    {"head"},
    {"base"},
    {"state"},
    {"draft"},
    {"author"},
    {"user"},
    {"labels"},
    {"assignees"},
    {"assignee"},
    {"milestone"},
    {"requested_reviewers"},
    {"locked"},
    {"lock_reason"},
    {"created_at"},
    {"updated_at"},
    {"closed_at"},
    {"closed_by"},
    {"reviews", seed_reviews},
    {"statuses", seed_statuses},
    {"check_runs", seed_check_runs},
    {"comments", seed_pull_comments},
    {"review_comments", seed_review_comments},
};

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
  if (files_of(world, pull).empty()) {
    node.error_at("head", "no-changes", text::cat("\"", head->ref, "\" and \"", base->ref, "\" hold the same files."),
                  "A pull request needs at least one changed file.");
  }
  issue.id = ++world.counters.issue;
  pull.id = ++world.counters.pull_request;
  put(seed.action, std::move(issue));
  build_parts(kPullParts, seed, *put(seed.action, std::move(pull)), node);
}

}  // namespace

void seed_pull_requests(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("pull_requests", [&](const Node& entry) {
    if (entry.is_made_of(kPullParts)) seed_pull_request(seed, repo, entry);
  });
}

}  // namespace pome::twin::github::model
