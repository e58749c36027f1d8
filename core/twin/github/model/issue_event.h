#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;

/// What happened to an issue or pull request. Opening, comments, reviews and commits are no events: the timeline reads
/// them from their own rows. In the order of the words GitHub uses for them.
enum class EventKind : std::uint8_t {
  assigned,
  auto_merge_disabled,
  auto_merge_enabled,
  automatic_base_change_succeeded,
  base_ref_changed,
  base_ref_force_pushed,
  blocked_by_added,
  blocked_by_removed,
  blocking_added,
  blocking_removed,
  closed,
  comment_deleted,
  connected,
  convert_to_draft,
  cross_referenced,
  demilestoned,
  deployed,
  disconnected,
  head_ref_deleted,
  head_ref_force_pushed,
  head_ref_restored,
  issue_type_added,
  issue_type_changed,
  issue_type_removed,
  labeled,
  locked,
  marked_as_duplicate,
  mentioned,
  merged,
  milestoned,
  parent_issue_added,
  parent_issue_removed,
  pinned,
  ready_for_review,
  referenced,
  renamed,
  reopened,
  review_dismissed,
  review_request_removed,
  review_requested,
  sub_issue_added,
  sub_issue_removed,
  subscribed,
  transferred,
  unassigned,
  unlabeled,
  unlocked,
  unmarked_as_duplicate,
  unpinned,
  unsubscribed,
};

std::string_view event_name(EventKind kind);  ///< "review_requested", "cross-referenced"
std::optional<EventKind> event_kind_from(std::string_view word);
/// The prefix of the event's node id: "LE" of a labeled event.
std::string_view event_node_prefix(EventKind kind);

/// What an event tells beyond who and when. Which members mean something depends on the kind:
/// - labeled, unlabeled: subject = name, detail = colour
/// - assigned, unassigned: subject = the assignee's login; who acts is the assigner
/// - review_requested, review_request_removed: subject = the reviewer's login, or "" and detail = the team's slug
/// - milestoned, demilestoned: subject = title
/// - renamed: subject = the old title, detail = the new one
/// - closed, reopened: detail = state reason; commit when one closed it
/// - locked: detail = lock reason
/// - merged, referenced, head_ref_force_pushed: commit
/// - review_dismissed: subject = the state the review had, detail = message, related.number = the review's id
/// - cross_referenced: related = where the reference stands
/// - sub-issues, parents, dependencies: related = the other issue
/// - issue types: subject = the type's name now (or the one removed), detail = the one before
struct EventDetails {
  std::string subject = {};
  std::string detail = {};
  NumberKey related = {};
  std::optional<git::ObjectId> commit = {};
  std::string_view actor = {};  ///< login; empty = whoever acts
  Time at = 0;                  ///< 0 = now
};

/// One thing that happened to an issue or pull request. Never changes.
struct IssueEvent {
  Id repo = 0;
  Id number = 0;  ///< of the issue or pull request
  Id id = 0;
  EventKind event = EventKind::closed;
  std::string actor;    ///< login
  std::string subject;  ///< this and the next three: see EventDetails
  std::string detail;
  NumberKey related;
  std::optional<git::ObjectId> commit;
  Time created_at = 0;

  ChildKey key() const { return {repo, number, id}; }
  bool operator==(const IssueEvent&) const = default;
  static const RowKind kind;
};
using IssueEventPtr = std::shared_ptr<const IssueEvent>;

/// The event, or nullptr when there is none or it belongs to another repository.
IssueEventPtr find_issue_event(const World& world, Id repo, Id id);
/// By id, ascending: in the order they happened.
std::vector<IssueEventPtr> events_of(const World& world, Id repo, Id number);

/// Writes down what a rule did to an issue or pull request. Runs inside a mutation, after the row was put.
void note_event(Action& action, NumberKey issue, EventKind kind, const EventDetails& details = {});

/// Seed: the events that the seeded issues, pull requests and comments would have left behind. Runs after all of them.
void seed_history(Seeding& seed, const Node& root);

/// The rows of "issue_events" in the state export.
void export_issue_events(JsonWriter& out, const World& world, const Repository& repo);

}  // namespace pome::twin::github::model
