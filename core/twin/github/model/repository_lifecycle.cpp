#include "core/twin/github/model/repository_lifecycle.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/repository_contents.h"
#include "core/twin/github/model/repository_rules.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/templates.h"

namespace pome::twin::github::model {
namespace {

struct DefaultLabel {
  std::string_view name;
  std::string_view color;
  std::string_view description;
};
/// Every new repository on GitHub has these.
constexpr DefaultLabel kDefaultLabels[] = {
    {"bug", "d73a4a", "Something isn't working"},
    {"documentation", "0075ca", "Improvements or additions to documentation"},
    {"duplicate", "cfd3d7", "This issue or pull request already exists"},
    {"enhancement", "a2eeef", "New feature or request"},
    {"good first issue", "7057ff", "Good for newcomers"},
    {"help wanted", "008672", "Extra attention is needed"},
    {"invalid", "e4e669", "This doesn't seem right"},
    {"question", "d876e3", "Further information is requested"},
    {"wontfix", "ffffff", "This will not be worked on"},
};

Refused check_templates(const NewRepository& wanted) {
  if (!wanted.gitignore_template.empty() && !find_gitignore(wanted.gitignore_template)) {
    return invalid_because("Repository", "gitignore_template",
                           text::cat(wanted.gitignore_template, " is an unknown gitignore template."));
  }
  if (!wanted.license_template.empty() && !find_license(wanted.license_template)) {
    return invalid_because("Repository", "license_template",
                           text::cat(wanted.license_template, " is an unknown license template."));
  }
  return std::nullopt;
}

git::FileMap initial_files(const World& world, const NewRepository& wanted, const Repository& row, Time now) {
  git::FileMap files;
  const auto add = [&](std::string_view path, std::string content) {
    files[std::string(path)].content = std::make_shared<const std::string>(std::move(content));
  };
  if (wanted.auto_init) {
    const bool described = row.description && !row.description->empty();
    add("README.md", described ? text::cat("# ", row.name, "\n", *row.description, "\n") : text::cat("# ", row.name));
  }
  if (const GitignoreTemplate* ignore = find_gitignore(wanted.gitignore_template)) {
    add(".gitignore", std::string(ignore->source));
  }
  if (const License* license = find_license(wanted.license_template)) {
    const UserPtr owner = user_or_stranger(world, row.owner);
    add("LICENSE", filled_license(*license, time::iso8601(now).substr(0, 4), owner->name.value_or(owner->login)));
  }
  return files;
}

/// Refuses creations the way GitHub does: the name's problem under another headline.
Refused check_new_name(const World& world, std::string_view owner, std::string_view name) {
  const Refused refused = check_repository_name(world, owner, name);
  if (!refused) return refused;
  return Refusal{RefusalKind::validation, "Repository creation failed.", (*refused).errors};
}

/// Forks by id, which is their age.
std::vector<RepositoryPtr> forks_of(const World& world, Id repo) {
  std::vector<RepositoryPtr> out;
  for (const auto& entry : world.repositories_by_id) {
    if (entry.row->parent == repo) out.push_back(entry.row);
  }
  return out;
}

void remove_with_contents(Action& action, const RepositoryPtr& row, Cause cause);

/// A fork network without its root continues below the root's parent, or else below the oldest fork.
void leave_forks(Action& action, const Repository& gone) {
  const std::vector<RepositoryPtr> forks = forks_of(action.world, gone.id);
  Id parent = gone.parent;
  for (const RepositoryPtr& fork : forks) {
    if (gone.is_private) {
      remove_with_contents(action, fork, Cause::followed);
      continue;
    }
    Repository next = *fork;
    next.parent = parent;
    if (parent == 0) parent = next.id;
    put(action, std::move(next), Cause::followed);
  }
}

/// Repositories made from a template stand alone once it is gone.
void leave_copies(Action& action, Id gone) {
  std::vector<RepositoryPtr> copies;
  for (const auto& entry : action.world.repositories_by_id) {
    if (entry.row->generated_from == gone) copies.push_back(entry.row);
  }
  for (const RepositoryPtr& copy : copies) {
    Repository next = *copy;
    next.generated_from = 0;
    put(action, std::move(next), Cause::followed);
  }
}

void remove_with_contents(Action& action, const RepositoryPtr& row, Cause cause) {
  remove_heads(action, row->id);
  drop_contents(action.world, row->id);
  std::vector<std::shared_ptr<const FormerName>> names;
  for (const auto& entry : action.world.former_names) {
    if (entry.row->id == row->id) names.push_back(entry.row);
  }
  erase(action, row, cause);
  for (const auto& name : names) erase(action, name, Cause::followed);
  leave_forks(action, *row);
  leave_copies(action, row->id);
}

}  // namespace

bool may_create_in(const World& world, std::string_view owner, std::string_view login) {
  return text::equals_ignore_case(owner, login) || world.memberships.find(text::cat(owner, '/', login));
}

RepositoryPtr put_new_repository(Action& action, Repository fresh) {
  World& world = action.world;
  fresh.id = ++world.counters.repository;
  const Id id = fresh.id;
  RepositoryPtr stored = put(action, std::move(fresh));
  if (const auto former = world.former_names.get(stored->full_name())) erase(action, former, Cause::followed);
  for (const DefaultLabel& label : kDefaultLabels) {
    put(action,
        Label{id, ++world.counters.label, std::string(label.name), std::string(label.color),
              std::string(label.description), true},
        Cause::followed);
  }
  return stored;
}

void put_root_commit(Action& action, Id repo, std::string_view branch, const git::ObjectId& tree, Time now) {
  World& world = action.world;
  const git::Signature maker = signature_of(world, action.actor, now);
  const git::ObjectId commit = world.objects.put_commit({tree, {}, maker, maker, "Initial commit"});
  put(action, Ref{repo, text::cat(kHeads, branch), commit, now}, Cause::followed);
}

Ruling<RepositoryPtr> create_repository(Action& action, const NewRepository& wanted) {
  World& world = action.world;
  const UserPtr owner = user_or_stranger(world, wanted.owner);
  if (!may_create_in(world, owner->login, action.actor)) {
    return forbidden("You need admin access to the organization before adding a repository to it.");
  }
  Repository fresh;
  fresh.owner = owner->login;
  fresh.name = repository_name_from(wanted.settings.name.value_or(""));
  apply_patch(fresh, wanted.settings);
  if (const Refused refused = check_new_name(world, fresh.owner, fresh.name)) return refused;
  if (const Refused refused = check_settings(wanted.settings, fresh)) return refused;
  if (const Refused refused = check_templates(wanted)) return refused;
  const Time now = begin_mutation(action);
  fresh.created_at = fresh.updated_at = fresh.pushed_at = now;
  const RepositoryPtr stored = put_new_repository(action, std::move(fresh));
  const git::FileMap files = initial_files(world, wanted, *stored, now);
  if (files.empty()) return stored;
  const std::optional<git::ObjectId> tree = world.objects.put_files(files);
  if (tree) put_root_commit(action, stored->id, stored->default_branch, *tree, now);
  return stored;
}

Refused delete_repository(Action& action, Id repo) {
  const RepositoryPtr row = action.world.repositories_by_id.get(repo);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!row || role == Role::none) return not_found();
  if (role < Role::admin) return forbidden();
  begin_mutation(action);
  remove_with_contents(action, row, Cause::asked);
  return std::nullopt;
}

