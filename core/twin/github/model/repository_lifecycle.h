#pragma once
#include <string>
#include <string_view>

#include "core/twin/github/model/repository.h"

/// How repositories come, move and go.
namespace pome::twin::github::model {

struct NewRepository {
  std::string owner;  ///< login of the actor or of an organization
  RepositoryPatch settings;
  bool auto_init = false;          ///< an initial commit with a README.md
  std::string gitignore_template;  ///< "C++"; empty = none. Each template makes an initial commit too
  std::string license_template;    ///< "mit"; empty = none
};

/// repos/create-for-authenticated-user, repos/create-in-org. In an organization only its members may create.
Ruling<RepositoryPtr> create_repository(Action& action, const NewRepository& wanted);

/// repos/delete. Needs admin. Forks of a public repository stay: the oldest takes its place as their parent. Forks of a
/// private one go with it.
Refused delete_repository(Action& action, Id repo);

struct ForkInput {
  std::string organization;  ///< empty = the actor's own account
  std::string name;          ///< empty = the parent's
  bool default_branch_only = false;
};
/// repos/create-fork. An account has one repository of a network of forks: asking again answers it, and asking its
/// owner answers the repository itself. The fork shares every object with its parent. Refuses repositories without
/// commits and private ones that forbid forks.
Ruling<RepositoryPtr> fork_repository(Action& action, Id repo, const ForkInput& input);

struct GenerateInput {
  std::string owner;  ///< empty = the actor
  std::string name;
  std::string description;
  bool include_all_branches = false;
  bool is_private = false;
};
/// repos/create-using-template. Each copied branch starts with one commit of the template's files.
Ruling<RepositoryPtr> generate_repository(Action& action, Id repo, const GenerateInput& input);

/// repos/transfer. Needs admin. An organization the actor belongs to takes the repository at once; a person has to
/// accept it first, so the repository stays where it is and notes the login.
Ruling<RepositoryPtr> transfer_repository(Action& action, Id repo, std::string_view new_owner,
                                          std::string_view new_name);

}  // namespace pome::twin::github::model
