#include "core/twin/github/model/sub_issue.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr Id kMostChildren = 100;
constexpr int kMostLevels = 8;

ChildKey place_of(const SubIssue& row) { return {row.parent_repo, row.parent_number, row.position}; }

void index_by_parent(World& world, const Change& change) {
  if (const SubIssue* old = before<SubIssue>(change)) world.sub_issues_by_parent.erase(place_of(*old));
  if (const SubIssue* row = after<SubIssue>(change)) {
    world.sub_issues_by_parent.core().put(place_of(*row), change.after);
  }
}

void write_sub_issue(JsonWriter& out, const World& world, const SubIssue& row) {
  const Repository* parent = world.repositories_by_id.find(row.parent_repo);
  out.field("number", row.number).field("parent_number", row.parent_number);
  out.field("parent_repo", parent ? parent->full_name() : std::string());
}

std::vector<std::shared_ptr<const SubIssue>> rows_below(const World& world, NumberKey parent) {
  std::vector<std::shared_ptr<const SubIssue>> out;
  for (const auto& entry : rows_of(world.sub_issues_by_parent, parent.repo, parent.number)) out.push_back(entry.row);
  return out;
}

Id next_position(const World& world, NumberKey parent) {
  const auto rows = rows_below(world, parent);
  return rows.empty() ? 1 : rows.back()->position + 1;
}

/// The issue, when the actor may arrange what is below it.
Ruling<IssuePtr> arrangeable(const Action& action, Id repo, Id number) {
  IssuePtr issue = find_issue(action.world, repo, number);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!issue || role == Role::none) return not_found();
  if (role < Role::triage) return forbidden();
  return issue;
}

/// The issue of that id, when the actor may know of it.
IssuePtr visible_by_id(const Action& action, Id id) {
  IssuePtr issue = find_issue_by_id(action.world, id);
  if (!issue || permission_of(action.world, issue->repo, action.actor) == Role::none) return nullptr;
  return issue;
}

Refused refuse_adding(std::string_view why) {
  return Refusal{RefusalKind::validation,
                 text::cat("An error occurred while adding the sub-issue to the parent issue. ", why),
                 {}};
}

/// How many issues are above this one.
int levels_above(const World& world, const Issue& issue) {
  int count = 0;
  for (IssuePtr at = parent_of(world, issue); at; at = parent_of(world, *at)) ++count;
  return count;
}

/// How many levels of issues hang below this one. `most` ends the search.
int levels_below(const World& world, const Issue& issue, int most) {
  int deepest = 0;
  if (most == 0) return 0;
  for (const IssuePtr& child : sub_issues_of(world, issue)) {
    deepest = std::max(deepest, 1 + levels_below(world, *child, most - 1));
  }
  return deepest;
}

bool is_above(const World& world, const Issue& candidate, const Issue& issue) {
  for (IssuePtr at = parent_of(world, issue); at; at = parent_of(world, *at)) {
    if (at->key() == candidate.key()) return true;
  }
  return false;
}

Refused check_place(const World& world, const Issue& parent, const Issue& child) {
  if (parent.is_pull_request || child.is_pull_request) return refuse_adding("Sub issue cannot be a pull request");
  if (child.key() == parent.key()) return refuse_adding("Sub issue cannot be the same as the parent issue");
  if (is_above(world, child, parent)) return refuse_adding("Sub issue cannot be an ancestor of the parent issue");
  if (sub_issue_summary(world, parent).total >= kMostChildren) {
    return refuse_adding("Parent cannot have more than 100 sub-issues");
  }
  const int levels = levels_above(world, parent) + 1 + levels_below(world, child, kMostLevels);
  if (levels >= kMostLevels) return refuse_adding("Parent issue cannot have more than 8 layers of sub-issues");
  return std::nullopt;
}

/// Both conversations tell of the tie.
void note_tie(Action& action, NumberKey parent, NumberKey child, bool added) {
  EventDetails about_child;
  about_child.related = child;
  note_event(action, parent, added ? EventKind::sub_issue_added : EventKind::sub_issue_removed, about_child);
  EventDetails about_parent;
  about_parent.related = parent;
  note_event(action, child, added ? EventKind::parent_issue_added : EventKind::parent_issue_removed, about_parent);
}

void untie(Action& action, const std::shared_ptr<const SubIssue>& row, Cause cause) {
  erase(action, row, cause);
  note_tie(action, row->parent(), row->key(), false);
}

}  // namespace

const RowKind SubIssue::kind = row_kind<&World::sub_issues, write_sub_issue>("sub_issue", index_by_parent);

IssuePtr find_issue_by_id(const World& world, Id id) {
  for (const auto& entry : world.issues) {
    if (entry.row->id == id) return entry.row;
  }
  return nullptr;
}

IssuePtr parent_of(const World& world, const Issue& issue) {
  const SubIssue* row = world.sub_issues.empty() ? nullptr : world.sub_issues.find(issue.key());
  return row ? find_issue(world, row->parent_repo, row->parent_number) : nullptr;
}

std::vector<IssuePtr> sub_issues_of(const World& world, const Issue& parent) {
  std::vector<IssuePtr> out;
  for (const auto& entry : rows_of(world.sub_issues_by_parent, parent.repo, parent.number)) {
    if (IssuePtr child = find_issue(world, entry.row->repo, entry.row->number)) out.push_back(std::move(child));
  }
  return out;
}

