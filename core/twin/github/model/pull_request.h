#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/diff_trees.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// One side of a pull request.
struct PullEnd {
  Id repo = 0;
  std::string ref;    ///< branch name, "feature/x"
  git::ObjectId sha;  ///< as last seen; the live branch wins while the pull request is open

  bool operator==(const PullEnd&) const = default;
};

/// The half of a pull request that an issue does not have. Title, author, labels, state ... are in World::issues.
struct PullRequest {
  Id repo = 0;
  Id number = 0;
  Id id = 0;
  PullEnd head;
  PullEnd base;
  bool draft = false;
  bool maintainer_can_modify = false;
  std::optional<git::ObjectId> merge_commit;
  std::optional<Time> merged_at;  ///< merged when set
  std::string merged_by;
  std::vector<std::string> requested_reviewers;

  NumberKey key() const { return {repo, number}; }
  bool operator==(const PullRequest&) const = default;
  static const RowKind kind;
};
using PullRequestPtr = std::shared_ptr<const PullRequest>;

PullRequestPtr find_pull_request(const World& world, Id repo, Id number);
/// The files of a pull request: merge base of base and head against head.
std::vector<git::FileChange> files_of(const World& world, const PullRequest& pull);

/// The rows of "pull_requests" in the state export.
void export_pull_requests(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "pull_requests".
void seed_pull_requests(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
