#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/milestone.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

enum class StateReason { completed, not_planned, duplicate, reopened };
enum class LockReason { off_topic, too_heated, resolved, spam };

std::string_view state_reason_name(StateReason reason);  ///< "not_planned"
std::optional<StateReason> state_reason_from(std::string_view word);
std::string_view lock_reason_name(LockReason reason);  ///< "off-topic"
std::optional<LockReason> lock_reason_from(std::string_view word);

/// An issue, or the issue half of a pull request: both share numbers, labels, assignees, comments, state and lock.
/// `World::pulls` holds the other half of a pull request under the same key.
struct Issue {
  Id repo = 0;
  Id number = 0;
  Id id = 0;
  bool is_pull_request = false;
  bool locked = false;
  OpenState state = OpenState::open;
  std::optional<StateReason> state_reason;  ///< never on a pull request
  std::optional<LockReason> lock_reason;
  std::string title;
  std::optional<std::string> body;
  std::string author;                  ///< login
  std::vector<Id> labels;              ///< label ids, ascending; labels_on() gives the definitions
  std::vector<std::string> assignees;  ///< logins in the order of assignment; the first is GitHub's `assignee`
  Id milestone = 0;                    ///< milestone number; 0 = none
  Id type = 0;                         ///< issue type id; 0 = none
  Id pinned_comment = 0;               ///< comment id; 0 = none
  Id comments = 0;                     ///< how many issue comments
  Time created_at = 0;
  Time updated_at = 0;
  std::optional<Time> closed_at;
  std::string closed_by;  ///< login; empty while open

  NumberKey key() const { return {repo, number}; }
  bool operator==(const Issue&) const = default;
  static const RowKind kind;
};
using IssuePtr = std::shared_ptr<const Issue>;

/// The issue or pull request of that number, or nullptr.
IssuePtr find_issue(const World& world, Id repo, Id number);

struct NewIssue {
  std::string title;
  std::optional<std::string> body;
  std::vector<std::string> labels;
  std::vector<std::string> assignees;
  std::optional<Id> milestone;
  std::optional<std::string> type = {};  ///< name
};

/// Absent members stay as they are; an inner null clears.
struct IssuePatch {
  std::optional<std::string> title;
  std::optional<std::optional<std::string>> body;
  std::optional<OpenState> state;
  std::optional<std::optional<StateReason>> state_reason;
  std::optional<std::vector<std::string>> labels;     ///< replaces
  std::optional<std::vector<std::string>> assignees;  ///< replaces
  std::optional<std::optional<Id>> milestone;
  std::optional<std::optional<std::string>> type;  ///< name
};

/// issues/create. Everybody who may read may create; labels, assignees and milestone of an actor without push are
/// dropped silently. Unknown labels are created. Refuses a blank title, an assignee who cannot be assigned, an unknown
/// milestone; `gone` when the repository has issues turned off.
Ruling<IssuePtr> create_issue(Action& action, Id repo, const NewIssue& input);

/// issues/update, also for pull requests. Title, body and state: the author or triage. The rest needs triage and is
/// dropped silently for an author without it. Closing sets closed_at, closed_by and a reason (completed unless given);
/// reopening clears them and sets `reopened`. A patch that changes nothing moves neither updated_at nor the clock.
Ruling<IssuePtr> update_issue(Action& action, Id repo, Id number, const IssuePatch& patch);

/// issues/add-assignees, issues/remove-assignees. Need triage (dropped silently for others who may read, as on GitHub).
/// Logins that cannot be assigned are ignored; at most 10 assignees stay.
Ruling<IssuePtr> add_assignees(Action& action, Id repo, Id number, const std::vector<std::string>& logins);
Ruling<IssuePtr> remove_assignees(Action& action, Id repo, Id number, const std::vector<std::string>& logins);

/// issues/lock, issues/unlock. Need push.
Refused lock_issue(Action& action, Id repo, Id number, std::optional<LockReason> reason);
Refused unlock_issue(Action& action, Id repo, Id number);

/// The rows of "issues" in the state export.
void export_issues(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "issues".
void seed_issues(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
