#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A request to bring a commit to an environment.
struct Deployment {
  Id repo = 0;
  Id id = 0;
  std::string ref;  ///< as asked for: branch, tag or commit id
  git::ObjectId sha;
  std::string task = "deploy";
  std::string payload = "\"\"";  ///< JSON
  std::string environment = "production";
  std::string original_environment = "production";
  std::optional<std::string> description;
  std::string creator;
  bool transient = false;
  bool production = true;
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const Deployment&) const = default;
  static const RowKind kind;
};
using DeploymentPtr = std::shared_ptr<const Deployment>;

enum class DeploymentState : std::uint8_t { error, failure, inactive, in_progress, queued, pending, success };
inline constexpr std::array<std::string_view, 7> kDeploymentStates = {"error",  "failure", "inactive", "in_progress",
                                                                      "queued", "pending", "success"};

struct DeploymentStatus {
  Id repo = 0;
  Id id = 0;
  Id deployment = 0;
  DeploymentState state = DeploymentState::pending;
  std::string creator;
  std::string description;
  std::string environment;
  std::string log_url;
  std::string environment_url;
  Time created_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const DeploymentStatus&) const = default;
  static const RowKind kind;
};
using DeploymentStatusPtr = std::shared_ptr<const DeploymentStatus>;

std::vector<DeploymentPtr> deployments_of(const World& world, Id repo);  ///< newest first
DeploymentPtr find_deployment(const World& world, Id repo, Id id);
std::vector<DeploymentStatusPtr> statuses_of(const World& world, const Deployment& deployment);  ///< newest first

struct NewDeployment {
  std::string ref;
  std::string task = "deploy";
  bool auto_merge = true;
  std::optional<std::vector<std::string>> required_contexts;  ///< nothing = every context of the commit
  std::string payload = "\"\"";                               ///< JSON
  std::string environment = "production";
  std::optional<std::string> description;
  bool transient = false;
  std::optional<bool> production;  ///< nothing = whether the environment is called "production"
};
/// Exactly one of the two.
struct DeploymentOutcome {
  DeploymentPtr row;
  std::string merged;  ///< GitHub's sentence: the default branch was merged into the ref first, nothing was deployed
};
/// repos/create-deployment. Needs push. A branch that lacks commits of the default branch is brought up to date first,
/// unless auto_merge is off; commit statuses that are not successful conflict. Makes the environment when missing.
Ruling<DeploymentOutcome> create_deployment(Action& action, Id repo, const NewDeployment& wanted);
/// repos/delete-deployment. Needs push. Refuses an active deployment unless it is the repository's only one.
Refused delete_deployment(Action& action, Id repo, Id id);

struct NewDeploymentStatus {
  DeploymentState state = DeploymentState::pending;
  std::string description;
  std::optional<std::string> environment;  ///< moves the deployment there
  std::string log_url;
  std::string environment_url;
  bool auto_inactive = true;
};
/// repos/create-deployment-status. Needs push. Success makes earlier successful deployments of the environment
/// inactive, unless they are transient or production ones or auto_inactive is off.
Ruling<DeploymentStatusPtr> create_deployment_status(Action& action, Id repo, Id deployment,
                                                     const NewDeploymentStatus& wanted);

/// The rows of "deployments" in the state export, each with its statuses.
void export_deployments(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "deployments".
void seed_deployments(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
