#include "core/twin/github/model/issue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/issue_rules.h"
#include "core/twin/github/model/label_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 4> kStateReasons{"completed", "not_planned", "duplicate", "reopened"};
constexpr std::array<std::string_view, 4> kLockReasons{"off-topic", "too heated", "resolved", "spam"};

/// Adds (or with `by` -1 takes away) one issue from the sums it counts in.
void count_issue(World& world, const Issue& issue, Id by) {
  const bool open = issue.state == OpenState::open;
  if (issue.milestone != 0) {
    const NumberKey key{issue.repo, issue.milestone};
    const MilestoneTally* stored = world.milestone_tallies.find(key);
    MilestoneTally tally = stored ? *stored : MilestoneTally{};
    (open ? tally.open : tally.closed) += by;
    world.milestone_tallies.put(key, std::make_shared<const MilestoneTally>(tally));
  }
  if (open) change_totals(world, issue.repo, [by](RepositoryTotals& totals) { totals.open_issues += by; });
}

void keep_sums(World& world, const Change& change) {
  const Issue* old = before<Issue>(change);
  const Issue* now = after<Issue>(change);
  if (old && now && old->state == now->state && old->milestone == now->milestone) return;
  if (old) count_issue(world, *old, -1);
  if (now) count_issue(world, *now, 1);
}

std::optional<std::string_view> reason_or_null(const Issue& row) {
  return row.state_reason ? std::optional(state_reason_name(*row.state_reason)) : std::nullopt;
}

std::optional<std::string_view> first_assignee(const Issue& row) {
  return row.assignees.empty() ? std::nullopt : std::optional<std::string_view>(row.assignees.front());
}

void write_label_names(JsonWriter& out, const World& world, const Issue& row) {
  out.key("labels").begin_array();
  for (const LabelPtr& label : labels_on(world, row)) out.value(label->name);
  out.end_array();
}

void write_issue(JsonWriter& out, const World& world, const Issue& row, Aspect aspect) {
  if (aspect != Aspect::row) {
    out.field("issue_number", row.number);
    if (aspect == Aspect::labels) write_label_names(out, world, row);
    if (aspect == Aspect::assignees) list_field(out, "assignees", row.assignees);
    return;
  }
  out.field("number", row.number).field("title", row.title).field("body", row.body);
  out.field("state", state_name(row.state)).field("state_reason", reason_or_null(row)).field("user_login", row.author);
  out.field("assignee_login", first_assignee(row));
  write_label_names(out, world, row);
  list_field(out, "assignees", row.assignees);
  out.field("milestone_number", or_null(row.milestone)).field("locked", row.locked);
  times(out, row.created_at, row.updated_at);
  time_field(out, "closed_at", row.closed_at);
}

Refused check_milestone(const World& world, Id repo, Id number) {
  if (find_milestone(world, repo, number)) return std::nullopt;
  return invalid_value("Issue", "milestone", text::cat(number));
}

Refused check_title(std::string_view title) {
  if (text::trim(title).empty()) return invalid("Issue", "title", "missing_field");
  if (code_points(title) > 256) {
    return invalid_because("Issue", "title", "title is too long (maximum is 256 characters)");
  }
  return std::nullopt;
}

Refused check_body(const std::optional<std::string>& body) {
  if (!body || code_points(*body) <= kMaxBody) return std::nullopt;
  return invalid_because("Issue", "body", "body is too long (maximum is 65536 characters)");
}

Refused check_assignees(const World& world, Id repo, const std::vector<std::string>& logins) {
  for (const std::string& login : logins) {
    if (!is_assignable(world, repo, login)) return invalid_value("Issue", "assignees", login);
  }
  return std::nullopt;
}

Refused check_parts(const World& world, Id repo, const std::vector<std::string>* labels,
                    const std::vector<std::string>* assignees, std::optional<Id> milestone) {
  if (labels) {
    if (const Refused refused = check_label_names(*labels)) return refused;
  }
  if (assignees) {
    if (const Refused refused = check_assignees(world, repo, *assignees)) return refused;
  }
  return milestone ? check_milestone(world, repo, *milestone) : std::nullopt;
}

/// State and reason as the patch leaves them. A reason alone changes a closed issue's reason.
void apply_state(Issue& issue, const IssuePatch& patch, std::string_view actor, Time now) {
  const OpenState before = issue.state;
  issue.state = patch.state.value_or(before);
  const std::optional<StateReason> given = patch.state_reason ? *patch.state_reason : std::nullopt;
  if (issue.state == OpenState::closed) {
    if (before == OpenState::open) {
      issue.closed_at = now;
      issue.closed_by = std::string(actor);
      issue.state_reason = StateReason::completed;
    }
    if (given && *given != StateReason::reopened) issue.state_reason = given;
  } else if (before == OpenState::closed) {
    issue.closed_at.reset();
    issue.closed_by.clear();
    issue.state_reason = StateReason::reopened;
  }
  if (issue.is_pull_request) issue.state_reason.reset();
}

