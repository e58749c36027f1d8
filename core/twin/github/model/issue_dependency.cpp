#include "core/twin/github/model/issue_dependency.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr std::size_t kMostDependencies = 50;

ChildKey other_side(const IssueDependency& row) { return {row.blocking_repo, row.blocking_number, row.id}; }

void index_by_blocking(World& world, const Change& change) {
  if (const IssueDependency* old = before<IssueDependency>(change))
    world.dependencies_by_blocking.erase(other_side(*old));
  if (const IssueDependency* row = after<IssueDependency>(change)) {
    world.dependencies_by_blocking.core().put(other_side(*row), change.after);
  }
}

void write_dependency(JsonWriter& out, const World& world, const IssueDependency& row) {
  const Repository* blocking = world.repositories_by_id.find(row.blocking_repo);
  out.field("number", row.number).field("blocked_by_number", row.blocking_number);
  out.field("blocked_by_repo", blocking ? blocking->full_name() : std::string());
  time_field(out, "created_at", row.created_at);
}

std::shared_ptr<const IssueDependency> find_dependency(const World& world, const Issue& issue, NumberKey blocking) {
  for (const auto& entry : rows_of(world.dependencies, issue.repo, issue.number)) {
    if (entry.row->blocking() == blocking) return entry.row;
  }
  return nullptr;
}

/// Whether `issue` waits for `other`, directly or through others.
bool waits_for(const World& world, const Issue& issue, NumberKey other) {
  std::set<NumberKey> seen;
  std::vector<NumberKey> open{issue.key()};
  while (!open.empty()) {
    const NumberKey at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    for (const auto& entry : rows_of(world.dependencies, at.repo, at.number)) {
      if (entry.row->blocking() == other) return true;
      open.push_back(entry.row->blocking());
    }
  }
  return false;
}

Refused refuse(std::string_view why) { return Refusal{RefusalKind::validation, std::string(why), {}}; }

Refused check_dependency(const World& world, const Issue& issue, const Issue& blocking) {
  if (issue.is_pull_request || blocking.is_pull_request) return refuse("Pull requests cannot have dependencies.");
  if (issue.key() == blocking.key()) return refuse("An issue cannot be blocked by itself.");
  if (find_dependency(world, issue, blocking.key())) return refuse("This dependency already exists.");
  if (waits_for(world, blocking, issue.key())) return refuse("This dependency would create a circular dependency.");
  if (blocked_by(world, issue).size() >= kMostDependencies ||
      model::blocking(world, blocking).size() >= kMostDependencies) {
    return refuse("An issue cannot have more than 50 dependencies.");
  }
  return std::nullopt;
}

/// The issue, when the actor may say what it waits for.
Ruling<IssuePtr> plannable(const Action& action, Id repo, Id number) {
  IssuePtr issue = find_issue(action.world, repo, number);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!issue || role == Role::none) return not_found();
  if (role < Role::triage) return forbidden();
  return issue;
}

void note_tie(Action& action, NumberKey issue, NumberKey blocking, bool added) {
  EventDetails about_blocking;
  about_blocking.related = blocking;
  note_event(action, issue, added ? EventKind::blocked_by_added : EventKind::blocked_by_removed, about_blocking);
  EventDetails about_issue;
  about_issue.related = issue;
  note_event(action, blocking, added ? EventKind::blocking_added : EventKind::blocking_removed, about_issue);
}

IssueDependency fresh_row(World& world, const Issue& issue, const Issue& blocking, Time now) {
  return {issue.repo, issue.number, ++world.counters.issue_dependency, blocking.repo, blocking.number, now};
}

}  // namespace

const RowKind IssueDependency::kind =
    row_kind<&World::dependencies, write_dependency>("issue_dependency", index_by_blocking);

std::vector<IssuePtr> blocked_by(const World& world, const Issue& issue) {
  std::vector<IssuePtr> out;
  for (const auto& entry : rows_of(world.dependencies, issue.repo, issue.number)) {
    if (IssuePtr row = find_issue(world, entry.row->blocking_repo, entry.row->blocking_number)) {
      out.push_back(std::move(row));
    }
  }
  return out;
}

std::vector<IssuePtr> blocking(const World& world, const Issue& issue) {
  std::vector<IssuePtr> out;
  for (const auto& entry : rows_of(world.dependencies_by_blocking, issue.repo, issue.number)) {
    if (IssuePtr row = find_issue(world, entry.row->repo, entry.row->number)) out.push_back(std::move(row));
  }
  return out;
}

DependencySummary dependency_summary(const World& world, const Issue& issue) {
  DependencySummary out;
  if (world.dependencies.empty()) return out;
  for (const IssuePtr& row : blocked_by(world, issue)) {
    ++out.total_blocked_by;
    if (row->state == OpenState::open) ++out.blocked_by;
  }
  for (const IssuePtr& row : blocking(world, issue)) {
    ++out.total_blocking;
    if (row->state == OpenState::open) ++out.blocking;
  }
  return out;
}

Ruling<IssuePtr> add_dependency(Action& action, Id repo, Id number, Id blocking_id) {
  const Ruling<IssuePtr> issue = plannable(action, repo, number);
  if (!issue) return issue.refusal();
  const IssuePtr other = find_issue_by_id(action.world, blocking_id);
  if (!other || permission_of(action.world, other->repo, action.actor) == Role::none) return not_found();
  if (const Refused refused = check_dependency(action.world, **issue, *other)) return *refused;
  const Time now = begin_mutation(action);
  put(action, fresh_row(action.world, **issue, *other, now));
  note_tie(action, (*issue)->key(), other->key(), true);
  return other;
}

Ruling<IssuePtr> remove_dependency(Action& action, Id repo, Id number, Id blocking_id) {
  const Ruling<IssuePtr> issue = plannable(action, repo, number);
  if (!issue) return issue.refusal();
  const IssuePtr other = find_issue_by_id(action.world, blocking_id);
  const std::shared_ptr<const IssueDependency> row =
      other ? find_dependency(action.world, **issue, other->key()) : nullptr;
  if (!row) return not_found();
  begin_mutation(action);
  erase(action, row);
  note_tie(action, (*issue)->key(), other->key(), false);
  return other;
}

void export_dependencies(JsonWriter& out, const World& world, const Repository& repo) {
  for (auto at = world.dependencies.lower_bound(ChildKey{repo.id, 0, 0}); !(at == world.dependencies.end()); ++at) {
    if (at->key.repo != repo.id) break;
    export_row(out, world, repo.id, IssueDependency::kind, at->row.get());
  }
}

void seed_dependencies(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("issues", [&](const Node& entry) {
    if (!entry.has("blocked_by")) return;
    const std::optional<Id> number = json::integer_at(entry.value(), "number");
    const IssuePtr issue = number ? find_issue(seed.world, repo.id, *number) : nullptr;
    if (!issue) return entry.error_at("blocked_by", "missing-field", "An issue with dependencies needs a \"number\".");
    entry.each("blocked_by", [&](const Node& written) {
      const IssuePtr other =
          written.value().is_number_integer() ? find_issue(seed.world, repo.id, written.value().get<Id>()) : nullptr;
      if (!other) return written.error("unknown-issue", "The repository has no issue of this number.");
      if (const Refused refused = check_dependency(seed.world, *issue, *other)) {
        return written.error("bad-value", (*refused).message);
      }
      put(seed.action, fresh_row(seed.world, *issue, *other, issue->created_at));
    });
  });
}

}  // namespace pome::twin::github::model
