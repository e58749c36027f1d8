#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/twin/github/model/deployment.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

std::optional<DeploymentState> state_from(std::string_view word) {
  return enum_from<DeploymentState>(kDeploymentStates, word);
}

void seed_status(Seeding& seed, const Deployment& deployment, const Node& node) {
  if (!node.is_object("state description log_url environment_url creator created_at")) return;
  DeploymentStatus row;
  row.repo = deployment.repo;
  row.deployment = deployment.id;
  row.state = node.word("state", DeploymentState::pending, state_from,
                        "error, failure, inactive, in_progress, queued, pending, success");
  row.description = node.text("description", "");
  row.environment = deployment.environment;
  row.log_url = node.text("log_url", "");
  row.environment_url = node.text("environment_url", "");
  row.creator = seed.author(node, {"creator"});
  row.created_at = node.instant("created_at").value_or(seed.world.epoch);
  row.id = ++seed.world.counters.deployment_status;
  put(seed.action, std::move(row));
}

void seed_deployment(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("ref task environment description payload transient_environment production_environment creator "
                      "created_at statuses")) {
    return;
  }
  Deployment row;
  row.repo = repo.id;
  row.ref = node.text("ref", repo.default_branch);
  const std::optional<git::ObjectId> commit = target_commit(seed, repo, node, "ref");
  if (!commit) return;
  row.sha = *commit;
  row.task = node.text("task", row.task);
  row.environment = row.original_environment = node.text("environment", row.environment);
  row.description = node.text("description");
  if (node.has("payload")) row.payload = json::dump(node.member("payload").value());
  row.transient = node.flag("transient_environment", false);
  row.production = node.flag("production_environment", row.environment == "production");
  row.creator = seed.author(node, {"creator"});
  row.created_at = row.updated_at = node.instant("created_at").value_or(seed.world.epoch);
  row.id = ++seed.world.counters.deployment;
  const DeploymentPtr stored = put(seed.action, std::move(row));
  need_environment(seed.action, repo.id, stored->environment, stored->created_at);
  node.each("statuses", [&](const Node& status) { seed_status(seed, *stored, status); });
}

}  // namespace

void seed_deployments(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("deployments", [&](const Node& entry) { seed_deployment(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
