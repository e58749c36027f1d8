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

enum class CheckStatus { queued, in_progress, completed, waiting, requested, pending };
enum class CheckConclusion { success, failure, neutral, cancelled, skipped, timed_out, action_required, stale };
std::string_view check_status_name(CheckStatus status);
std::optional<CheckStatus> check_status_from(std::string_view word);
std::string_view check_conclusion_name(CheckConclusion conclusion);
std::optional<CheckConclusion> check_conclusion_from(std::string_view word);

/// A remark of a check on lines of a file.
struct CheckAnnotation {
  std::string path;
  Id start_line = 1;
  Id end_line = 1;
  std::optional<Id> start_column;
  std::optional<Id> end_column;
  std::string level;  ///< notice | warning | failure
  std::string message;
  std::optional<std::string> title;
  std::optional<std::string> raw_details;

  bool operator==(const CheckAnnotation&) const = default;
};

/// A button the check offers, or a picture it shows: three texts, of which GitHub's answers repeat none.
struct CheckExtra {
  std::string label;        ///< of an image its alternative text
  std::string identifier;   ///< of an image its URL
  std::string description;  ///< of an image its caption

  bool operator==(const CheckExtra&) const = default;
};

struct CheckOutput {
  std::optional<std::string> title;
  std::optional<std::string> summary;
  std::optional<std::string> text;
  std::vector<CheckAnnotation> annotations;
  std::vector<CheckExtra> images;

  bool operator==(const CheckOutput&) const = default;
};

struct CheckRun {
  Id repo = 0;
  Id id = 0;
  Id suite = 0;
  git::ObjectId commit;
  std::string name;
  CheckStatus status = CheckStatus::queued;
  std::optional<CheckConclusion> conclusion;  ///< present exactly when completed
  std::optional<std::string> details_url;
  std::optional<std::string> external_id;
  CheckOutput output;
  std::vector<CheckExtra> actions;
  std::optional<Time> started_at;
  std::optional<Time> completed_at;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const CheckRun&) const = default;
  static const RowKind kind;
};
using CheckRunPtr = std::shared_ptr<const CheckRun>;

/// The runs one app reports on one commit. Status and conclusion follow from the runs.
struct CheckSuite {
  Id repo = 0;
  Id id = 0;
  git::ObjectId commit;
  std::string app;          ///< slug
  std::string head_branch;  ///< the branch that pointed there when the suite began; may be empty
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const CheckSuite&) const = default;
  static const RowKind kind;
};
using CheckSuitePtr = std::shared_ptr<const CheckSuite>;

CheckRunPtr find_check_run(const World& world, Id repo, Id id);
CheckSuitePtr find_check_suite(const World& world, Id repo, Id id);
/// The runs on a commit, newest first.
std::vector<CheckRunPtr> check_runs_on(const World& world, Id repo, const git::ObjectId& commit);
/// The runs of a suite, newest first.
std::vector<CheckRunPtr> check_runs_in(const World& world, const CheckSuite& suite);
/// The suites on a commit, oldest first.
std::vector<CheckSuitePtr> check_suites_on(const World& world, Id repo, const git::ObjectId& commit);
/// Of newest-first runs those that no newer run of the same name and suite supersedes.
void keep_latest(std::vector<CheckRunPtr>& runs);

/// A suite as a whole: completed when all its latest runs are, with the gravest conclusion.
struct SuiteVerdict {
  CheckStatus status = CheckStatus::queued;
  std::optional<CheckConclusion> conclusion;
};
SuiteVerdict verdict_of(const std::vector<CheckRunPtr>& latest);

/// Absent members stay as they are (of a new run: unset).
struct CheckInput {
  std::optional<std::string> name;
  std::optional<std::string> details_url;
  std::optional<std::string> external_id;
  std::optional<CheckStatus> status;
  std::optional<CheckConclusion> conclusion;
  std::optional<Time> started_at;
  std::optional<Time> completed_at;
  std::optional<CheckOutput> output;  ///< its annotations and images come on top of the present ones
  std::optional<std::vector<CheckExtra>> actions;
};

/// checks/create, checks/update. Need push. A conclusion completes the run; completing needs a conclusion, and only
/// GitHub concludes `stale`. One request brings at most 50 annotations and 3 actions. The suite of the app and the
/// commit is made on the way.
Ruling<CheckRunPtr> create_check_run(Action& action, Id repo, std::string_view sha, const CheckInput& input);
Ruling<CheckRunPtr> update_check_run(Action& action, Id repo, Id id, const CheckInput& input);

/// Internal to the model and its seed: the app's suite of the commit, made when it is missing.
CheckSuitePtr ensure_check_suite(Action& action, Id repo, const git::ObjectId& commit, std::string_view app, Time now);

/// The rows of "check_runs" and "check_suites" in the state export.
void export_check_runs(JsonWriter& out, const World& world, const Repository& repo);
void export_check_suites(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a pull request's "check_runs", on its head.
void seed_check_runs(Seeding& seed, const PullRequest& pull, const Node& node);
/// Seed: a repository's "check_runs", each naming its commit by `ref`.
void seed_repository_check_runs(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
