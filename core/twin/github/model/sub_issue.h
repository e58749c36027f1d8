#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;

/// An issue that is part of another one. The two can be of different repositories.
struct SubIssue {
  Id repo = 0;
  Id number = 0;
  Id parent_repo = 0;
  Id parent_number = 0;
  Id position = 0;  ///< orders the sub-issues of a parent

  NumberKey key() const { return {repo, number}; }
  NumberKey parent() const { return {parent_repo, parent_number}; }
  bool operator==(const SubIssue&) const = default;
  static const RowKind kind;
};

/// The issue of that id, wherever it is; nullptr when there is none.
std::shared_ptr<const Issue> find_issue_by_id(const World& world, Id id);

/// The issue this one is part of, or nullptr.
std::shared_ptr<const Issue> parent_of(const World& world, const Issue& issue);
/// In the order people gave them.
std::vector<std::shared_ptr<const Issue>> sub_issues_of(const World& world, const Issue& parent);

struct SubIssueSummary {
  Id total = 0;
  Id completed = 0;  ///< closed
};
SubIssueSummary sub_issue_summary(const World& world, const Issue& parent);

/// issues/add-sub-issue. Needs triage on the parent and read on the sub-issue. Refuses pull requests, an issue that has
/// a parent (unless `replace_parent`), circles, more than 100 sub-issues and more than 8 levels. Answers the sub-issue.
Ruling<std::shared_ptr<const Issue>> add_sub_issue(Action& action, Id repo, Id number, Id sub_issue_id,
                                                   bool replace_parent);
/// issues/remove-sub-issue. Needs triage on the parent. Answers the former sub-issue.
Ruling<std::shared_ptr<const Issue>> remove_sub_issue(Action& action, Id repo, Id number, Id sub_issue_id);
/// issues/reprioritize-sub-issue: puts a sub-issue behind (`after_id`) or before another one of the same parent.
Ruling<std::shared_ptr<const Issue>> reprioritize_sub_issue(Action& action, Id repo, Id number, Id sub_issue_id,
                                                            std::optional<Id> after_id, std::optional<Id> before_id);

/// The rows of "sub_issues" in the state export: by parent, in order.
void export_sub_issues(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: an issue's "sub_issues", by number. Runs when the repository's issues are there.
void seed_sub_issues(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
