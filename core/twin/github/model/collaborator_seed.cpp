#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_collaborator(Seeding& seed, const Repository& repo, const Node& node) {
  const bool plain = node.value().is_string();
  if (!plain && !node.is_object("login permission state")) return;
  const std::string login = plain ? node.as_text() : node.required_text("login");
  if (login.empty()) return;
  if (find_collaborator(seed.world, repo.id, login)) {
    node.error("duplicate", text::cat("The collaborator \"", login, "\" appears twice."));
    return;
  }
  Collaborator row;
  row.repo = repo.id;
  row.login = seed.user(node, login);
  row.created_at = seed.world.epoch;
  if (!plain) {
    row.role = node.word("permission", Role::write, role_from, "pull, triage, push, maintain, admin");
    const auto state_from = [](std::string_view word) -> std::optional<InvitationState> {
      if (word == "accepted") return InvitationState::accepted;
      if (word == "pending") return InvitationState::pending;
      return std::nullopt;
    };
    row.state = node.word("state", InvitationState::accepted, state_from, "accepted, pending");
  }
  if (row.state == InvitationState::pending) {
    row.invitation_id = ++seed.world.counters.invitation;
    row.invited_by = repo.owner;
  }
  put(seed.action, std::move(row));
}

}  // namespace

void seed_collaborators(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("collaborators", [&](const Node& entry) { seed_collaborator(seed, repo, entry); });
  const bool listed = find_collaborator(seed.world, repo.id, kAgentLogin) != nullptr;
  if (listed || text::equals_ignore_case(repo.owner, kAgentLogin)) return;
  Collaborator agent;
  agent.repo = repo.id;
  agent.login = find_user(seed.world, kAgentLogin)->login;
  agent.created_at = seed.world.epoch;
  put(seed.action, std::move(agent));
}

}  // namespace pome::twin::github::model
