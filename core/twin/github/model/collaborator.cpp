#include "core/twin/github/model/collaborator.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

struct RoleWords {
  Role role;
  std::string_view name;
  std::string_view permission;
};
constexpr std::array<RoleWords, 6> kRoles{{{Role::none, "none", "none"},
                                           {Role::read, "read", "pull"},
                                           {Role::triage, "triage", "triage"},
                                           {Role::write, "write", "push"},
                                           {Role::maintain, "maintain", "maintain"},
                                           {Role::admin, "admin", "admin"}}};

const RoleWords& words_of(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

const Membership* membership_of(const World& world, std::string_view organization, std::string_view login) {
  return world.memberships.empty() ? nullptr : world.memberships.find(text::cat(organization, '/', login));
}

/// Wrote a commit that is reachable from a branch.
bool is_contributor(const World& world, Id repo, std::string_view login) {
  git::History walk(world.objects, branch_heads(world, repo));
  while (const std::optional<git::ObjectId> id = walk.next()) {
    if (text::equals_ignore_case(login_of(world.objects.commit(*id)->author), login)) return true;
  }
  return false;
}

void drop_assignments(Action& action, Id repo, std::string_view login) {
  std::vector<IssuePtr> touched;
  for (const auto& entry : rows_of(action.world.issues, repo)) {
    const auto& assignees = entry.row->assignees;
    if (std::any_of(assignees.begin(), assignees.end(),
                    [&](const auto& a) { return text::equals_ignore_case(a, login); })) {
      touched.push_back(entry.row);
    }
  }
  for (const IssuePtr& issue : touched) {
    Issue next = *issue;
    std::erase_if(next.assignees, [&](const auto& assignee) { return text::equals_ignore_case(assignee, login); });
    put(action, std::move(next), Cause::followed);
  }
}

std::string_view state_word(InvitationState state) {
  return state == InvitationState::accepted ? "accepted" : "pending";
}

void write_collaborator(JsonWriter& out, const World&, const Collaborator& row) {
  out.field("login", row.login);
  out.field("invitation_state", state_word(row.state));
  out.field("permission", permission_word(row.role));
}

}  // namespace

const RowKind Collaborator::kind = row_kind<&World::collaborators, write_collaborator>("collaborator");

std::string_view role_name(Role role) { return words_of(role).name; }

std::string_view permission_word(Role role) { return words_of(role).permission; }

std::optional<Role> role_from(std::string_view word) {
  for (const RoleWords& row : kRoles) {
    if (row.role != Role::none && (word == row.name || word == row.permission)) return row.role;
  }
  return std::nullopt;
}

std::string_view association_name(AuthorAssociation association) {
  switch (association) {
    case AuthorAssociation::none:
      return "NONE";
    case AuthorAssociation::contributor:
      return "CONTRIBUTOR";
    case AuthorAssociation::collaborator:
      return "COLLABORATOR";
    case AuthorAssociation::member:
      return "MEMBER";
    case AuthorAssociation::owner:
      return "OWNER";
  }
  return "NONE";
}

Role permission_of(const World& world, Id repo, std::string_view login) {
  const Repository* row = world.repositories_by_id.find(repo);
  if (!row) return Role::none;
  if (!login.empty() && text::equals_ignore_case(row->owner, login)) return Role::admin;
  Role role = row->is_private ? Role::none : Role::read;
  if (const Membership* membership = membership_of(world, row->owner, login)) {
    if (membership->owner) return Role::admin;
    role = std::max(role, Role::read);
  }
  const Collaborator* collaborator = world.collaborators.find(NameKeyView{repo, login});
  if (collaborator && collaborator->state == InvitationState::accepted) role = std::max(role, collaborator->role);
  return role;
}

AuthorAssociation association_of(const World& world, Id repo, std::string_view login) {
  const Repository* row = world.repositories_by_id.find(repo);
  if (!row || login.empty()) return AuthorAssociation::none;
  if (text::equals_ignore_case(row->owner, login)) return AuthorAssociation::owner;
  if (membership_of(world, row->owner, login)) return AuthorAssociation::member;
  const Collaborator* collaborator = world.collaborators.find(NameKeyView{repo, login});
  if (collaborator && collaborator->state == InvitationState::accepted) return AuthorAssociation::collaborator;
  return is_contributor(world, repo, login) ? AuthorAssociation::contributor : AuthorAssociation::none;
}

