#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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

enum class CheckStatus { queued, in_progress, completed };
enum class CheckConclusion { success, failure, neutral, cancelled, skipped, timed_out, action_required, stale };
std::string_view check_status_name(CheckStatus status);
std::optional<CheckStatus> check_status_from(std::string_view word);
std::string_view check_conclusion_name(CheckConclusion conclusion);
std::optional<CheckConclusion> check_conclusion_from(std::string_view word);

struct CheckRun {
  Id repo = 0;
  Id id = 0;
  git::ObjectId commit;
  std::string name;
  CheckStatus status = CheckStatus::queued;
  std::optional<CheckConclusion> conclusion;  ///< present exactly when completed
  std::optional<std::string> details_url;
  std::optional<std::string> external_id;
  std::optional<std::string> output_title;
  std::optional<std::string> output_summary;
  std::optional<Time> started_at;
  std::optional<Time> completed_at;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const CheckRun&) const = default;
  static const RowKind kind;
};
using CheckRunPtr = std::shared_ptr<const CheckRun>;

/// The rows of "commit_statuses" in the state export.
void export_statuses(JsonWriter& out, const World& world, const Repository& repo);

/// The rows of "check_runs" in the state export.
void export_check_runs(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a pull request's "statuses".
void seed_statuses(Seeding& seed, const PullRequest& pull, const Node& node);

/// Seed: a pull request's "check_runs".
void seed_check_runs(Seeding& seed, const PullRequest& pull, const Node& node);

}  // namespace pome::twin::github::model