Ruling<RepositoryPtr> transfer_repository(Action& action, Id repo, std::string_view new_owner,
                                          std::string_view new_name) {
  World& world = action.world;
  const RepositoryPtr row = world.repositories_by_id.get(repo);
  const Role role = permission_of(world, repo, action.actor);
  if (!row || role == Role::none) return not_found();
  if (role < Role::admin) return forbidden();
  const UserPtr owner = find_user(world, new_owner);
  if (!owner) return invalid("Repository", "new_owner", "invalid");
  const std::string name = new_name.empty() ? row->name : repository_name_from(new_name);
  if (text::equals_ignore_case(owner->login, row->owner) && name == row->name) {
    return invalid_because("Repository", "new_owner", "The repository is owned by this account.");
  }
  if (const Refused refused = check_repository_name(world, owner->login, name)) return refused;
  if (owner->type == UserType::organization || text::equals_ignore_case(owner->login, action.actor)) {
    if (!may_create_in(world, owner->login, action.actor)) {
      return forbidden("You don't have the permission to create repositories on " + owner->login);
    }
    return move_repository(action, row, owner->login, name);
  }
  if (text::equals_ignore_case(row->transfer_to, owner->login)) return row;
  Repository next = *row;
  next.transfer_to = owner->login;
  begin_mutation(action);
  return put(action, std::move(next));
}

}  // namespace pome::twin::github::model
