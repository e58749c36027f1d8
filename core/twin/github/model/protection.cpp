#include "core/twin/github/model/protection.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/ruleset.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_actors(JsonWriter& out, std::string_view name, const std::optional<ActorList>& actors) {
  out.key(name);
  if (!actors) {
    out.null();
    return;
  }
  out.begin_object();
  list_field(out, "users", actors->users);
  list_field(out, "teams", actors->teams);
  list_field(out, "apps", actors->apps);
  out.end_object();
}

void write_statuses(JsonWriter& out, const std::optional<StatusRules>& statuses) {
  out.key("required_status_checks");
  if (!statuses) {
    out.null();
    return;
  }
  out.begin_object().field("strict", statuses->strict).key("contexts").begin_array();
  for (const RequiredCheck& check : statuses->checks) out.value(check.context);
  out.end_array().end_object();
}

void write_reviews(JsonWriter& out, const std::optional<ReviewRules>& reviews) {
  out.key("required_pull_request_reviews");
  if (!reviews) {
    out.null();
    return;
  }
  out.begin_object().field("required_approving_review_count", reviews->approvals);
  out.field("dismiss_stale_reviews", reviews->dismiss_stale_reviews);
  out.field("require_code_owner_reviews", reviews->require_code_owner_reviews);
  out.field("require_last_push_approval", reviews->require_last_push_approval);
  write_actors(out, "dismissal_restrictions", reviews->dismissal_actors);
  write_actors(out, "bypass_pull_request_allowances", reviews->bypass_actors);
  out.end_object();
}

void write_protection(JsonWriter& out, const World&, const BranchProtection& row) {
  out.field("branch", row.branch).field("enforce_admins", row.enforce_admins);
  write_statuses(out, row.statuses);
  write_reviews(out, row.reviews);
  write_actors(out, "restrictions", row.restrictions);
  out.field("required_linear_history", row.required_linear_history);
  out.field("allow_force_pushes", row.allow_force_pushes).field("allow_deletions", row.allow_deletions);
  out.field("block_creations", row.block_creations).field("lock_branch", row.lock_branch);
  out.field("required_conversation_resolution", row.required_conversation_resolution);
  out.field("allow_fork_syncing", row.allow_fork_syncing).field("required_signatures", row.required_signatures);
}

/// What makes a change of a branch a problem, whoever asks.
struct Facts {
  bool deletes = false;
  bool forces = false;
  bool merges = false;  ///< brings merge commits
};

Facts facts_of(const World& world, const BranchUpdate& update) {
  Facts out;
  out.deletes = !update.after;
  if (!update.before || !update.after) return out;
  out.forces = !git::is_ancestor(world.objects, *update.before, *update.after);
  for (const git::ObjectId& id : git::commits_between(world.objects, *update.before, *update.after)) {
    if (world.objects.commit(id)->parents.size() > 1) out.merges = true;
  }
  return out;
}

/// The contexts among `wanted` that have not succeeded on a commit.
std::vector<std::string> unmet(const World& world, Id repo, const std::vector<std::string>& wanted,
                               const git::ObjectId& commit) {
  std::vector<std::string> out;
  for (const std::string& context : wanted) {
    bool met = false;
    for (const auto& entry : rows_of(world.statuses, repo)) {  // oldest first: the last report counts
      if (entry.row->commit == commit && entry.row->context == context) met = entry.row->state == StatusState::success;
    }
    for (const auto& entry : rows_of(world.check_runs, repo)) {
      if (!(entry.row->commit == commit) || entry.row->name != context) continue;
      const auto conclusion = entry.row->conclusion;
      met = conclusion == CheckConclusion::success || conclusion == CheckConclusion::neutral ||
            conclusion == CheckConclusion::skipped;
    }
    if (!met) out.push_back(context);
  }
  return out;
}

std::vector<std::string> contexts_of(const BranchProtection& row) {
  std::vector<std::string> out;
  if (!row.statuses) return out;
  for (const RequiredCheck& check : row.statuses->checks) out.push_back(check.context);
  return out;
}

std::string checks_problem(const std::vector<std::string>& missing, std::size_t all) {
  if (missing.empty()) return {};
  if (all == 1) return text::cat("Required status check \"", missing.front(), "\" is expected.");
  return text::cat(missing.size(), " of ", all, " required status checks are expected.");
}

constexpr std::string_view kPullRequestNeeded = "Changes must be made through a pull request.";
constexpr std::string_view kMergeCommits = "This branch must not contain merge commits.";

std::string protection_obstacle(const Action& action, const BranchProtection& row, const BranchUpdate& update,
                                const Facts& facts) {
  const World& world = action.world;
  const bool admin = permission_of(world, row.repo, action.actor) == Role::admin;
  if (facts.deletes) return row.allow_deletions ? "" : "Cannot delete this branch";
  if (facts.forces && !row.allow_force_pushes) return "Cannot force-push to this branch";
  if (admin && !row.enforce_admins) return {};
  if (row.lock_branch) return "Cannot change this locked branch";
  if (row.restrictions && !admin && !row.restrictions->has_user(action.actor)) {
    return "You're not authorized to push to this branch. Visit "
           "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/"
           "managing-protected-branches/about-protected-branches for more information.";
  }
  if (facts.merges && row.required_linear_history) return std::string(kMergeCommits);
  if (update.by_pull_request) return {};
  if (row.reviews && !row.reviews->bypass_actors.has_user(action.actor)) return std::string(kPullRequestNeeded);
  const std::vector<std::string> contexts = contexts_of(row);
  return checks_problem(unmet(world, row.repo, contexts, *update.after), contexts.size());
}

