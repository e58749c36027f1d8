#include "core/twin/github/model/merge_gate.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/protection.h"
#include "core/twin/github/model/ruleset.h"

namespace pome::twin::github::model {
namespace {

/// The last judgement of each person who may write; comments do not replace one.
std::vector<ReviewPtr> judgements_of(const World& world, const PullRequest& pull) {
  std::vector<ReviewPtr> out;
  for (const ReviewPtr& review : reviews_of(world, pull.repo, pull.number, "")) {
    if (review->state == ReviewState::commented || review->state == ReviewState::pending) continue;
    if (permission_of(world, pull.repo, review->author) < Role::write) continue;
    std::erase_if(out, [&](const ReviewPtr& other) { return text::equals_ignore_case(other->author, review->author); });
    out.push_back(review);
  }
  return out;
}

std::string reviews_problem(const World& world, const PullRequest& pull, Id needed, bool only_head) {
  Id approvals = 0;
  for (const ReviewPtr& review : judgements_of(world, pull)) {
    if (review->state == ReviewState::changes_requested) return "Changes have been requested by a reviewer.";
    const bool counts = !only_head || review->commit == pull.head.sha;
    if (review->state == ReviewState::approved && counts) ++approvals;
  }
  if (approvals >= needed) return {};
  return text::cat("At least ", needed, needed == 1 ? " approving review is" : " approving reviews are",
                   " required by reviewers with write access.");
}

/// The protection of the base, unless it does not bind this actor.
BranchProtectionPtr binding_protection(const World& world, const PullRequest& pull, std::string_view actor) {
  BranchProtectionPtr row = find_protection(world, pull.base.repo, pull.base.ref);
  const bool exempt =
      row && !row->enforce_admins && !actor.empty() && permission_of(world, pull.repo, actor) == Role::admin;
  return exempt ? nullptr : row;
}

/// What the "pull_request" rules of rulesets say.
std::string ruleset_problem(const World& world, const PullRequest& pull, Role role) {
  for (const RulesetPtr& ruleset : rulesets_on(world, pull.base.repo, pull.base.ref)) {
    if (ruleset->bypass && role >= *ruleset->bypass) continue;
    for (const Rule& rule : ruleset->rules) {
      if (rule.type != "pull_request") continue;
      std::string problem = reviews_problem(world, pull, rule.approvals, false);
      if (!problem.empty()) return problem;
    }
  }
  return {};
}

}  // namespace

bool is_behind(const World& world, const PullRequest& pull) {
  const BranchProtectionPtr row = find_protection(world, pull.base.repo, pull.base.ref);
  const bool strict = row && row->statuses && row->statuses->strict;
  return strict && !git::is_ancestor(world.objects, base_tip(world, pull), pull.head.sha);
}

std::string merge_obstacle(const World& world, const PullRequest& pull, std::string_view actor) {
  const BranchProtectionPtr row = binding_protection(world, pull, actor);
  std::string problem;
  if (row && row->reviews) {
    problem = reviews_problem(world, pull, row->reviews->approvals, row->reviews->dismiss_stale_reviews);
  }
  const Role role = actor.empty() ? Role::none : permission_of(world, pull.repo, actor);
  if (problem.empty()) problem = ruleset_problem(world, pull, role);
  if (problem.empty()) {
    problem = checks_obstacle(world, pull.base.repo, pull.base.ref, pull.head.sha, row != nullptr);
  }
  if (problem.empty() && row && is_behind(world, pull)) {
    problem = "This branch is out-of-date with the base branch.";
  }
  return problem;
}

}  // namespace pome::twin::github::model