SubIssueSummary sub_issue_summary(const World& world, const Issue& parent) {
  SubIssueSummary out;
  for (const IssuePtr& child : sub_issues_of(world, parent)) {
    ++out.total;
    if (child->state == OpenState::closed) ++out.completed;
  }
  return out;
}

Ruling<IssuePtr> add_sub_issue(Action& action, Id repo, Id number, Id sub_issue_id, bool replace_parent) {
  World& world = action.world;
  const Ruling<IssuePtr> parent = arrangeable(action, repo, number);
  if (!parent) return parent.refusal();
  const IssuePtr child = visible_by_id(action, sub_issue_id);
  if (!child) return not_found();
  const std::shared_ptr<const SubIssue> former = world.sub_issues.get(child->key());
  if (former && (!replace_parent || former->parent() == (*parent)->key())) {
    return refuse_adding("Issue may not contain duplicate sub-issues and Sub issue may only have one parent");
  }
  if (const Refused refused = check_place(world, **parent, *child)) return *refused;
  begin_mutation(action);
  if (former) untie(action, former, Cause::followed);
  put(action, SubIssue{child->repo, child->number, repo, number, next_position(world, (*parent)->key())});
  note_tie(action, (*parent)->key(), child->key(), true);
  return child;
}

Ruling<IssuePtr> remove_sub_issue(Action& action, Id repo, Id number, Id sub_issue_id) {
  const Ruling<IssuePtr> parent = arrangeable(action, repo, number);
  if (!parent) return parent.refusal();
  const IssuePtr child = visible_by_id(action, sub_issue_id);
  const std::shared_ptr<const SubIssue> row = child ? action.world.sub_issues.get(child->key()) : nullptr;
  if (!row || row->parent() != (*parent)->key()) return not_found();
  begin_mutation(action);
  untie(action, row, Cause::asked);
  return child;
}

Ruling<IssuePtr> reprioritize_sub_issue(Action& action, Id repo, Id number, Id sub_issue_id, std::optional<Id> after_id,
                                        std::optional<Id> before_id) {
  const Ruling<IssuePtr> parent = arrangeable(action, repo, number);
  if (!parent) return parent.refusal();
  if (after_id.has_value() == before_id.has_value()) {
    return Refusal{RefusalKind::validation, "Exactly one of after_id or before_id must be provided", {}};
  }
  std::vector<IssuePtr> order = sub_issues_of(action.world, **parent);
  const auto find = [&](Id id) {
    return std::find_if(order.begin(), order.end(), [&](const IssuePtr& row) { return row->id == id; });
  };
  const Id neighbour = after_id ? *after_id : *before_id;
  if (find(sub_issue_id) == order.end()) return not_found();
  if (find(neighbour) == order.end() || neighbour == sub_issue_id) {
    return Refusal{RefusalKind::validation, "The issue to move next to is not a sub-issue of this issue", {}};
  }
  const std::vector<IssuePtr> was = order;
  const IssuePtr child = *find(sub_issue_id);
  order.erase(find(sub_issue_id));
  order.insert(after_id ? find(neighbour) + 1 : find(neighbour), child);
  if (order == was) return *parent;
  begin_mutation(action);
  // Fresh positions for all, so that no two rows ever claim the same place.
  Id position = next_position(action.world, (*parent)->key());
  for (const IssuePtr& row : order) {
    put(action, SubIssue{row->repo, row->number, repo, number, position++},
        row == child ? Cause::asked : Cause::followed);
  }
  return *parent;
}

void export_sub_issues(JsonWriter& out, const World& world, const Repository& repo) {
  for (auto at = world.sub_issues_by_parent.lower_bound(ChildKey{repo.id, 0, 0});
       !(at == world.sub_issues_by_parent.end()); ++at) {
    if (at->key.repo != repo.id) break;
    export_row(out, world, at->row->repo, SubIssue::kind, at->row.get());
  }
}

void seed_sub_issues(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("issues", [&](const Node& entry) {
    const std::optional<Id> number = json::integer_at(entry.value(), "number");
    if (!entry.has("sub_issues")) return;
    const IssuePtr parent = number ? find_issue(seed.world, repo.id, *number) : nullptr;
    if (!parent) return entry.error_at("sub_issues", "missing-field", "An issue with sub-issues needs a \"number\".");
    entry.each("sub_issues", [&](const Node& written) {
      const IssuePtr child =
          written.value().is_number_integer() ? find_issue(seed.world, repo.id, written.value().get<Id>()) : nullptr;
      if (!child) return written.error("unknown-issue", "The repository has no issue of this number.");
      const bool taken = seed.world.sub_issues.find(child->key()) != nullptr;
      const Refused refused =
          taken ? refuse_adding("It has a parent already") : check_place(seed.world, *parent, *child);
      if (refused) return written.error("bad-value", text::cat((*refused).message, "."));
      put(seed.action,
          SubIssue{child->repo, child->number, parent->repo, parent->number, next_position(seed.world, parent->key())});
    });
  });
}

}  // namespace pome::twin::github::model