/// What one rule of a ruleset says to a change; empty when it has nothing against it.
std::string rule_problem(const World& world, Id repo, const Rule& rule, const BranchUpdate& update,
                         const Facts& facts) {
  if (rule.type == "deletion") return facts.deletes ? "Cannot delete this branch" : "";
  if (rule.type == "creation") return update.before ? "" : "Cannot create ref due to creations being restricted.";
  if (facts.deletes) return {};
  if (rule.type == "non_fast_forward") return facts.forces ? "Cannot force-push to this branch" : "";
  if (rule.type == "required_linear_history") return facts.merges ? std::string(kMergeCommits) : "";
  if (!update.before) return {};
  if (rule.type == "update") return "Cannot update this protected ref.";
  if (update.by_pull_request) return {};
  if (rule.type == "pull_request") return std::string(kPullRequestNeeded);
  if (rule.type != "required_status_checks") return {};
  return checks_problem(unmet(world, repo, rule.contexts, *update.after), rule.contexts.size());
}

std::string ruleset_obstacle(const Action& action, Id repo, std::string_view branch, const BranchUpdate& update,
                             const Facts& facts) {
  const World& world = action.world;
  const Role role = permission_of(world, repo, action.actor);
  std::string problems;
  for (const RulesetPtr& ruleset : rulesets_on(world, repo, branch)) {
    if (ruleset->bypass && role >= *ruleset->bypass) continue;
    for (const Rule& rule : ruleset->rules) {
      const std::string problem = rule_problem(world, repo, rule, update, facts);
      if (!problem.empty()) text::append(problems, problem, "\n\n");
    }
  }
  return problems.empty() ? problems : text::cat("Repository rule violations found\n\n", problems);
}

Refused check_admin(const Action& action, Id repo) {
  const Role role = permission_of(action.world, repo, action.actor);
  if (role >= Role::admin) return std::nullopt;
  return role < Role::write ? not_found() : forbidden();
}

}  // namespace

const RowKind BranchProtection::kind = row_kind<&World::protections, write_protection>("branch_protection");

bool ActorList::has_user(std::string_view login) const {
  return std::any_of(users.begin(), users.end(),
                     [&](const std::string& user) { return text::equals_ignore_case(user, login); });
}

BranchProtectionPtr find_protection(const World& world, Id repo, std::string_view branch) {
  return world.protections.get(NameKeyView{repo, branch});
}

bool is_protected(const World& world, Id repo, std::string_view branch) {
  return find_protection(world, repo, branch) || !rulesets_on(world, repo, branch).empty();
}

Ruling<BranchProtectionPtr> set_protection(Action& action, BranchProtection wanted) {
  const World& world = action.world;
  if (const Refused refused = check_admin(action, wanted.repo)) return *refused;
  if (!find_branch(world, wanted.repo, wanted.branch)) {
    return Refusal{RefusalKind::not_found, "Branch not found", {}};
  }
  const BranchProtectionPtr current = find_protection(world, wanted.repo, wanted.branch);
  if (current) wanted.required_signatures = current->required_signatures;
  if (current && *current == wanted) return current;
  begin_mutation(action);
  return put(action, std::move(wanted));
}

Refused remove_protection(Action& action, Id repo, std::string_view branch) {
  if (const Refused refused = check_admin(action, repo)) return refused;
  const BranchProtectionPtr current = find_protection(action.world, repo, branch);
  if (!current) {
    return Refusal{RefusalKind::not_found, "Branch not protected", {}};
  }
  begin_mutation(action);
  erase(action, current);
  return std::nullopt;
}

std::string push_obstacle(const Action& action, Id repo, std::string_view branch, const BranchUpdate& update) {
  const World& world = action.world;
  const BranchProtectionPtr row = find_protection(world, repo, branch);
  if (!row && world.rulesets.empty()) return {};
  const Facts facts = facts_of(world, update);
  std::string problem = row ? protection_obstacle(action, *row, update, facts) : std::string();
  return problem.empty() ? ruleset_obstacle(action, repo, branch, update, facts) : problem;
}

std::vector<std::string> missing_checks(const World& world, Id repo, std::string_view branch,
                                        const git::ObjectId& commit) {
  std::vector<std::string> contexts;
  if (const BranchProtectionPtr row = find_protection(world, repo, branch)) contexts = contexts_of(*row);
  for (const RulesetPtr& ruleset : rulesets_on(world, repo, branch)) {
    for (const Rule& rule : ruleset->rules) {
      contexts.insert(contexts.end(), rule.contexts.begin(), rule.contexts.end());
    }
  }
  return unmet(world, repo, contexts, commit);
}

void export_protections(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.protections);
}

}  // namespace pome::twin::github::model
