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
  Id repo = 0;                    ///< 0 once the head's repository is gone
  std::string ref;                ///< branch name, "feature/x"
  git::ObjectId sha;              ///< the head follows its branch while the pull request is open, and so does the base
  std::string former_owner = {};  ///< of a head whose repository is gone: whose it was

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
  std::optional<git::ObjectId> merge_commit;  ///< what landed on the base
  std::optional<Time> merged_at;              ///< merged when set
  std::string merged_by;
  std::vector<std::string> requested_reviewers;  ///< logins
  std::vector<std::string> requested_teams;      ///< slugs of teams of the repository's organization

  NumberKey key() const { return {repo, number}; }
  bool operator==(const PullRequest&) const = default;
  static const RowKind kind;
};
using PullRequestPtr = std::shared_ptr<const PullRequest>;

PullRequestPtr find_pull_request(const World& world, Id repo, Id number);
/// The open pull request of these two branches, or nullptr.
PullRequestPtr find_open_pull(const World& world, const PullEnd& head, const PullEnd& base);
bool is_open(const World& world, const PullRequest& pull);
/// What the head is compared with: the live base branch while open, the stored commit afterwards.
git::ObjectId base_tip(const World& world, const PullRequest& pull);
/// The files of a pull request: merge base of base and head against head.
std::vector<git::FileChange> files_of(const World& world, const PullRequest& pull);
/// The commits only the head has, oldest first.
std::vector<git::ObjectId> commits_of(const World& world, const PullRequest& pull);
/// repos/list-pull-requests-associated-with-commit, by number: the merged pull requests that brought a commit in; open
/// ones too while the default branch does not have it.
std::vector<PullRequestPtr> pulls_with_commit(const World& world, Id repo, const git::ObjectId& commit);

/// Why a closed pull request cannot be opened again: merged, a branch is gone, or another one took its place.
Refused check_reopen(const World& world, const PullRequest& pull);

/// Whether and how a pull request could land now. Everything is worked out on a copy of the objects.
struct Mergeability {
  std::optional<bool> mergeable;            ///< nothing once it is closed
  std::optional<bool> rebaseable;           ///< nothing once it is closed
  std::string_view state = "unknown";       ///< dirty | draft | blocked | behind | unstable | clean | unknown
  std::optional<git::ObjectId> test_merge;  ///< the commit merging would make; nothing with conflicts
};
/// `methods` false leaves `rebaseable` and `state` out, for lists.
Mergeability mergeability_of(const World& world, const PullRequest& pull, bool methods = true);

/// The rows of "pull_requests" in the state export.
void export_pull_requests(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "pull_requests".
void seed_pull_requests(Seeding& seed, const Repository& repo, const Node& node);
/// Those of them whose head is "owner:branch". Comes after all repositories.
void seed_pulls_from_forks(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
