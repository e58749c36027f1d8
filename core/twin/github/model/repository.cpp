#include "core/twin/github/model/repository.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/repository_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr RepositoryFlag kFlags[] = {
    {"is_template", &Repository::is_template},
    {"has_issues", &Repository::has_issues},
    {"has_projects", &Repository::has_projects},
    {"has_wiki", &Repository::has_wiki},
    {"has_downloads", &Repository::has_downloads},
    {"has_discussions", &Repository::has_discussions},
    {"has_pull_requests", &Repository::has_pull_requests},
    {"allow_forking", &Repository::allow_forking},
    {"allow_merge_commit", &Repository::allow_merge_commit},
    {"allow_squash_merge", &Repository::allow_squash_merge},
    {"allow_rebase_merge", &Repository::allow_rebase_merge},
    {"allow_auto_merge", &Repository::allow_auto_merge},
    {"allow_update_branch", &Repository::allow_update_branch},
    {"delete_branch_on_merge", &Repository::delete_branch_on_merge},
    {"use_squash_pr_title_as_default", &Repository::use_squash_pr_title_as_default},
    {"web_commit_signoff_required", &Repository::web_commit_signoff_required},
};
constexpr RepositoryFlag kSecurityFlags[] = {
    {"advanced_security", &Repository::advanced_security},
    {"code_security", &Repository::code_security},
    {"secret_scanning", &Repository::secret_scanning},
    {"secret_scanning_push_protection", &Repository::secret_scanning_push_protection},
    {"secret_scanning_ai_detection", &Repository::secret_scanning_ai_detection},
    {"secret_scanning_non_provider_patterns", &Repository::secret_scanning_non_provider_patterns},
    {"secret_scanning_delegated_alert_dismissal", &Repository::secret_scanning_delegated_alert_dismissal},
    {"secret_scanning_delegated_bypass", &Repository::secret_scanning_delegated_bypass},
};

