#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_status(Seeding& seed, Id repo, const git::ObjectId& commit, const Node& node) {
  CommitStatus row;
  row.repo = repo;
  row.commit = commit;
  row.context = node.text("context", "ci/build");
  row.state = node.word("state", StatusState::success, status_state_from, "error, failure, pending, success");
  row.description = node.text("description", "");
  row.target_url = node.text("target_url");
  row.creator = seed.author(node, {"creator"});
  row.created_at = row.updated_at = node.instant("created_at").value_or(seed.world.epoch);
  row.id = ++seed.world.counters.status;
  put(seed.action, std::move(row));
}

}  // namespace

void seed_statuses(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("statuses", [&](const Node& entry) {
    if (!entry.is_object("context state description target_url creator created_at")) return;
    seed_status(seed, pull.base.repo, pull.head.sha, entry);
  });
}

void seed_repository_statuses(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("statuses", [&](const Node& entry) {
    if (!entry.is_object("ref context state description target_url creator created_at")) return;
    if (const auto commit = target_commit(seed, repo, entry, "ref")) seed_status(seed, repo.id, *commit, entry);
  });
}

}  // namespace pome::twin::github::model
