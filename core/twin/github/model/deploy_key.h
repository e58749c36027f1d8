#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A public key that opens one repository.
struct DeployKey {
  Id repo = 0;
  Id id = 0;
  std::string title;
  std::string text;  ///< "ssh-ed25519 AAAA...", without its comment
  bool read_only = false;
  std::string added_by;
  Time created_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const DeployKey&) const = default;
  static const RowKind kind;
};
using DeployKeyPtr = std::shared_ptr<const DeployKey>;

/// repos/list-deploy-keys: by id.
std::vector<DeployKeyPtr> deploy_keys_of(const World& world, Id repo);
DeployKeyPtr find_deploy_key(const World& world, Id repo, Id id);

struct NewDeployKey {
  std::string title;
  std::string text;
  bool read_only = false;
};
/// repos/create-deploy-key. Needs admin. A key opens one repository only: refuses one that is used anywhere.
Ruling<DeployKeyPtr> create_deploy_key(Action& action, Id repo, const NewDeployKey& wanted);
/// repos/delete-deploy-key. Needs admin.
Refused delete_deploy_key(Action& action, Id repo, Id id);

/// The rows of "deploy_keys" in the state export.
void export_deploy_keys(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "deploy_keys".
void seed_deploy_keys(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
