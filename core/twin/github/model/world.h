#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "core/base/table.h"
#include "core/git/object_store.h"
#include "core/twin/github/model/check_run.h"
#include "core/twin/github/model/collaborator.h"
#include "core/twin/github/model/comment.h"
#include "core/twin/github/model/commit_comment.h"
#include "core/twin/github/model/deploy_key.h"
#include "core/twin/github/model/deployment.h"
#include "core/twin/github/model/dispatch_event.h"
#include "core/twin/github/model/environment.h"
#include "core/twin/github/model/gist.h"
#include "core/twin/github/model/hook.h"
#include "core/twin/github/model/ids.h"
#include "core/twin/github/model/issue.h"
#include "core/twin/github/model/issue_dependency.h"
#include "core/twin/github/model/issue_event.h"
#include "core/twin/github/model/issue_type.h"
#include "core/twin/github/model/journal.h"
#include "core/twin/github/model/kept_object.h"
#include "core/twin/github/model/label.h"
#include "core/twin/github/model/milestone.h"
#include "core/twin/github/model/notification.h"
#include "core/twin/github/model/protection.h"
#include "core/twin/github/model/pull_request.h"
#include "core/twin/github/model/rate_rules.h"
#include "core/twin/github/model/reaction.h"
#include "core/twin/github/model/record.h"
#include "core/twin/github/model/ref.h"
#include "core/twin/github/model/release.h"
#include "core/twin/github/model/repository.h"
#include "core/twin/github/model/repository_secret.h"
#include "core/twin/github/model/review.h"
#include "core/twin/github/model/ruleset.h"
#include "core/twin/github/model/starring.h"
#include "core/twin/github/model/status.h"
#include "core/twin/github/model/sub_issue.h"
#include "core/twin/github/model/team.h"
#include "core/twin/github/model/user.h"
#include "core/twin/github/model/workflow.h"
#include "core/twin/github/model/workflow_run.h"

namespace pome::twin::github::model {

/// 2026-01-01T00:00:00Z: when a seed starts unless it says otherwise.
inline constexpr Time kDefaultClock = 1767225600;

/// The last id given out, kind by kind. Part of the world, so a reset gives the same ids again.
struct Counters {
  Id repository = 1'100'000'000;
  Id issue = 3'700'000'000;
  Id pull_request = 3'000'000'000;
  Id comment = 3'600'000'000;
  Id label = 9'800'000'000;
  Id milestone = 14'000'000;
  Id review = 3'500'000'000;
  Id review_comment = 2'600'000'000;
  Id status = 39'000'000'000;
  Id check_run = 58'000'000'000;
  Id check_suite = 52'000'000'000;
  Id release = 270'000'000;
  Id issue_dependency = 1'000'000;
  Id issue_event = 16'000'000'000;
  Id issue_type = 30'000'000;
  Id reaction = 330'000'000;
  Id invitation = 300'000'000;
  Id team = 12'000'000;
  Id workflow = 160'000'000;
  Id workflow_run = 17'000'000'000;
  Id job = 48'000'000'000;
  Id artifact = 3'000'000'000;
  Id notification = 20'000'000'000;
  Id gist = 0;
  Id deploy_key = 130'000'000;
  Id deployment = 3'000'000'000;
  Id deployment_status = 5'000'000'000;
  Id dispatch_event = 0;
  Id environment = 9'000'000'000;
  Id hook = 570'000'000;
  Id hook_delivery = 180'000'000'000;
  Id release_asset = 310'000'000;
  Id ruleset = 12'000'000;
  Id commit_comment = 160'000'000;

