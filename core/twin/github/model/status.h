#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct PullRequest;

enum class StatusState { error, failure, pending, success };
std::string_view status_state_name(StatusState state);
std::optional<StatusState> status_state_from(std::string_view word);

/// A commit status: one report of one context. Later reports of a context supersede earlier ones.
struct CommitStatus {
  Id repo = 0;
  Id id = 0;
  git::ObjectId commit;
  StatusState state = StatusState::pending;
  std::string context = "default";
  std::optional<std::string> description;
  std::optional<std::string> target_url;
  std::string creator;
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const CommitStatus&) const = default;
  static const RowKind kind;
};
using CommitStatusPtr = std::shared_ptr<const CommitStatus>;

/// The reports on a commit, newest first.
std::vector<CommitStatusPtr> statuses_of(const World& world, Id repo, const git::ObjectId& commit);
/// The newest report of each context, newest first.
std::vector<CommitStatusPtr> latest_statuses(const World& world, Id repo, const git::ObjectId& commit);
/// failure when one context failed or erred, pending when one is pending or there is none, success otherwise.
StatusState combined_state(const std::vector<CommitStatusPtr>& latest);

struct NewStatus {
  StatusState state = StatusState::pending;
  std::string context = "default";
  std::optional<std::string> description;  ///< at most 140 characters
  std::optional<std::string> target_url;   ///< http or https
};

/// repos/create-commit-status. Needs push. `sha` must name a commit of the repository; a commit takes 1000 reports of
/// one context.
Ruling<CommitStatusPtr> create_status(Action& action, Id repo, std::string_view sha, const NewStatus& input);

/// The rows of "commit_statuses" in the state export.
void export_statuses(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a pull request's "statuses", reported on its head.
void seed_statuses(Seeding& seed, const PullRequest& pull, const Node& node);
/// Seed: a repository's "statuses", each naming its commit by `ref`.
void seed_repository_statuses(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
