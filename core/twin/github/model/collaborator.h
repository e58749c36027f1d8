#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;

/// What somebody may do in a repository, weakest first, so roles compare with `<`.
enum class Role { none, read, triage, write, maintain, admin };

enum class InvitationState { accepted, pending };

struct Collaborator {
  Id repo = 0;
  std::string login;
  Role role = Role::write;
  InvitationState state = InvitationState::accepted;
  Id invitation_id = 0;  ///< 0 for seeded collaborators
  std::string invited_by;
  Time created_at = 0;

  NameKey key() const { return {repo, login}; }
  bool operator==(const Collaborator&) const = default;
  static const RowKind kind;
};
using CollaboratorPtr = std::shared_ptr<const Collaborator>;

enum class AuthorAssociation { none, contributor, collaborator, member, owner };

/// "read", "triage", "write", "maintain", "admin", "none": GitHub's role_name.
std::string_view role_name(Role role);
/// "pull", "triage", "push", "maintain", "admin": the word requests and exports use; "none" for Role::none.
std::string_view permission_word(Role role);
/// Understands both spellings.
std::optional<Role> role_from(std::string_view word);
/// "OWNER", "MEMBER", "COLLABORATOR", "CONTRIBUTOR", "NONE".
std::string_view association_name(AuthorAssociation association);

/// What `login` may do: the owner and owners of an owning organization administer; members of it have its base
/// permission and the roles of their teams; a collaborator who accepted has the stored role; everybody reads a public
/// repository.
Role permission_of(const World& world, Id repo, std::string_view login);
/// How `login` relates to the repository, for `author_association`. Contributor: authored a commit on a branch.
AuthorAssociation association_of(const World& world, Id repo, std::string_view login);

/// association_of for many rows of one repository: looks each login up once. Valid while the world does not change.
class Associations {
 public:
  Associations(const World& world, Id repo) : world_(world), repo_(repo) {}
  AuthorAssociation of(std::string_view login);

 private:
  const World& world_;
  Id repo_;
  std::map<std::string, AuthorAssociation, NameLess> known_;
};

/// The row of one login, pending or accepted; nullptr when there is none.
CollaboratorPtr find_collaborator(const World& world, Id repo, std::string_view login);
/// Owner (of a user's repository), organization members and accepted collaborators: logins without case, ascending.
std::vector<std::string> collaborator_logins(const World& world, Id repo);
/// Has a role of their own: owner, organization member or accepted collaborator.
bool is_collaborator(const World& world, Id repo, std::string_view login);
/// GitHub lets these be assigned: everybody who is_collaborator.
bool is_assignable(const World& world, Id repo, std::string_view login);

/// repos/add-collaborator. Needs admin; push is enough for none of it. Inviting a known or unknown login makes a
/// pending row (`created` true); repeating it changes the role of a pending invitation; an accepted collaborator's role
/// changes at once (`created` false). The owner cannot be added.
struct AddedCollaborator {
  CollaboratorPtr row;
  bool created = false;  ///< answer 201 with the invitation; otherwise 204
};
Ruling<AddedCollaborator> add_collaborator(Action& action, Id repo, std::string_view login, Role role);
/// repos/remove-collaborator. Needs admin, or the login itself. Also ends assignments of that login in the repository.
Refused remove_collaborator(Action& action, Id repo, std::string_view login);

/// An invitation is a collaborator row that waits for its login. It expires after seven days.
bool is_expired(const World& world, const Collaborator& invitation);
/// repos/list-invitations: the open invitations of a repository, by login.
std::vector<CollaboratorPtr> invitations_of(const World& world, Id repo);
/// repos/list-invitations-for-authenticated-user: those a login received, by id.
std::vector<CollaboratorPtr> invitations_for(const World& world, std::string_view login);
/// repos/update-invitation, repos/delete-invitation. Both need admin.
Ruling<CollaboratorPtr> update_invitation(Action& action, Id repo, Id invitation, std::optional<Role> role);
Refused delete_invitation(Action& action, Id repo, Id invitation);
/// repos/accept-invitation-for-authenticated-user, repos/decline-invitation-...: only the invited login may.
Refused accept_invitation(Action& action, Id invitation);
Refused decline_invitation(Action& action, Id invitation);

/// The rows of "collaborators" in the state export.
void export_collaborators(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "collaborators".
void seed_collaborators(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