/// What of the patch an actor of this role may do; an author without triage keeps title, body and state only.
IssuePatch permitted(IssuePatch patch, Role role) {
  if (role < Role::triage) {
    patch.labels.reset();
    patch.assignees.reset();
    patch.milestone.reset();
  }
  return patch;
}

/// The row the patch asks for, labels aside.
Issue patched(const World& world, const Issue& current, const IssuePatch& patch, std::string_view actor, Time now) {
  Issue next = current;
  if (patch.title) next.title = *patch.title;
  if (patch.body) next.body = *patch.body;
  if (patch.milestone) next.milestone = patch.milestone->value_or(0);
  if (patch.assignees) next.assignees = merge_assignees(world, current.repo, {}, *patch.assignees);
  apply_state(next, patch, actor, now);
  return next;
}

Refused check_patch(const World& world, const Issue& current, const IssuePatch& patch) {
  if (patch.title) {
    if (const Refused refused = check_title(*patch.title)) return refused;
  }
  if (patch.body) {
    if (const Refused refused = check_body(*patch.body)) return refused;
  }
  const PullRequestPtr pull =
      current.is_pull_request ? find_pull_request(world, current.repo, current.number) : nullptr;
  if (pull && pull->merged_at && patch.state == OpenState::open) {
    return invalid_because("PullRequest", "state", "state cannot be changed. The pull request is merged.");
  }
  return check_parts(world, current.repo, patch.labels ? &*patch.labels : nullptr,
                     patch.assignees ? &*patch.assignees : nullptr, patch.milestone ? *patch.milestone : std::nullopt);
}

Ruling<IssuePtr> readable(const Action& action, Id repo, Id number) {
  IssuePtr issue = find_issue(action.world, repo, number);
  if (!issue || permission_of(action.world, repo, action.actor) == Role::none) return not_found();
  return issue;
}

Ruling<IssuePtr> set_assignees(Action& action, const IssuePtr& issue, std::vector<std::string> assignees) {
  if (assignees == issue->assignees) return issue;
  Issue next = *issue;
  next.assignees = std::move(assignees);
  next.updated_at = begin_mutation(action);
  return put(action, std::move(next), Cause::asked, Aspect::assignees);
}

Refused set_lock(Action& action, Id repo, Id number, bool locked, std::optional<LockReason> reason) {
  const Ruling<IssuePtr> issue = readable(action, repo, number);
  if (!issue) return issue.refused();
  if (permission_of(action.world, repo, action.actor) < Role::write) return forbidden();
  Issue next = **issue;
  next.locked = locked;
  next.lock_reason = reason;
  if (next == **issue) return std::nullopt;
  next.updated_at = begin_mutation(action);
  put(action, std::move(next));
  return std::nullopt;
}

void export_issue(JsonWriter& out, const World& world, const Issue& row, Associations& associations) {
  out.begin_object();
  out.field("repo_id", row.repo).field("number", row.number).field("title", row.title).field("body", row.body);
  out.field("state", state_name(row.state)).field("user_login", row.author);
  out.field("assignee_login", first_assignee(row));
  times(out, row.created_at, row.updated_at);
  time_field(out, "closed_at", row.closed_at);
  export_labels_and_assignees(out, world, row);
  out.key("comments").begin_array();
  export_comments(out, world, row);
  out.end_array();
  export_more(out, row, associations);
  out.field("id", row.id).field("state_reason", reason_or_null(row)).end_object();
}

}  // namespace

const RowKind Issue::kind = row_kind<&World::issues, write_issue>("issue", keep_sums);

std::string_view state_reason_name(StateReason reason) { return word_of(kStateReasons, reason); }

std::optional<StateReason> state_reason_from(std::string_view word) {
  return enum_from<StateReason>(kStateReasons, word);
}

std::string_view lock_reason_name(LockReason reason) { return word_of(kLockReasons, reason); }

std::optional<LockReason> lock_reason_from(std::string_view word) { return enum_from<LockReason>(kLockReasons, word); }

std::vector<std::string> merge_assignees(const World& world, Id repo, std::vector<std::string> present,
                                         const std::vector<std::string>& logins) {
  for (const std::string& login : logins) {
    const auto same = [&](const std::string& other) { return text::equals_ignore_case(other, login); };
    if (present.size() >= kMaxAssignees || !is_assignable(world, repo, login)) continue;
    if (std::any_of(present.begin(), present.end(), same)) continue;
    present.push_back(user_or_stranger(world, login)->login);
  }
  return present;
}

IssuePtr find_issue(const World& world, Id repo, Id number) { return world.issues.get(NumberKey{repo, number}); }

