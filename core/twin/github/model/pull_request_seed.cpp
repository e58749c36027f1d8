#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/pull_landing.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// Notes that a repository has no branch of that name.
void note_unknown_branch(Seeding& seed, Id repo, const Node& node, std::string_view key, std::string_view name) {
  std::vector<std::string> known;
  for (const RefPtr& ref : refs_of(seed.world, repo, kHeads)) known.push_back(ref->name.substr(kHeads.size()));
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) hint = "Name it as \"branch\" of at least one of the repository's \"files\".";
  node.error_at(key, "unknown-branch", text::cat("The repository has no branch \"", name, "\"."), std::move(hint));
}

/// The repository behind "owner:branch": the owner's fork of `repo`, or the repository itself.
RepositoryPtr head_repository(const World& world, const Repository& repo, std::string_view owner) {
  if (text::equals_ignore_case(owner, repo.owner)) return world.repositories_by_id.get(repo.id);
  for (const auto& entry : world.repositories) {
    if (entry.row->parent == repo.id && text::equals_ignore_case(entry.row->owner, owner)) return entry.row;
  }
  return nullptr;
}

/// The branch a member names, or nothing (and a note).
std::optional<PullEnd> read_end(Seeding& seed, const Repository& repo, const Node& node, std::string_view key,
                                const std::string& name) {
  if (name.empty()) return std::nullopt;
  const std::size_t colon = name.find(':');
  const std::string branch = colon == std::string::npos ? name : name.substr(colon + 1);
  const std::string_view owner =
      colon == std::string::npos ? std::string_view(repo.owner) : std::string_view(name).substr(0, colon);
  const RepositoryPtr home = head_repository(seed.world, repo, owner);
  if (!home) {
    node.error_at(key, "unknown-repository", text::cat("\"", owner, "\" has no fork of ", repo.full_name(), "."),
                  "Give that owner a repository with \"fork_of\".");
    return std::nullopt;
  }
  if (const RefPtr ref = find_branch(seed.world, home->id, branch)) return PullEnd{home->id, branch, ref->target};
  note_unknown_branch(seed, home->id, node, key, branch);
  return std::nullopt;
}

void seed_pull_comments(Seeding& seed, const PullRequest& pull, const Node& node) {
  seed_comments(seed, *find_issue(seed.world, pull.repo, pull.number), node);
}

void seed_pull_reactions(Seeding& seed, const PullRequest& pull, const Node& node) {
  const IssuePtr issue = find_issue(seed.world, pull.repo, pull.number);
  if (issue) seed_reactions(seed, pull.repo, ReactionTarget::issue, issue->id, node);
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
    {"requested_teams"},
    {"maintainer_can_modify"},
    {"locked"},
    {"lock_reason"},
    {"created_at"},
    {"updated_at"},
    {"closed_at"},
    {"closed_by"},
    {"merged"},
    {"merged_at"},
    {"merged_by"},
    {"merge_method"},
    {"reviews", seed_reviews},
    {"statuses", seed_statuses},
    {"check_runs", seed_check_runs},
    {"comments", seed_pull_comments},
    {"review_comments", seed_review_comments},
    {"reactions", seed_pull_reactions},
};

void read_requests(Seeding& seed, const Node& node, PullRequest& pull) {
  node.each("requested_reviewers", [&](const Node& entry) {
    const std::string login = entry.as_text();
    if (!login.empty()) pull.requested_reviewers.push_back(seed.user(entry, login));
  });
  node.each("requested_teams", [&](const Node& entry) {
    const std::string slug = entry.as_text();
    if (slug.empty()) return;
    const TeamPtr team = find_owners_team(seed.world, pull.repo, slug);
    if (team) pull.requested_teams.push_back(team->slug);
    if (!team) {
      entry.error("unknown-team", text::cat("The organization has no team \"", slug, "\"."),
                  "Add it to the seed's \"teams\".");
    }
  });
}

/// Open pull requests take over what landed on their base.
void follow_base(Seeding& seed, const PullEnd& base, const git::ObjectId& tip) {
  std::vector<PullRequest> moved;
  for (const auto& entry : rows_of(seed.world.pulls, base.repo)) {
    if (entry.row->base.ref == base.ref && is_open(seed.world, *entry.row)) moved.push_back(*entry.row);
  }
  for (PullRequest& pull : moved) {
    pull.base.sha = tip;
    put(seed.action, std::move(pull));
  }
}

