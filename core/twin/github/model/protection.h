#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/row.h"

/// What a branch demands of those who change it: its own protection, and the rulesets that cover it.
namespace pome::twin::github::model {

/// A status or check run that must have succeeded.
struct RequiredCheck {
  std::string context;
  std::optional<Id> app_id;  ///< only this app's counts

  bool operator==(const RequiredCheck&) const = default;
};

struct StatusRules {
  bool strict = false;  ///< the branch must be up to date before a merge
  std::vector<RequiredCheck> checks;

  bool operator==(const StatusRules&) const = default;
};

/// People, teams (slugs) and apps (slugs).
struct ActorList {
  std::vector<std::string> users;
  std::vector<std::string> teams;
  std::vector<std::string> apps;

  bool operator==(const ActorList&) const = default;
  bool has_user(std::string_view login) const;
};

struct ReviewRules {
  bool dismiss_stale_reviews = false;
  bool require_code_owner_reviews = false;
  bool require_last_push_approval = false;
  Id approvals = 1;                           ///< how many must approve, 0 to 6
  std::optional<ActorList> dismissal_actors;  ///< nothing: everybody with write access may dismiss
  ActorList bypass_actors;                    ///< may push without a pull request

  bool operator==(const ReviewRules&) const = default;
};

/// GitHub's branch protection of one branch.
struct BranchProtection {
  Id repo = 0;
  std::string branch;
  std::optional<StatusRules> statuses;
  std::optional<ReviewRules> reviews;
  std::optional<ActorList> restrictions;  ///< who may push
  bool enforce_admins = false;
  bool required_linear_history = false;
  bool allow_force_pushes = false;
  bool allow_deletions = false;
  bool block_creations = false;
  bool required_conversation_resolution = false;
  bool lock_branch = false;
  bool allow_fork_syncing = false;
  bool required_signatures = false;

  NameKey key() const { return {repo, branch}; }
  bool operator==(const BranchProtection&) const = default;
  static const RowKind kind;
};
using BranchProtectionPtr = std::shared_ptr<const BranchProtection>;

BranchProtectionPtr find_protection(const World& world, Id repo, std::string_view branch);
/// Whether a protection or an active ruleset covers the branch: the `protected` member of branches.
bool is_protected(const World& world, Id repo, std::string_view branch);

/// repos/update-branch-protection: stores the row in place of what was there. Needs admin and an existing branch.
Ruling<BranchProtectionPtr> set_protection(Action& action, BranchProtection wanted);
/// repos/delete-branch-protection. Needs admin.
Refused remove_protection(Action& action, Id repo, std::string_view branch);

/// A change of a branch: created without `before`, deleted without `after`.
struct BranchUpdate {
  std::optional<git::ObjectId> before;
  std::optional<git::ObjectId> after;
  bool by_pull_request = false;  ///< lands a pull request, whose reviews its own rules count
};
/// Why the actor may not change the branch so, in GitHub's words; empty when nothing forbids it.
std::string push_obstacle(const Action& action, Id repo, std::string_view branch, const BranchUpdate& update);

/// The contexts a commit still needs before it may reach the branch.
std::vector<std::string> missing_checks(const World& world, Id repo, std::string_view branch,
                                        const git::ObjectId& commit);

/// The rows of "branch_protections" in the state export.
void export_protections(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "branch_protections".
void seed_protections(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
