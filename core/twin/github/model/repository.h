#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Repository {
  Id id = 0;
  std::string owner;  ///< login
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> homepage;
  std::string default_branch = "main";
  std::vector<std::string> topics;
  Id parent = 0;  ///< repository this is a fork of; 0 = none
  bool is_private = false;
  bool archived = false;
  bool has_issues = true;
  bool has_projects = true;
  bool has_wiki = true;
  bool allow_merge_commit = true;
  bool allow_squash_merge = true;
  bool allow_rebase_merge = true;
  bool allow_auto_merge = false;
  bool delete_branch_on_merge = false;
  Time created_at = 0;
  Time updated_at = 0;
  Time pushed_at = 0;

  std::string full_name() const { return owner + "/" + name; }
  Id key() const { return id; }
  bool operator==(const Repository&) const = default;
  static const RowKind kind;
};
using RepositoryPtr = std::shared_ptr<const Repository>;

/// Running totals of a repository, kept by the rules so that reading never counts. Not journaled.
struct RepositoryTotals {
  Id last_number = 0;  ///< issues and pull requests share it
  Id last_milestone_number = 0;
  Id open_issues = 0;  ///< open issues and pull requests, GitHub's open_issues_count

  bool operator==(const RepositoryTotals&) const = default;
};

/// By name, whoever asks; nullptr when there is none.
RepositoryPtr find_repository(const World& world, std::string_view owner, std::string_view name);
/// By name, as `login` sees it: nullptr also for a private repository the login may not read.
RepositoryPtr visible_repository(const World& world, std::string_view login, std::string_view owner,
                                 std::string_view name);
const RepositoryTotals& totals_of(const World& world, Id repo);

/// repos/list-for-user, -for-org, -for-authenticated-user: the repositories `login` may read, by full name.
/// An empty `owner` means every owner.
std::vector<RepositoryPtr> visible_repositories(const World& world, std::string_view login, std::string_view owner);

struct RepositoryPatch {
  std::optional<std::string> name;
  std::optional<std::optional<std::string>> description;
  std::optional<std::optional<std::string>> homepage;
  std::optional<bool> is_private;
  std::optional<bool> has_issues;
  std::optional<bool> has_projects;
  std::optional<bool> has_wiki;
  std::optional<bool> archived;
  std::optional<bool> allow_merge_commit;
  std::optional<bool> allow_squash_merge;
  std::optional<bool> allow_rebase_merge;
  std::optional<bool> allow_auto_merge;
  std::optional<bool> delete_branch_on_merge;
  std::optional<std::string> default_branch;  ///< must exist
};

/// repos/update. Needs admin. Refuses a name that is taken or malformed and a default branch that does not exist.
Ruling<RepositoryPtr> update_repository(Action& action, Id repo, const RepositoryPatch& patch);
/// repos/replace-all-topics. Needs admin. Topics are lower-cased; at most 20, each `[a-z0-9][a-z0-9-]{0,49}`.
Ruling<RepositoryPtr> replace_topics(Action& action, Id repo, const std::vector<std::string>& topics);

/// 1 to 100 of `[A-Za-z0-9._-]`, neither "." nor "..".
bool is_valid_repository_name(std::string_view name);

/// The first members of a repository in the state export; its lists follow (state_export.cpp).
void export_facts(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: the root's "repositories".
void seed_repositories(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