/// Lands a pull request that the seed calls merged: its commits go on the base as of now.
void seed_merge(Seeding& seed, const PullRequest& pull, const Node& node) {
  World& world = seed.world;
  MergeInput input;
  input.method = node.word("merge_method", MergeMethod::merge, merge_method_from, "merge, squash, rebase");
  PullRequest next = pull;
  next.merged_by = seed.author(node, {"merged_by"});
  next.merged_at = node.instant("merged_at").value_or(find_issue(world, pull.repo, pull.number)->updated_at);
  const git::Landing landing = land_pull(world, pull, pull.base.sha, input, next.merged_by, *next.merged_at);
  if (!landing.tip) {
    node.error_at("merged", "conflict",
                  text::cat("\"", pull.head.ref, "\" does not merge into \"", pull.base.ref, "\"."));
    return;
  }
  next.merge_commit = landing.tip;
  put(seed.action, std::move(next));
  put(seed.action, Ref{pull.base.repo, text::cat(kHeads, pull.base.ref), *landing.tip, world.epoch});
  follow_base(seed, pull.base, *landing.tip);
}

/// A merged pull request is closed, by whoever merged it and when.
void close_merged(Seeding& seed, const Node& node, Issue& issue) {
  issue.state = OpenState::closed;
  issue.closed_at = node.instant("merged_at").value_or(issue.updated_at);
  issue.updated_at = std::max(issue.updated_at, *issue.closed_at);
  issue.closed_by = seed.author(node, {"merged_by"});
}

void seed_pull_request(Seeding& seed, const Repository& repo, const Node& node) {
  World& world = seed.world;
  Issue issue = read_issue(seed, repo, node);
  issue.is_pull_request = true;
  issue.state_reason.reset();
  const bool merged = node.flag("merged", node.has("merged_at"));
  if (merged) close_merged(seed, node, issue);
  const std::optional<PullEnd> head = read_end(seed, repo, node, "head", node.required_text("head"));
  const std::optional<PullEnd> base = read_end(seed, repo, node, "base", node.text("base", repo.default_branch));
  if (!head || !base || find_issue(world, repo.id, issue.number)) return;
  PullRequest pull;
  pull.repo = repo.id;
  pull.number = issue.number;
  pull.head = *head;
  pull.base = *base;
  pull.draft = node.flag("draft", false);
  pull.maintainer_can_modify = node.flag("maintainer_can_modify", head->repo != repo.id);
  read_requests(seed, node, pull);
  if (files_of(world, pull).empty()) {
    node.error_at("head", "no-changes", text::cat("\"", head->ref, "\" and \"", base->ref, "\" hold the same files."),
                  "A pull request needs at least one changed file.");
  }
  issue.id = ++world.counters.issue;
  pull.id = ++world.counters.pull_request;
  put(seed.action, std::move(issue));
  const PullRequestPtr stored = put(seed.action, std::move(pull));
  if (merged) seed_merge(seed, *stored, node);
  build_parts(kPullParts, seed, *find_pull_request(world, repo.id, stored->number), node);
}

/// Whether an entry's head is in another repository, which may come later in the seed.
bool is_from_fork(const Node& entry) {
  const auto head = json::string_at(entry.value(), "head");
  return head && head->find(':') != std::string_view::npos;
}

}  // namespace

void seed_pull_requests(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("pull_requests", [&](const Node& entry) {
    if (!is_from_fork(entry) && entry.is_made_of(kPullParts)) seed_pull_request(seed, repo, entry);
  });
}

void seed_pulls_from_forks(Seeding& seed, const Repository& repo, const Node& node) {
  if (!json::at(node.value(), "pull_requests").is_array()) return;
  seed.numbers.clear();
  node.each("pull_requests", [&](const Node& entry) {
    if (const auto number = json::integer_at(entry.value(), "number")) seed.numbers.insert(*number);
  });
  node.each("pull_requests", [&](const Node& entry) {
    if (is_from_fork(entry) && entry.is_made_of(kPullParts)) seed_pull_request(seed, repo, entry);
  });
}

}  // namespace pome::twin::github::model
