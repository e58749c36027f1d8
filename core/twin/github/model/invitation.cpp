#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/collaborator.h"
#include "core/twin/github/model/store.h"

/// Invitations to a repository: collaborator rows that wait.
namespace pome::twin::github::model {
namespace {

/// The open invitation of that id in a repository the actor administers.
Ruling<CollaboratorPtr> managed(const Action& action, Id repo, Id invitation) {
  const Role role = permission_of(action.world, repo, action.actor);
  if (role == Role::none) return not_found();
  if (role < Role::admin) return forbidden();
  for (const CollaboratorPtr& row : invitations_of(action.world, repo)) {
    if (row->invitation_id == invitation) return row;
  }
  return not_found();
}

/// The open invitation of that id if the actor received it.
CollaboratorPtr received(const Action& action, Id invitation) {
  for (const CollaboratorPtr& row : invitations_for(action.world, action.actor)) {
    if (row->invitation_id == invitation && !is_expired(action.world, *row)) return row;
  }
  return nullptr;
}

}  // namespace

bool is_expired(const World& world, const Collaborator& invitation) {
  constexpr Time kWeek = 7 * 24 * 3600;
  return world.now - invitation.created_at > kWeek;
}

std::vector<CollaboratorPtr> invitations_of(const World& world, Id repo) {
  std::vector<CollaboratorPtr> out;
  for (const auto& entry : rows_of(world.collaborators, repo)) {
    if (entry.row->state == InvitationState::pending) out.push_back(entry.row);
  }
  return out;
}

std::vector<CollaboratorPtr> invitations_for(const World& world, std::string_view login) {
  std::vector<CollaboratorPtr> out;
  for (const auto& entry : world.collaborators) {
    const bool open = entry.row->state == InvitationState::pending;
    if (open && text::equals_ignore_case(entry.row->login, login)) out.push_back(entry.row);
  }
  sort_stably(out, [](const auto& a, const auto& b) { return a->invitation_id < b->invitation_id; });
  return out;
}

Ruling<CollaboratorPtr> update_invitation(Action& action, Id repo, Id invitation, std::optional<Role> role) {
  const Ruling<CollaboratorPtr> current = managed(action, repo, invitation);
  if (!current || !role || (*current)->role == *role) return current;
  Collaborator next = **current;
  next.role = *role;
  begin_mutation(action);
  return put(action, std::move(next));
}

Refused delete_invitation(Action& action, Id repo, Id invitation) {
  const Ruling<CollaboratorPtr> current = managed(action, repo, invitation);
  if (!current) return current.refusal();
  begin_mutation(action);
  erase(action, *current);
  return std::nullopt;
}

Refused accept_invitation(Action& action, Id invitation) {
  const CollaboratorPtr current = received(action, invitation);
  if (!current) return not_found();
  Collaborator next = *current;
  next.state = InvitationState::accepted;
  begin_mutation(action);
  put(action, std::move(next));
  return std::nullopt;
}

Refused decline_invitation(Action& action, Id invitation) {
  const CollaboratorPtr current = received(action, invitation);
  if (!current) return not_found();
  begin_mutation(action);
  erase(action, current);
  return std::nullopt;
}

}  // namespace pome::twin::github::model
