#include "core/twin/github/model/comment.h"

#include "core/base/text.h"
#include "core/twin/github/model/issue_history.h"
#include "core/twin/github/model/issue_rules.h"
#include "core/twin/github/model/label_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

Refused check_body(std::string_view body) {
  if (text::trim(body).empty()) return invalid_because("IssueComment", "data", "Body cannot be blank", "unprocessable");
  if (code_points(body) > kMaxBody) {
    return invalid_because("IssueComment", "data", "Body is too long (maximum is 65536 characters)", "unprocessable");
  }
  return std::nullopt;
}

/// A conversation moves with each of its comments. `by` changes the number of comments.
void touch_issue(Action& action, Id repo, Id number, Id by) {
  const IssuePtr issue = find_issue(action.world, repo, number);
  if (!issue) return;
  Issue next = *issue;
  next.comments += by;
  next.updated_at = action.world.now;
  put(action, std::move(next), Cause::followed);
}

/// The comment, when the actor may change it.
Ruling<CommentPtr> changeable(const Action& action, Id repo, Id id) {
  CommentPtr comment = find_comment(action.world, repo, id);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!comment || role == Role::none) return not_found();
  if (role < Role::write && !text::equals_ignore_case(comment->author, action.actor)) return forbidden();
  return comment;
}

/// The comment, when the actor may pin and unpin it.
Ruling<CommentPtr> pinnable(const Action& action, Id repo, Id id) {
  CommentPtr comment = find_comment(action.world, repo, id);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!comment || role == Role::none) return not_found();
  if (role < Role::triage) return forbidden();
  return comment;
}

/// Pins the comment (`by` = who does it) or takes the pin off ("").
CommentPtr set_pin(Action& action, const Comment& comment, std::string_view by, Cause cause) {
  Comment next = comment;
  next.pinned_by = std::string(by);
  next.pinned_at = by.empty() ? std::nullopt : std::optional(action.world.now);
  return put(action, std::move(next), cause);
}

void set_pinned_comment(Action& action, const Issue& issue, Id comment) {
  Issue next = issue;
  next.pinned_comment = comment;
  put(action, std::move(next), Cause::followed);
}

void index_by_id(World& world, const Change& change) {
  if (const Comment* gone = change.after ? nullptr : before<Comment>(change)) {
    world.comments_by_id.erase(NumberKey{gone->repo, gone->id});
  }
  if (const Comment* row = after<Comment>(change)) {
    world.comments_by_id.core().put(NumberKey{row->repo, row->id}, change.after);
  }
}

/// What the recorder and the state export write alike.
void write_text(JsonWriter& out, const Comment& row) {
  out.field("issue_number", row.number).field("body", row.body).field("user_login", row.author);
  times(out, row.created_at, row.updated_at);
}

void write_comment(JsonWriter& out, const World&, const Comment& row) {
  out.field("id", row.id);
  write_text(out, row);
}

}  // namespace

const RowKind Comment::kind = row_kind<&World::comments, write_comment>("comment", index_by_id);

CommentPtr find_comment(const World& world, Id repo, Id id) { return world.comments_by_id.get(NumberKey{repo, id}); }

std::vector<CommentPtr> comments_on(const World& world, Id repo, Id number) {
  std::vector<CommentPtr> out;
  for (const auto& entry : rows_of(world.comments, repo, number)) out.push_back(entry.row);
  return out;
}

Ruling<CommentPtr> create_comment(Action& action, Id repo, Id number, std::string_view body) {
  World& world = action.world;
  const IssuePtr issue = find_issue(world, repo, number);
  const Role role = permission_of(world, repo, action.actor);
  if (!issue || role == Role::none) return not_found();
  if (issue->locked && role < Role::write) return forbidden("Unable to create comment because issue is locked.");
  if (const Refused refused = check_body(body)) return refused;
  const Time now = begin_mutation(action);
  const std::string author = user_or_stranger(world, action.actor)->login;
  CommentPtr row = put(action, Comment{repo, number, ++world.counters.comment, std::string(body), author, now, now});
  touch_issue(action, repo, number, 1);
  note_text(action, *issue, "", body);
  return row;
}

Ruling<CommentPtr> update_comment(Action& action, Id repo, Id id, std::string_view body) {
  const Ruling<CommentPtr> current = changeable(action, repo, id);
  if (!current) return current.refused();
  if (const Refused refused = check_body(body)) return refused;
  if ((*current)->body == body) return *current;
  Comment next = **current;
  next.body = std::string(body);
  next.updated_at = begin_mutation(action);
  CommentPtr row = put(action, std::move(next));
  touch_issue(action, repo, row->number, 0);
  if (const IssuePtr issue = find_issue(action.world, repo, row->number)) {
    note_text(action, *issue, (*current)->body, row->body);
  }
  return row;
}

Refused delete_comment(Action& action, Id repo, Id id) {
  const Ruling<CommentPtr> current = changeable(action, repo, id);
  if (!current) return current.refused();
  begin_mutation(action);
  erase(action, *current);
  drop_reactions(action, repo, id);
  const IssuePtr issue = find_issue(action.world, repo, (*current)->number);
  if (issue && issue->pinned_comment == id) set_pinned_comment(action, *issue, 0);
  touch_issue(action, repo, (*current)->number, -1);
  note_event(action, NumberKey{repo, (*current)->number}, EventKind::comment_deleted);
  return std::nullopt;
}

Ruling<CommentPtr> pin_comment(Action& action, Id repo, Id id) {
  const Ruling<CommentPtr> comment = pinnable(action, repo, id);
  if (!comment) return comment.refusal();
  const IssuePtr issue = find_issue(action.world, repo, (*comment)->number);
  if (!issue) return not_found();
  if (issue->is_pull_request) {
    return Refusal{RefusalKind::validation, "Comments on pull requests cannot be pinned.", {}};
  }
  if (issue->pinned_comment == id) return *comment;
  begin_mutation(action);
  const CommentPtr former =
      issue->pinned_comment == 0 ? nullptr : find_comment(action.world, repo, issue->pinned_comment);
  if (former) set_pin(action, *former, "", Cause::followed);
  const std::string by = user_or_stranger(action.world, action.actor)->login;
  CommentPtr row = set_pin(action, **comment, by, Cause::asked);
  set_pinned_comment(action, *issue, id);
  return row;
}

Refused unpin_comment(Action& action, Id repo, Id id) {
  const Ruling<CommentPtr> comment = pinnable(action, repo, id);
  if (!comment) return comment.refusal();
  if (!(*comment)->pinned_at) return not_found();
  const IssuePtr issue = find_issue(action.world, repo, (*comment)->number);
  begin_mutation(action);
  set_pin(action, **comment, "", Cause::asked);
  if (issue) set_pinned_comment(action, *issue, 0);
  return std::nullopt;
}

void export_comments(JsonWriter& out, const World& world, const Issue& issue) {
  for (const auto& entry : rows_of(world.comments, issue.repo, issue.number)) {
    out.begin_object().field("id", entry.row->id).field("repo_id", entry.row->repo);
    write_text(out, *entry.row);
    out.field("pinned", entry.row->pinned_at.has_value()).end_object();
  }
}

}  // namespace pome::twin::github::model
