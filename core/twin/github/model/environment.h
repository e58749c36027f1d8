#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// Which branches may deploy to an environment.
struct DeploymentPolicy {
  bool protected_branches = false;
  bool custom_policies = false;  ///< exactly one of the two is set

  bool operator==(const DeploymentPolicy&) const = default;
};

/// A place deployments go to, with the rules that hold there.
struct Environment {
  Id repo = 0;
  Id id = 0;
  std::string name;
  Id wait_timer = 0;  ///< minutes, 0 to 43200
  bool prevent_self_review = false;
  std::vector<std::string> reviewers;  ///< logins, at most six
  std::optional<DeploymentPolicy> policy;
  Time created_at = 0;
  Time updated_at = 0;

  NameKey key() const { return {repo, name}; }
  bool operator==(const Environment&) const = default;
  static const RowKind kind;
};
using EnvironmentPtr = std::shared_ptr<const Environment>;

std::vector<EnvironmentPtr> environments_of(const World& world, Id repo);  ///< by name
EnvironmentPtr find_environment(const World& world, Id repo, std::string_view name);

/// repos/create-or-update-environment: what is absent is reset, as on GitHub.
struct EnvironmentInput {
  Id wait_timer = 0;
  bool prevent_self_review = false;
  std::vector<Id> reviewers;  ///< ids of users
  std::optional<DeploymentPolicy> policy;
};
/// Needs admin.
Ruling<EnvironmentPtr> set_environment(Action& action, Id repo, std::string_view name, const EnvironmentInput& input);
/// The environment a deployment names, made on the way when missing. Runs inside a mutation.
void need_environment(Action& action, Id repo, std::string_view name, Time now);
/// repos/delete-an-environment. Needs admin.
Refused delete_environment(Action& action, Id repo, std::string_view name);

/// The rows of "environments" in the state export.
void export_environments(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "environments".
void seed_environments(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
