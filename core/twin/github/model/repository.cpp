#include "core/twin/github/model/repository.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

template <class T>
void assign(T& member, const std::optional<T>& wanted) {
  if (wanted) member = *wanted;
}

Refused check_patch(const Action& action, const Repository& current, const RepositoryPatch& patch) {
  if (patch.name && !is_valid_repository_name(*patch.name)) {
    return invalid_because("Repository", "name", "name may hold letters, digits, '.', '_' and '-' only");
  }
  if (patch.name) {
    const RepositoryPtr taken = find_repository(action.world, current.owner, *patch.name);
    if (taken && taken->id != current.id) {
      return invalid_because("Repository", "name", "name already exists on this account");
    }
  }
  if (patch.default_branch && !find_branch(action.world, current.id, *patch.default_branch)) {
    return invalid_value("Repository", "default_branch", *patch.default_branch);
  }
  return std::nullopt;
}

bool is_valid_topic(std::string_view topic) {
  if (topic.empty() || topic.size() > 50 || topic.front() == '-') return false;
  return std::all_of(topic.begin(), topic.end(),
                     [](char c) { return text::is_digit(c) || text::is_alpha(c) || c == '-'; });
}

/// Stores the row with new timestamps, or leaves everything alone when nothing differs.
RepositoryPtr save(Action& action, const RepositoryPtr& current, Repository next) {
  if (next == *current) return current;
  next.updated_at = begin_mutation(action);
  return put(action, std::move(next));
}

/// The repository, when the actor administers it.
Ruling<RepositoryPtr> administered(const Action& action, Id repo) {
  RepositoryPtr row = action.world.repositories_by_id.get(repo);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!row || role == Role::none) return not_found();
  if (role < Role::admin) return forbidden();
  return row;
}

void index_by_name(World& world, const Change& change) {
  if (const Repository* old = before<Repository>(change)) world.repositories.erase(old->full_name());
  if (const Repository* row = after<Repository>(change)) world.repositories.core().put(row->full_name(), change.after);
}

std::optional<std::string> parent_name(const World& world, const Repository& row) {
  const Repository* parent = row.parent == 0 ? nullptr : world.repositories_by_id.find(row.parent);
  return parent ? std::optional(parent->full_name()) : std::nullopt;
}

void write_repository(JsonWriter& out, const World& world, const Repository& row) {
  out.field("owner", row.owner).field("name", row.name).field("full_name", row.full_name());
  out.field("description", row.description).field("private", row.is_private);
  out.field("default_branch", row.default_branch).field("fork", row.parent != 0);
  out.field("parent_full_name", parent_name(world, row));
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind Repository::kind = row_kind<&World::repositories_by_id, write_repository>("repository", index_by_name);

RepositoryPtr find_repository(const World& world, std::string_view owner, std::string_view name) {
  return world.repositories.get(text::cat(owner, '/', name));
}

RepositoryPtr visible_repository(const World& world, std::string_view login, std::string_view owner,
                                 std::string_view name) {
  RepositoryPtr row = find_repository(world, owner, name);
  if (row && row->is_private && permission_of(world, row->id, login) == Role::none) return nullptr;
  return row;
}

const RepositoryTotals& totals_of(const World& world, Id repo) {
  static const RepositoryTotals kNone;
  const RepositoryTotals* row = world.totals.find(repo);
  return row ? *row : kNone;
}

std::vector<RepositoryPtr> visible_repositories(const World& world, std::string_view login, std::string_view owner) {
  std::vector<RepositoryPtr> out;
  for (const auto& entry : world.repositories) {
    if (!owner.empty() && !text::equals_ignore_case(entry.row->owner, owner)) continue;
    if (entry.row->is_private && permission_of(world, entry.row->id, login) == Role::none) continue;
    out.push_back(entry.row);
  }
  return out;
}

Ruling<RepositoryPtr> update_repository(Action& action, Id repo, const RepositoryPatch& patch) {
  const Ruling<RepositoryPtr> current = administered(action, repo);
  if (!current) return current.refused();
  if (const Refused refused = check_patch(action, **current, patch)) return refused;
  Repository next = **current;
  assign(next.name, patch.name);
  assign(next.description, patch.description);
  assign(next.homepage, patch.homepage);
  assign(next.is_private, patch.is_private);
  assign(next.has_issues, patch.has_issues);
  assign(next.has_projects, patch.has_projects);
  assign(next.has_wiki, patch.has_wiki);
  assign(next.archived, patch.archived);
  assign(next.allow_merge_commit, patch.allow_merge_commit);
  assign(next.allow_squash_merge, patch.allow_squash_merge);
  assign(next.allow_rebase_merge, patch.allow_rebase_merge);
  assign(next.allow_auto_merge, patch.allow_auto_merge);
  assign(next.delete_branch_on_merge, patch.delete_branch_on_merge);
  assign(next.default_branch, patch.default_branch);
  return save(action, *current, std::move(next));
}

Ruling<RepositoryPtr> replace_topics(Action& action, Id repo, const std::vector<std::string>& topics) {
  const Ruling<RepositoryPtr> current = administered(action, repo);
  if (!current) return current.refused();
  Repository next = **current;
  next.topics.clear();
  for (const std::string& topic : topics) {
    std::string lower = text::to_lower(topic);
    if (!is_valid_topic(lower)) return invalid_value("Repository", "topics", topic);
    if (std::find(next.topics.begin(), next.topics.end(), lower) == next.topics.end())
      next.topics.push_back(std::move(lower));
  }
  if (next.topics.size() > 20) {
    return invalid_because("Repository", "topics", "A repository cannot have more than 20 topics.");
  }
  return save(action, *current, std::move(next));
}

bool is_valid_repository_name(std::string_view name) {
  if (name.empty() || name.size() > 100 || name == "." || name == "..") return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_' || c == '.'; });
}

void export_facts(JsonWriter& out, const World& world, const Repository& repo) {
  out.field("id", repo.id).field("owner", repo.owner).field("name", repo.name).field("full_name", repo.full_name());
  out.field("description", repo.description).field("private", repo.is_private ? 1 : 0);
  out.field("default_branch", repo.default_branch).field("fork", repo.parent == 0 ? 0 : 1);
  out.field("parent_full_name", parent_name(world, repo));
  out.field("entity_counter", totals_of(world, repo.id).last_number);
  times(out, repo.created_at, repo.updated_at);
  out.field("archived", repo.archived).field("has_issues", repo.has_issues).field("homepage", repo.homepage);
  list_field(out, "topics", repo.topics);
}

}  // namespace pome::twin::github::model
