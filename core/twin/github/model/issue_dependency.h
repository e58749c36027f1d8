#pragma once
#include <memory>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;

/// One issue waits for another. The two can be of different repositories.
struct IssueDependency {
  Id repo = 0;    ///< of the issue that waits
  Id number = 0;  ///< the issue that waits
  Id id = 0;
  Id blocking_repo = 0;
  Id blocking_number = 0;
  Time created_at = 0;

  ChildKey key() const { return {repo, number, id}; }
  NumberKey blocking() const { return {blocking_repo, blocking_number}; }
  bool operator==(const IssueDependency&) const = default;
  static const RowKind kind;
};

/// What `issue` waits for, oldest dependency first.
std::vector<std::shared_ptr<const Issue>> blocked_by(const World& world, const Issue& issue);
/// What waits for `issue`, oldest dependency first.
std::vector<std::shared_ptr<const Issue>> blocking(const World& world, const Issue& issue);

/// Counts of both lists; without `total` only the issues that are open.
struct DependencySummary {
  Id blocked_by = 0;
  Id total_blocked_by = 0;
  Id blocking = 0;
  Id total_blocking = 0;
};
DependencySummary dependency_summary(const World& world, const Issue& issue);

/// issues/add-blocked-by-dependency. Needs triage on the issue and read on the other one. Refuses pull requests,
/// itself, what is there already, circles, and more than 50 in one list. Answers the blocking issue.
Ruling<std::shared_ptr<const Issue>> add_dependency(Action& action, Id repo, Id number, Id blocking_id);
/// issues/remove-dependency-blocked-by. Needs triage. Answers the issue that blocked.
Ruling<std::shared_ptr<const Issue>> remove_dependency(Action& action, Id repo, Id number, Id blocking_id);

/// The rows of "issue_dependencies" in the state export.
void export_dependencies(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: an issue's "blocked_by", by number. Runs when the repository's issues are there.
void seed_dependencies(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
