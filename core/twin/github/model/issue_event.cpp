#include "core/twin/github/model/issue_event.h"

#include <array>

#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

/// In the order of EventKind.
constexpr std::array<std::string_view, 50> kNames{
    "assigned",
    "auto_merge_disabled",
    "auto_merge_enabled",
    "automatic_base_change_succeeded",
    "base_ref_changed",
    "base_ref_force_pushed",
    "blocked_by_added",
    "blocked_by_removed",
    "blocking_added",
    "blocking_removed",
    "closed",
    "comment_deleted",
    "connected",
    "convert_to_draft",
    "cross-referenced",
    "demilestoned",
    "deployed",
    "disconnected",
    "head_ref_deleted",
    "head_ref_force_pushed",
    "head_ref_restored",
    "issue_type_added",
    "issue_type_changed",
    "issue_type_removed",
    "labeled",
    "locked",
    "marked_as_duplicate",
    "mentioned",
    "merged",
    "milestoned",
    "parent_issue_added",
    "parent_issue_removed",
    "pinned",
    "ready_for_review",
    "referenced",
    "renamed",
    "reopened",
    "review_dismissed",
    "review_request_removed",
    "review_requested",
    "sub_issue_added",
    "sub_issue_removed",
    "subscribed",
    "transferred",
    "unassigned",
    "unlabeled",
    "unlocked",
    "unmarked_as_duplicate",
    "unpinned",
    "unsubscribed",
};

/// In the order of EventKind.
constexpr std::array<std::string_view, 50> kNodePrefixes{
    "AE",   "AMDE", "AMEE", "ABCSE", "BRCE", "BRFPE", "BBAE",  "BBRE",  "BAE",   "BRE",  "CE",   "CDE", "CONE",
    "CTDE", "CRE",  "DEME", "DEPE",  "DE",   "HRDE",  "HRFPE", "HRRE",  "ITAE",  "ITCE", "ITRE", "LE",  "LOE",
    "MADE", "MEE",  "ME",   "MIE",   "PIAE", "PIRE",  "PE",    "RFRE",  "REFE",  "RTE",  "REE",  "RDE", "RRRE",
    "RRE",  "SIAE", "SIRE", "SE",    "TE",   "UNAE",  "UNLE",  "UNLOE", "UMADE", "UNPE", "UNSE",
};

void index_by_id(World& world, const Change& change) {
  if (const IssueEvent* gone = change.after ? nullptr : before<IssueEvent>(change)) {
    world.issue_events_by_id.erase(NumberKey{gone->repo, gone->id});
  }
  if (const IssueEvent* row = after<IssueEvent>(change)) {
    world.issue_events_by_id.core().put(NumberKey{row->repo, row->id}, change.after);
  }
}

void write_event(JsonWriter& out, const World&, const IssueEvent& row) {
  out.field("issue_number", row.number).field("id", row.id).field("event", event_name(row.event));
  out.field("actor_login", row.actor).field("subject", or_null(row.subject)).field("detail", or_null(row.detail));
  out.field("related_number", or_null(row.related.number));
  out.field("commit_sha", row.commit ? std::optional(row.commit->hex()) : std::nullopt);
  time_field(out, "created_at", row.created_at);
}

}  // namespace

const RowKind IssueEvent::kind = row_kind<&World::issue_events, write_event>("issue_event", index_by_id);

std::string_view event_name(EventKind kind) { return word_of(kNames, kind); }
std::optional<EventKind> event_kind_from(std::string_view word) { return enum_from<EventKind>(kNames, word); }
std::string_view event_node_prefix(EventKind kind) { return word_of(kNodePrefixes, kind); }

IssueEventPtr find_issue_event(const World& world, Id repo, Id id) {
  return world.issue_events_by_id.get(NumberKey{repo, id});
}

std::vector<IssueEventPtr> events_of(const World& world, Id repo, Id number) {
  std::vector<IssueEventPtr> out;
  for (const auto& entry : rows_of(world.issue_events, repo, number)) out.push_back(entry.row);
  return out;
}

void note_event(Action& action, NumberKey issue, EventKind kind, const EventDetails& details) {
  World& world = action.world;
  IssueEvent row;
  row.repo = issue.repo;
  row.number = issue.number;
  row.id = ++world.counters.issue_event;
  row.event = kind;
  row.actor = user_or_stranger(world, details.actor.empty() ? action.actor : details.actor)->login;
  row.subject = details.subject;
  row.detail = details.detail;
  row.related = details.related;
  row.commit = details.commit;
  row.created_at = details.at == 0 ? world.now : details.at;
  put(action, std::move(row), Cause::followed);
}

void export_issue_events(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.issue_events_by_id);
}

}  // namespace pome::twin::github::model