Ruling<IssuePtr> create_issue(Action& action, Id repo, const NewIssue& input) {
  World& world = action.world;
  const RepositoryPtr row = world.repositories_by_id.get(repo);
  const Role role = permission_of(world, repo, action.actor);
  if (!row || role == Role::none) return not_found();
  if (!row->has_issues) return gone("Issues has been disabled in this repository.");
  if (row->archived) return forbidden("Repository was archived so is read-only.");
  if (const Refused refused = check_title(input.title)) return refused;
  if (const Refused refused = check_body(input.body)) return refused;
  const bool trusted = role >= Role::triage;
  if (trusted) {
    if (const Refused refused = check_parts(world, repo, &input.labels, &input.assignees, input.milestone))
      return refused;
  }
  Issue fresh;
  fresh.repo = repo;
  fresh.created_at = fresh.updated_at = begin_mutation(action);
  change_totals(world, repo, [&](RepositoryTotals& totals) { fresh.number = ++totals.last_number; });
  fresh.id = ++world.counters.issue;
  fresh.title = input.title;
  fresh.body = input.body;
  fresh.author = user_or_stranger(world, action.actor)->login;
  if (trusted) {
    fresh.labels = resolve_labels(action, repo, input.labels);
    fresh.assignees = merge_assignees(world, repo, {}, input.assignees);
    fresh.milestone = input.milestone.value_or(0);
  }
  return put(action, std::move(fresh));
}

Ruling<IssuePtr> update_issue(Action& action, Id repo, Id number, const IssuePatch& asked) {
  World& world = action.world;
  const Ruling<IssuePtr> found = readable(action, repo, number);
  if (!found) return found.refused();
  const Issue& current = **found;
  const Role role = permission_of(world, repo, action.actor);
  if (role < Role::triage && !text::equals_ignore_case(current.author, action.actor)) return forbidden();
  const IssuePatch patch = permitted(asked, role);
  if (const Refused refused = check_patch(world, current, patch)) return refused;
  const std::string actor = user_or_stranger(world, action.actor)->login;
  Issue next = patched(world, current, patch, actor, world.now + 1);
  const bool relabel = patch.labels && labels_would_change(world, current, *patch.labels, false);
  if (next == current && !relabel) return *found;
  next.updated_at = begin_mutation(action);
  if (relabel) next.labels = resolve_labels(action, repo, *patch.labels);
  return put(action, std::move(next));
}

Ruling<IssuePtr> add_assignees(Action& action, Id repo, Id number, const std::vector<std::string>& logins) {
  const Ruling<IssuePtr> issue = readable(action, repo, number);
  if (!issue) return issue.refused();
  if (permission_of(action.world, repo, action.actor) < Role::triage) return *issue;
  return set_assignees(action, *issue, merge_assignees(action.world, repo, (*issue)->assignees, logins));
}

Ruling<IssuePtr> remove_assignees(Action& action, Id repo, Id number, const std::vector<std::string>& logins) {
  const Ruling<IssuePtr> issue = readable(action, repo, number);
  if (!issue) return issue.refused();
  if (permission_of(action.world, repo, action.actor) < Role::triage) return *issue;
  std::vector<std::string> rest = (*issue)->assignees;
  std::erase_if(rest, [&](const std::string& assignee) {
    return std::any_of(logins.begin(), logins.end(),
                       [&](const auto& login) { return text::equals_ignore_case(login, assignee); });
  });
  return set_assignees(action, *issue, std::move(rest));
}

Refused lock_issue(Action& action, Id repo, Id number, std::optional<LockReason> reason) {
  return set_lock(action, repo, number, true, reason);
}

Refused unlock_issue(Action& action, Id repo, Id number) { return set_lock(action, repo, number, false, std::nullopt); }

void export_labels_and_assignees(JsonWriter& out, const World& world, const Issue& issue) {
  out.key("labels").begin_array();
  for (const LabelPtr& label : labels_on(world, issue)) export_label(out, world, *label);
  out.end_array();
  list_field(out, "assignees", issue.assignees);
}

void export_more(JsonWriter& out, const Issue& issue, Associations& associations) {
  out.field("milestone_number", or_null(issue.milestone)).field("locked", issue.locked);
  out.field("active_lock_reason",
            issue.lock_reason ? std::optional(lock_reason_name(*issue.lock_reason)) : std::nullopt);
  out.field("closed_by_login", or_null(issue.closed_by));
  out.field("author_association", association_name(associations.of(issue.author)));
}

void export_issues(JsonWriter& out, const World& world, const Repository& repo) {
  Associations associations(world, repo.id);
  for (const auto& entry : rows_of(world.issues, repo.id)) {
    if (!entry.row->is_pull_request) export_issue(out, world, *entry.row, associations);
  }
}

}  // namespace pome::twin::github::model
