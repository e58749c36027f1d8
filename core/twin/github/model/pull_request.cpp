#include "core/twin/github/model/pull_request.h"

#include <set>

#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {

std::string_view file_status_name(FileStatus status) {
  switch (status) {
    case FileStatus::added:
      return "added";
    case FileStatus::modified:
      return "modified";
    case FileStatus::removed:
      return "removed";
    case FileStatus::renamed:
      return "renamed";
  }
  return "modified";
}

PullRequestPtr find_pull_request(const World& world, Id repo, Id number) {
  return world.pulls.get(NumberKey{repo, number});
}

std::optional<git::ObjectId> merge_base(const World& world, const git::ObjectId& a, const git::ObjectId& b) {
  const std::vector<git::ObjectId> left = history(world, a);
  const std::set<git::ObjectId> ancestors(left.begin(), left.end());
  // Newest first, so the first shared commit is the best one unless clocks disagree with the graph, which the virtual
  // clock rules out.
  for (const git::ObjectId& id : history(world, b)) {
    if (ancestors.count(id) != 0) return id;
  }
  return std::nullopt;
}

std::vector<ChangedFile> files_of(const World& world, const PullRequest& pull) {
  const std::optional<git::ObjectId> base = merge_base(world, pull.base.sha, pull.head.sha);
  return changed_files(world, base.value_or(pull.base.sha), pull.head.sha);
}

}  // namespace pome::twin::github::model
