#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/repository_lifecycle.h"
#include "core/twin/github/model/repository_rules.h"
#include "core/twin/github/model/store.h"

/// Repositories made from others: forks and templates.
namespace pome::twin::github::model {
namespace {

/// The repository a fork network started with.
Id root_of(const World& world, const Repository& row) {
  const Repository* at = &row;
  while (at->parent != 0) {
    const Repository* above = world.repositories_by_id.find(at->parent);
    if (!above) break;
    at = above;
  }
  return at->id;
}

/// The repository of that network an account has.
RepositoryPtr fork_in(const World& world, Id root, std::string_view owner) {
  for (const auto& entry : world.repositories_by_id) {
    if (text::equals_ignore_case(entry.row->owner, owner) && root_of(world, *entry.row) == root) return entry.row;
  }
  return nullptr;
}

std::string free_name(const World& world, std::string_view owner, std::string_view wanted) {
  std::string name(wanted);
  for (Id suffix = 1; find_repository(world, owner, name); ++suffix) name = text::cat(wanted, '-', suffix);
  return name;
}

Refused check_fork(const Action& action, const Repository& parent, const ForkInput& input) {
  const World& world = action.world;
  if (!input.organization.empty()) {
    const UserPtr account = find_user(world, input.organization);
    if (!account) return invalid_value("Fork", "organization", input.organization);
    if (account->type != UserType::organization) {
      const std::string message =
          text::cat("'", account->login,
                    "' is the login for a user account. You must pass the login for an organization account.");
      return Refusal{RefusalKind::validation, message, {{"Fork", "organization", "invalid", std::nullopt, ""}}};
    }
    if (!may_create_in(world, account->login, action.actor)) {
      return forbidden(text::cat("You don't have permission to fork to ", account->login, "."));
    }
  }
  if (parent.is_private && !parent.allow_forking) return forbidden("This repository does not allow forking.");
  if (refs_of(world, parent.id, kHeads).empty()) {
    return forbidden("The repository exists, but it contains no Git content. Empty repositories cannot be forked.");
  }
  return std::nullopt;
}

Repository fork_row(const Repository& parent, std::string_view owner, std::string name, Time now) {
  Repository fork;
  fork.owner = std::string(owner);
  fork.name = std::move(name);
  fork.description = parent.description;
  fork.homepage = parent.homepage;
  fork.default_branch = parent.default_branch;
  fork.parent = parent.id;
  fork.is_private = parent.is_private;
  fork.has_issues = false;
  fork.created_at = fork.updated_at = now;
  fork.pushed_at = parent.pushed_at;
  return fork;
}

}  // namespace

Ruling<RepositoryPtr> fork_repository(Action& action, Id repo, const ForkInput& input) {
  World& world = action.world;
  const RepositoryPtr parent = world.repositories_by_id.get(repo);
  if (!parent || permission_of(world, repo, action.actor) == Role::none) return not_found();
  if (const Refused refused = check_fork(action, *parent, input)) return refused;
  const std::string owner =
      user_or_stranger(world, input.organization.empty() ? action.actor : std::string_view(input.organization))->login;
  if (const RepositoryPtr known = fork_in(world, root_of(world, *parent), owner)) return known;
  const std::string wanted = input.name.empty() ? parent->name : repository_name_from(input.name);
  const Time now = begin_mutation(action);
  const RepositoryPtr fork = put_new_repository(action, fork_row(*parent, owner, free_name(world, owner, wanted), now));
  const std::string kept = text::cat(kHeads, parent->default_branch);
  for (const RefPtr& ref : refs_of(world, repo, "refs/")) {
    const bool branch_or_tag = ref->name.compare(0, kHeads.size(), kHeads) == 0 ||
                               (!input.default_branch_only && ref->name.compare(0, kTags.size(), kTags) == 0);
    if (!branch_or_tag || (input.default_branch_only && ref->name != kept)) continue;
    Ref copy = *ref;
    copy.repo = fork->id;
    put(action, std::move(copy), Cause::followed);
  }
  return fork;
}

Ruling<RepositoryPtr> generate_repository(Action& action, Id repo, const GenerateInput& input) {
  World& world = action.world;
  const RepositoryPtr source = world.repositories_by_id.get(repo);
  if (!source || !source->is_template || permission_of(world, repo, action.actor) == Role::none) return not_found();
  const UserPtr owner = user_or_stranger(world, input.owner.empty() ? action.actor : std::string_view(input.owner));
  if (!may_create_in(world, owner->login, action.actor)) {
    return forbidden("You need admin access to the organization before adding a repository to it.");
  }
  Repository fresh;
  fresh.owner = owner->login;
  fresh.name = repository_name_from(input.name);
  Refused refused = check_repository_name(world, fresh.owner, fresh.name);
  if (refused && find_repository(world, fresh.owner, fresh.name)) {
    return Refusal{RefusalKind::validation, "Could not clone: Name already exists on this account", {}};
  }
  if (refused) return refused;
  if (!input.description.empty()) fresh.description = input.description;
  fresh.default_branch = source->default_branch;
  fresh.generated_from = source->id;
  fresh.is_private = input.is_private;
  const Time now = begin_mutation(action);
  fresh.created_at = fresh.updated_at = fresh.pushed_at = now;
  const RepositoryPtr stored = put_new_repository(action, std::move(fresh));
  for (const RefPtr& branch : refs_of(world, repo, kHeads)) {
    const std::string_view name = std::string_view(branch->name).substr(kHeads.size());
    const git::Commit* commit = world.objects.commit(branch->target);
    if (!commit || (!input.include_all_branches && name != source->default_branch)) continue;
    put_root_commit(action, stored->id, name, git::ObjectId(commit->tree), now);
  }
  return stored;
}

}  // namespace pome::twin::github::model
