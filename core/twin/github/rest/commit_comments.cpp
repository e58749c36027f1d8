#include "core/twin/github/model/commit_comment.h"

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Comments on commits.
namespace pome::twin::github::rest {

namespace {

constexpr Field kCreate[] = {required("body"), optional("path"), optional("position", Type::integer),
                             optional("line", Type::integer)};

std::string comment_url(const Context& context, const model::CommitComment& row) {
  return text::cat(api_url(context, *context.repository), "/comments/", row.id);
}

Reply list_comments(Context& context) {
  const auto commit = model::resolve_commit(context.world, context.repo(), context.path[2]);
  std::vector<model::CommitCommentPtr> rows;
  if (commit) rows = model::commit_comments_on(context.world, context.repo(), *commit);
  return list_answer(context, rows, [&](JsonWriter& json, const model::CommitCommentPtr& row) {
    write_commit_comment(json, context, *row);
  });
}

Reply create_comment(Context& context) {
  const Input& input = context.body;
  const auto row = model::create_commit_comment(context.action, context.repo(), context.path[2],
                                                {.body = input.text("body", ""),
                                                 .path = input.text("path"),
                                                 .position = input.integer("position"),
                                                 .line = input.integer("line")});
  if (!row) return row.refusal();
  Reply reply = json_answer(201, [&](JsonWriter& json) { write_commit_comment(json, context, **row); });
  reply.location(comment_url(context, **row));
  return reply;
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
     .operation = "repos/list-comments-for-commit",
     .docs = "commits/comments#list-commit-comments",
     .handle = list_comments},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
     .operation = "repos/create-commit-comment",
     .docs = "commits/comments#create-a-commit-comment",
     .body = {kCreate},
     .handle = create_comment},
};

}  // namespace

void write_commit_comment(JsonWriter& json, const Context& context, const model::CommitComment& row) {
  const std::string sha = row.commit.hex();
  json.begin_object();
  link(json, "url", comment_url(context, row));
  link(json, "html_url", web_url(*context.repository), "/commit/", sha, "#commitcomment-", row.id);
  json.field("id", row.id).field("node_id", model::node_id("CC", context.repo(), row.id)).key("user");
  write_user(json, context, row.author);
  json.field("position", row.position).field("line", row.line).field("path", row.path).field("commit_id", sha);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  json.field("author_association",
             model::association_name(model::association_of(context.world, context.repo(), row.author)));
  json.field("body", row.body).end_object();
}

std::span<const Route> commit_comment_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