AuthorAssociation Associations::of(std::string_view login) {
  const auto known = known_.find(login);
  if (known != known_.end()) return known->second;
  const AuthorAssociation found = association_of(world_, repo_, login);
  known_.emplace(login, found);
  return found;
}

CollaboratorPtr find_collaborator(const World& world, Id repo, std::string_view login) {
  return world.collaborators.get(NameKeyView{repo, login});
}

std::vector<std::string> collaborator_logins(const World& world, Id repo) {
  std::set<std::string, NameLess> out;
  const Repository* row = world.repositories_by_id.find(repo);
  if (!row) return {};
  const UserPtr owner = find_user(world, row->owner);
  if (!owner || owner->type == UserType::user) out.insert(row->owner);
  for (const auto& entry : world.memberships) {
    if (text::equals_ignore_case(entry.row->organization, row->owner)) out.insert(entry.row->login);
  }
  for (const auto& entry : rows_of(world.collaborators, repo)) {
    if (entry.row->state == InvitationState::accepted) out.insert(entry.row->login);
  }
  return {out.begin(), out.end()};
}

bool is_collaborator(const World& world, Id repo, std::string_view login) {
  const Repository* row = world.repositories_by_id.find(repo);
  if (!row || login.empty()) return false;
  if (text::equals_ignore_case(row->owner, login)) {
    const UserPtr owner = find_user(world, login);
    return !owner || owner->type == UserType::user;
  }
  if (membership_of(world, row->owner, login)) return true;
  const Collaborator* collaborator = world.collaborators.find(NameKeyView{repo, login});
  return collaborator && collaborator->state == InvitationState::accepted;
}

bool is_assignable(const World& world, Id repo, std::string_view login) { return is_collaborator(world, repo, login); }

Ruling<AddedCollaborator> add_collaborator(Action& action, Id repo, std::string_view login, Role role) {
  World& world = action.world;
  const RepositoryPtr row = world.repositories_by_id.get(repo);
  const Role own = permission_of(world, repo, action.actor);
  if (!row || own == Role::none) return not_found();
  if (own < Role::admin) return forbidden();
  if (!is_valid_login(login)) return not_found();
  const UserPtr user = find_user(world, login);
  if (text::equals_ignore_case(row->owner, login) || (user && user->type == UserType::organization)) {
    return invalid_because("Repository", "username", "This account cannot be added as a collaborator.");
  }
  const CollaboratorPtr current = find_collaborator(world, repo, login);
  const bool accepted = current && current->state == InvitationState::accepted;
  if (current && current->role == role) return AddedCollaborator{current, !accepted};
  Collaborator next = current ? *current : Collaborator{};
  const Time now = begin_mutation(action);
  if (!current) {
    next.repo = repo;
    next.login = user ? user->login : std::string(login);
    next.state = InvitationState::pending;
    next.invitation_id = ++world.counters.invitation;
    next.invited_by = user_or_stranger(world, action.actor)->login;
    next.created_at = now;
  }
  next.role = role;
  return AddedCollaborator{put(action, std::move(next)), !accepted};
}

Refused remove_collaborator(Action& action, Id repo, std::string_view login) {
  World& world = action.world;
  const Role own = permission_of(world, repo, action.actor);
  if (own == Role::none) return not_found();
  if (own < Role::admin && !text::equals_ignore_case(action.actor, login)) return forbidden();
  const CollaboratorPtr current = find_collaborator(world, repo, login);
  if (!current) return std::nullopt;
  begin_mutation(action);
  erase(action, current);
  if (!is_assignable(world, repo, login)) drop_assignments(action, repo, login);
  return std::nullopt;
}

void export_collaborators(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.collaborators, repo.id)) {
    const Collaborator& row = *entry.row;
    out.begin_object().field("repo_id", row.repo).field("login", row.login);
    out.field("permission", permission_word(row.role)).field("invitation_state", state_word(row.state)).end_object();
  }
}

}  // namespace pome::twin::github::model
