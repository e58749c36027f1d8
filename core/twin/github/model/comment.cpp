#include "core/twin/github/model/comment.h"

#include "core/base/text.h"
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
  return row;
}

Refused delete_comment(Action& action, Id repo, Id id) {
  const Ruling<CommentPtr> current = changeable(action, repo, id);
  if (!current) return current.refused();
  begin_mutation(action);
  erase(action, *current);
  touch_issue(action, repo, (*current)->number, -1);
  return std::nullopt;
}

void export_comments(JsonWriter& out, const World& world, const Issue& issue) {
  for (const auto& entry : rows_of(world.comments, issue.repo, issue.number)) {
    out.begin_object().field("id", entry.row->id).field("repo_id", entry.row->repo);
    write_text(out, *entry.row);
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