  bool operator==(const Counters&) const = default;
};

/// The rows of a world. Some stand in a second table under a second key, which the `follow` of their RowKind keeps.
/// What becomes of a table's rows when their repository is deleted: repository_contents.cpp lists every table.
struct Tables {
  Table<std::string, User, NameLess> users;               ///< by login
  Table<std::string, Membership, NameLess> memberships;   ///< by "organization/login"
  Table<NameKey, Team, NameLess> teams;                   ///< {organization's user id, slug}
  Table<std::string, Repository, NameLess> repositories;  ///< by full name
  Table<Id, Repository> repositories_by_id;
  Table<std::string, FormerName, NameLess> former_names;  ///< by full name
  Table<Id, RepositoryTotals> totals;                     ///< by repository
  Table<NameKey, Collaborator, NameLess> collaborators;   ///< by login
  Table<NameKey, Label, NameLess> labels;                 ///< by name
  Table<NumberKey, Label> labels_by_id;                   ///< {repository, id}
  Table<NumberKey, Milestone> milestones;
  Table<NumberKey, MilestoneTally> milestone_tallies;
  Table<NumberKey, Issue> issues;  ///< issues and pull requests
  Table<NumberKey, PullRequest> pulls;
  Table<ChildKey, Comment> comments;
  Table<NumberKey, Comment> comments_by_id;                   ///< {repository, id}
  Table<ChildKey, IssueDependency> dependencies;              ///< below the issue that waits
  Table<ChildKey, IssueDependency> dependencies_by_blocking;  ///< below the issue that blocks
  Table<ChildKey, IssueEvent> issue_events;
  Table<NumberKey, IssueEvent> issue_events_by_id;      ///< {repository, id}
  Table<std::string, IssueType, NameLess> issue_types;  ///< by "organization/name"
  Table<ChildKey, Reaction> reactions;                  ///< {repository, id of what was reacted to, id}
  Table<ChildKey, Review> reviews;
  Table<ChildKey, ReviewComment> review_comments;
  Table<NumberKey, CommitStatus> statuses;      ///< {repository, id}
  Table<NumberKey, CheckRun> check_runs;        ///< {repository, id}
  Table<NumberKey, CheckSuite> check_suites;    ///< {repository, id}
  Table<NameKey, Ref, ExactLess> refs;          ///< by full ref name
  Table<NumberKey, Release> releases;           ///< {repository, id}
  Table<NumberKey, Workflow> workflows;         ///< {repository, id}
  Table<NumberKey, WorkflowRun> workflow_runs;  ///< {repository, id}
  Table<NumberKey, WorkflowJob> workflow_jobs;  ///< {repository, id}
  Table<NumberKey, Artifact> artifacts;         ///< {repository, id}
  Table<NameKey, RepositorySecret, NameLess> secrets;
  Table<NameKey, RepositoryVariable, NameLess> variables;
  Table<NameKey, Star, NameLess> stars;          ///< by login
  Table<NameKey, Watch, NameLess> watches;       ///< by login
  Table<NumberKey, Notification> notifications;  ///< {user, thread}
  Table<std::string, Gist, NameLess> gists;      ///< by id
  Table<NameKey, Record, NameLess> records;
  Table<NumberKey, ReleaseAsset> release_assets;            ///< {repository, id}
  Table<NumberKey, DeployKey> deploy_keys;                  ///< {repository, id}
  Table<NumberKey, Deployment> deployments;                 ///< {repository, id}
  Table<NumberKey, DeploymentStatus> deployment_statuses;   ///< {repository, id}
  Table<NumberKey, DispatchEvent> dispatch_events;          ///< {repository, id}
  Table<NameKey, Environment, NameLess> environments;       ///< by name
  Table<NumberKey, Hook> hooks;                             ///< {repository, id}
  Table<NumberKey, HookDelivery> hook_deliveries;           ///< {repository, id}
  Table<NameKey, BranchProtection, ExactLess> protections;  ///< by branch name
  Table<NameKey, FormerBranch, ExactLess> former_branches;  ///< by the branch name of before
  Table<NumberKey, Ruleset> rulesets;                       ///< {repository, id}
  Table<NumberKey, CommitComment> commit_comments;          ///< {repository, id}
  Table<NameKey, KeptObject, ExactLess> kept_objects;       ///< by object id
  Table<NumberKey, SubIssue> sub_issues;
  Table<ChildKey, SubIssue> sub_issues_by_parent;  ///< {parent's repository, parent's number, position}
};

/// Everything one GitHub twin knows. Copies in O(1): every collection is a copy-on-write table, so sessions from one
/// seed share all rows they have not changed. Rules (functions that take an Action) are the only writers.
struct World : Tables {
  World();
  World(const World& other);
  World(World&& other) noexcept;
  World& operator=(const World& other);
  World& operator=(World&& other) noexcept;
  ~World();

  git::ObjectStore objects;
  Counters counters;
  RateRules rate_rules;
  Time epoch = kDefaultClock;  ///< when the seed starts
  Time now = kDefaultClock;    ///< of the last mutation
};

/// Who does something to a world, and where the changes are noted. Lives for one call.
struct Action {
  World& world;
  std::string_view actor;  ///< login
  Journal& journal;
};

/// Consecutive rows of a table, for range-for: the entries are {key, row pointer}.
template <class Iterator>
struct Slice {
  Iterator first;
  Iterator last;
  Iterator begin() const { return first; }
  Iterator end() const { return last; }
  bool empty() const { return first == last; }
};

/// Rows of one repository: `for (const auto& [key, issue] : rows_of(world.issues, repo))`.
template <class Row>
auto rows_of(const Table<NumberKey, Row>& table, Id repo) {
  return Slice<typename Table<NumberKey, Row>::Iterator>{table.lower_bound(NumberKey{repo, 0}),
                                                         table.lower_bound(NumberKey{repo + 1, 0})};
}
template <class Row, class Less>
auto rows_of(const Table<NameKey, Row, Less>& table, Id repo) {
  return Slice<typename Table<NameKey, Row, Less>::Iterator>{table.lower_bound(NameKeyView{repo, ""}),
                                                             table.lower_bound(NameKeyView{repo + 1, ""})};
}
/// Rows below one issue or pull request.
template <class Row>
auto rows_of(const Table<ChildKey, Row>& table, Id repo, Id number) {
  return Slice<typename Table<ChildKey, Row>::Iterator>{table.lower_bound(ChildKey{repo, number, 0}),
                                                        table.lower_bound(ChildKey{repo, number + 1, 0})};
}

}  // namespace pome::twin::github::model