Refused check_patch(const Action& action, const Repository& current, const RepositoryPatch& patch,
                    const Repository& next) {
  const World& world = action.world;
  if (patch.name) {
    const std::string name = repository_name_from(*patch.name);
    const bool own = text::equals_ignore_case(name, current.name);
    if (const Refused refused = check_repository_name(world, current.owner, name); refused && !own) return refused;
  }
  if (patch.default_branch && !find_branch(world, current.id, *patch.default_branch)) {
    return invalid_value("Repository", "default_branch", *patch.default_branch);
  }
  return check_settings(patch, next);
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

void write_former_name(JsonWriter& out, const World&, const FormerName& row) {
  out.field("full_name", row.full_name).field("repository_id", row.id);
}

void index_by_name(World& world, const Change& change) {
  if (const Repository* old = before<Repository>(change)) world.repositories.erase(old->full_name());
  if (const Repository* row = after<Repository>(change)) world.repositories.core().put(row->full_name(), change.after);
}

std::optional<std::string> name_of(const World& world, Id repo) {
  const Repository* row = repo == 0 ? nullptr : world.repositories_by_id.find(repo);
  return row ? std::optional(row->full_name()) : std::nullopt;
}

void write_repository(JsonWriter& out, const World& world, const Repository& row) {
  out.field("owner", row.owner).field("name", row.name).field("full_name", row.full_name());
  out.field("description", row.description).field("private", row.is_private);
  out.field("default_branch", row.default_branch).field("fork", row.parent != 0);
  out.field("parent_full_name", name_of(world, row.parent));
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind Repository::kind = row_kind<&World::repositories_by_id, write_repository>("repository", index_by_name);
const RowKind FormerName::kind = row_kind<&World::former_names, write_former_name>("former_name");

std::span<const RepositoryFlag> repository_flags() { return kFlags; }
std::span<const RepositoryFlag> security_flags() { return kSecurityFlags; }

RepositoryPtr find_repository(const World& world, std::string_view owner, std::string_view name) {
  return world.repositories.get(text::cat(owner, '/', name));
}

RepositoryPtr visible_repository(const World& world, std::string_view login, std::string_view owner,
                                 std::string_view name) {
  RepositoryPtr row = find_repository(world, owner, name);
  if (row && row->is_private && permission_of(world, row->id, login) == Role::none) return nullptr;
  return row;
}

RepositoryPtr moved_repository(const World& world, std::string_view login, std::string_view owner,
                               std::string_view name) {
  const FormerName* former = world.former_names.find(text::cat(owner, '/', name));
  const RepositoryPtr row = former ? world.repositories_by_id.get(former->id) : nullptr;
  return row && permission_of(world, row->id, login) != Role::none ? row : nullptr;
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
  if (!current) return current.refusal();
  Repository next = **current;
  apply_patch(next, patch);
  if (const Refused refused = check_patch(action, **current, patch, next)) return refused;
  RepositoryPtr saved = save(action, *current, std::move(next));
  const std::string name = patch.name ? repository_name_from(*patch.name) : saved->name;
  return name == saved->name ? saved : move_repository(action, saved, saved->owner, name);
}

RepositoryPtr move_repository(Action& action, const RepositoryPtr& current, std::string_view owner,
                              std::string_view name) {
  Repository next = *current;
  next.owner = std::string(owner);
  next.name = std::string(name);
  next.transfer_to.clear();
  next.updated_at = begin_mutation(action);
  RepositoryPtr moved = put(action, std::move(next));
  if (const auto own = action.world.former_names.get(moved->full_name())) erase(action, own, Cause::followed);
  if (!text::equals_ignore_case(current->full_name(), moved->full_name())) {
    put(action, FormerName{current->full_name(), current->id}, Cause::followed);
  }
  return moved;
}

Ruling<RepositoryPtr> replace_topics(Action& action, Id repo, const std::vector<std::string>& topics) {
  const Ruling<RepositoryPtr> current = administered(action, repo);
  if (!current) return current.refused();
  Repository next = **current;
  next.topics.clear();
  for (const std::string& topic : topics) {
    std::string lower = text::to_lower(topic);
    if (!is_valid_topic(lower))
      return invalid({"", "", "", std::nullopt,
                      "Topics must start with a lowercase letter or number, consist of 50 characters or less, and can "
                      "include hyphens."});
    if (std::find(next.topics.begin(), next.topics.end(), lower) == next.topics.end())
      next.topics.push_back(std::move(lower));
  }
  if (next.topics.size() > 20) {
    return invalid({"", "", "", std::nullopt, "A repository cannot have more than 20 topics."});
  }
  return save(action, *current, std::move(next));
}

void export_facts(JsonWriter& out, const World& world, const Repository& repo) {
  out.field("id", repo.id).field("owner", repo.owner).field("name", repo.name).field("full_name", repo.full_name());
  out.field("description", repo.description).field("private", repo.is_private ? 1 : 0);
  out.field("default_branch", repo.default_branch).field("fork", repo.parent == 0 ? 0 : 1);
  out.field("parent_full_name", name_of(world, repo.parent));
  out.field("entity_counter", totals_of(world, repo.id).last_number);
  times(out, repo.created_at, repo.updated_at);
  out.field("archived", repo.archived).field("has_issues", repo.has_issues).field("homepage", repo.homepage);
  list_field(out, "topics", repo.topics);
}

void export_settings(JsonWriter& out, const World& world, const Repository& repo) {
  for (const RepositoryFlag& flag : kFlags) {
    if (flag.member != &Repository::has_issues) out.field(flag.name, repo.*flag.member);
  }
  for (const RepositoryFlag& flag : kSecurityFlags) out.field(flag.name, repo.*flag.member);
  out.field("pull_request_creation_policy", repo.collaborators_only ? "collaborators_only" : "all");
  out.field("squash_merge_commit_title", word_of(kSquashTitles, repo.wording.squash_title));
  out.field("squash_merge_commit_message", word_of(kSquashMessages, repo.wording.squash_message));
  out.field("merge_commit_title", word_of(kMergeTitles, repo.wording.merge_title));
  out.field("merge_commit_message", word_of(kMergeMessages, repo.wording.merge_message));
  out.field("template_full_name", name_of(world, repo.generated_from));
  out.field("transfer_to", or_null(repo.transfer_to));
}

}  // namespace pome::twin::github::model
