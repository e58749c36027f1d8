#pragma once
#include <string>
#include <string_view>

#include "core/twin/github/model/world.h"

/// Parts of the repository rules that creating, copying and moving repositories need too. Internal to the model.
namespace pome::twin::github::model {

/// GitHub's spelling of a wanted name: what no name may hold becomes '-'.
std::string repository_name_from(std::string_view wanted);
/// Refuses a name that is blank, too long, reserved or taken below `owner`. `name` is spelled by repository_name_from.
Refused check_repository_name(const World& world, std::string_view owner, std::string_view name);
/// Refuses texts and commit wordings GitHub does not take; `next` has the patch applied.
Refused check_settings(const RepositoryPatch& patch, const Repository& next);
/// Everything of a patch but the name.
void apply_patch(Repository& next, const RepositoryPatch& patch);
/// Whether `login` may make repositories there: its own account, or an organization it belongs to.
bool may_create_in(const World& world, std::string_view owner, std::string_view login);
/// Stores a new repository row below its owner and name, with the labels GitHub gives every repository. Frees the name
/// if a moved repository was known by it.
RepositoryPtr put_new_repository(Action& action, Repository fresh);
/// Stores a commit of `tree` without parents, made by the actor, and points a branch at it.
void put_root_commit(Action& action, Id repo, std::string_view branch, const git::ObjectId& tree, Time now);

}  // namespace pome::twin::github::model
