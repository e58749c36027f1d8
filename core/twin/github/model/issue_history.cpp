#include "core/twin/github/model/issue_history.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/text_links.h"

namespace pome::twin::github::model {
namespace {

/// Notes events of one issue that share their time.
class Notes {
 public:
  Notes(Action& action, const Issue& issue, Time at) : action_(action), issue_(issue.key()), at_(at) {}

  void add(EventKind kind, std::string subject = {}, std::string detail = {}) {
    EventDetails details;
    details.subject = std::move(subject);
    details.detail = std::move(detail);
    details.at = at_;
    note_event(action_, issue_, kind, details);
  }
  void label(EventKind kind, Id id) {
    const Label* label = action_.world.labels_by_id.find(NumberKey{issue_.repo, id});
    if (label) add(kind, label->name, label->color);
  }
  void milestone(EventKind kind, Id number) {
    const MilestonePtr milestone = number == 0 ? nullptr : find_milestone(action_.world, issue_.repo, number);
    if (milestone) add(kind, milestone->title);
  }

 private:
  Action& action_;
  NumberKey issue_;
  Time at_;
};

bool holds(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

void note_lists(Notes& notes, const Issue& before, const Issue& after) {
  for (const Id id : after.labels) {
    if (!std::binary_search(before.labels.begin(), before.labels.end(), id)) notes.label(EventKind::labeled, id);
  }
  for (const Id id : before.labels) {
    if (!std::binary_search(after.labels.begin(), after.labels.end(), id)) notes.label(EventKind::unlabeled, id);
  }
  for (const std::string& login : after.assignees) {
    if (!holds(before.assignees, login)) notes.add(EventKind::assigned, login);
  }
  for (const std::string& login : before.assignees) {
    if (!holds(after.assignees, login)) notes.add(EventKind::unassigned, login);
  }
}

void note_type(Notes& notes, const World& world, const Issue& before, const Issue& after) {
  if (before.type == after.type) return;
  const IssueTypePtr old = type_of(world, before);
  const IssueTypePtr now = type_of(world, after);
  if (!old && now) notes.add(EventKind::issue_type_added, now->name);
  if (old && !now) notes.add(EventKind::issue_type_removed, old->name);
  if (old && now) notes.add(EventKind::issue_type_changed, now->name, old->name);
}

void note_state(Notes& notes, const Issue& before, const Issue& after) {
  if (before.locked != after.locked) {
    const std::string reason(after.lock_reason ? lock_reason_name(*after.lock_reason) : std::string_view());
    notes.add(after.locked ? EventKind::locked : EventKind::unlocked, {}, reason);
  }
  if (before.state == after.state) return;
  const std::string reason(after.state_reason ? state_reason_name(*after.state_reason) : std::string_view());
  notes.add(after.state == OpenState::closed ? EventKind::closed : EventKind::reopened, {}, reason);
}

/// The last word on whether `login` follows the conversation by an event is that they do.
bool is_subscribed(const World& world, const Issue& issue, std::string_view login) {
  bool subscribed = false;
  for (const auto& entry : rows_of(world.issue_events, issue.repo, issue.number)) {
    const IssueEvent& row = *entry.row;
    const bool about = row.event == EventKind::subscribed || row.event == EventKind::unsubscribed;
    if (about && text::equals_ignore_case(row.actor, login)) subscribed = row.event == EventKind::subscribed;
  }
  return subscribed;
}

void note_mentions(Action& action, const Issue& issue, std::string_view before, std::string_view text, Time at) {
  const std::vector<std::string> known = mentions_in(before);
  for (const std::string& written : mentions_in(text)) {
    const UserPtr user = find_user(action.world, written);
    if (!user || user->type != UserType::user || text::equals_ignore_case(user->login, action.actor)) continue;
    const auto same = [&](const std::string& other) { return text::equals_ignore_case(other, written); };
    if (std::any_of(known.begin(), known.end(), same)) continue;
    if (permission_of(action.world, issue.repo, user->login) == Role::none) continue;
    EventDetails details;
    details.actor = user->login;
    details.at = at;
    note_event(action, issue.key(), EventKind::mentioned, details);
    if (!is_subscribed(action.world, issue, user->login)) {
      note_event(action, issue.key(), EventKind::subscribed, details);
    }
  }
}

bool is_cross_referenced(const World& world, const Issue& target, NumberKey source) {
  const auto events = rows_of(world.issue_events, target.repo, target.number);
  return std::any_of(events.begin(), events.end(), [&](const auto& entry) {
    return entry.row->event == EventKind::cross_referenced && entry.row->related == source;
  });
}

void note_references(Action& action, const Issue& issue, std::string_view text, Time at) {
  for (const TextReference& reference : references_in(text)) {
    const RepositoryPtr repo = reference.owner.empty() ? action.world.repositories_by_id.get(issue.repo)
                                                       : find_repository(action.world, reference.owner, reference.name);
    if (!repo || permission_of(action.world, repo->id, action.actor) == Role::none) continue;
    const IssuePtr target = find_issue(action.world, repo->id, reference.number);
    if (!target || target->key() == issue.key() || is_cross_referenced(action.world, *target, issue.key())) continue;
    EventDetails details;
    details.related = issue.key();
    details.at = at;
    note_event(action, target->key(), EventKind::cross_referenced, details);
  }
}

}  // namespace

void note_changes(Action& action, const Issue& before, const Issue& after, Time at) {
  Notes notes(action, after, at);
  note_lists(notes, before, after);
  if (before.milestone != after.milestone) {
    notes.milestone(EventKind::demilestoned, before.milestone);
    notes.milestone(EventKind::milestoned, after.milestone);
  }
  note_type(notes, action.world, before, after);
  if (before.title != after.title) notes.add(EventKind::renamed, before.title, after.title);
  note_state(notes, before, after);
}

Issue blank(const Issue& issue) {
  Issue out = issue;
  out.labels.clear();
  out.assignees.clear();
  out.milestone = 0;
  out.type = 0;
  out.locked = false;
  out.lock_reason.reset();
  out.state = OpenState::open;
  out.state_reason.reset();
  return out;
}

void note_text(Action& action, const Issue& issue, std::string_view before, std::string_view text, Time at) {
  if (text.empty() || before == text) return;
  note_mentions(action, issue, before, text, at);
  note_references(action, issue, text, at);
}

IssuePtr save_issue(Action& action, const Issue& before, Issue after, Cause cause, Aspect aspect) {
  IssuePtr row = put(action, std::move(after), cause, aspect);
  note_changes(action, before, *row);
  note_text(action, *row, before.body.value_or(""), row->body.value_or(""));
  return row;
}

}  // namespace pome::twin::github::model
