#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/rest/context.h"
#include "core/twin/github/rest/reply.h"

/// What issue lists share: state, labels, since, sort, direction.
namespace pome::twin::github::rest {

/// Rows live as long as the world the call reads.
struct IssueRow {
  const model::Repository* repository = nullptr;
  const model::Issue* issue = nullptr;
};

struct IssueFilter {
  std::string_view state = "open";  ///< open, closed or all
  std::string_view sort = "created";
  bool descending = true;
  std::vector<std::string_view> labels;  ///< all of them, without case
  std::optional<model::Time> since;      ///< updated at or after
};

/// Reads the shared parameters; words and instants GitHub refuses are noted in the context.
IssueFilter issue_filter(Context& context);

/// The ids of the filter's labels in one repository; nothing when it lacks one of them, so that no issue passes.
std::optional<std::vector<model::Id>> label_ids(const model::World& world, const IssueFilter& filter, model::Id repo);

/// `labels` are the filter's labels in the issue's repository.
bool passes(const IssueFilter& filter, const std::vector<model::Id>& labels, const model::Issue& issue);

/// In the order the filter asks for; equal rows go by number.
void sort_issues(std::vector<IssueRow>& rows, const IssueFilter& filter);

/// Somebody wrote `@login` in the issue or in one of its comments.
bool mentions(const model::World& world, const model::Issue& issue, std::string_view login);

}  // namespace pome::twin::github::rest
