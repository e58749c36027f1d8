#include "core/twin/github/model/commit_comment.h"

#include "core/base/text.h"
#include "core/twin/github/model/issue_rules.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_commit_comment(JsonWriter& out, const World&, const CommitComment& row) {
  out.field("id", row.id).field("commit_id", row.commit.hex()).field("user_login", row.author).field("body", row.body);
  out.field("path", row.path).field("position", row.position).field("line", row.line);
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind CommitComment::kind = row_kind<&World::commit_comments, write_commit_comment>("commit_comment");

std::vector<CommitCommentPtr> commit_comments_on(const World& world, Id repo, const git::ObjectId& commit) {
  std::vector<CommitCommentPtr> out;
  for (const auto& entry : rows_of(world.commit_comments, repo)) {
    if (entry.row->commit == commit) out.push_back(entry.row);
  }
  return out;
}

Ruling<CommitCommentPtr> create_commit_comment(Action& action, Id repo, std::string_view sha, NewCommitComment input) {
  World& world = action.world;
  const std::optional<git::ObjectId> commit = resolve_commit(world, repo, sha);
  if (!commit) return no_commit_for(sha);
  if (text::trim(input.body).empty()) return invalid({"CommitComment", "body", "missing_field", std::nullopt, ""});
  if (input.body.size() > kMaxBody) {
    return invalid({"CommitComment", "body", "custom", std::nullopt,
                    text::cat("body is too long (maximum is ", kMaxBody, " characters)")});
  }
  if (input.path && !world.objects.find(world.objects.commit(*commit)->tree, *input.path)) {
    return invalid({"CommitComment", "path", "invalid", std::nullopt, ""});
  }
  CommitComment row;
  row.repo = repo;
  row.commit = *commit;
  row.created_at = row.updated_at = begin_mutation(action);
  row.id = ++world.counters.commit_comment;
  row.author = user_or_stranger(world, action.actor)->login;
  row.body = std::move(input.body);
  row.path = std::move(input.path);
  row.position = input.position;
  row.line = input.line;
  return put(action, std::move(row));
}

void export_commit_comments(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.commit_comments);
}

}  // namespace pome::twin::github::model
