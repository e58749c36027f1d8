#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Comments in the conversation of issues and pull requests.
namespace pome::twin::github::rest {

namespace {

constexpr Field kComment[] = {required("body")};

Reply comment_answer(const Context& context, int status, const model::Comment& comment) {
  Reply reply =
      json_answer(status, [&](JsonWriter& json) { write_comment(json, context, *context.repository, comment); });
  if (status == 200) reply.modified_at(comment.updated_at);
  return reply;
}

Reply comment_page(const Context& context, const std::vector<model::CommentPtr>& comments) {
  return list_answer(context, comments, [&](JsonWriter& json, const model::CommentPtr& comment) {
    write_comment(json, context, *context.repository, *comment);
  });
}

void drop_older(std::vector<model::CommentPtr>& comments, std::optional<model::Time> since) {
  if (!since) return;
  std::erase_if(comments, [&](const model::CommentPtr& comment) { return comment->updated_at < *since; });
}

Reply list_comments(Context& context) {
  const auto number = context.number(2);
  if (!number || !model::find_issue(context.world, context.repository->id, *number)) return errors::not_found();
  const auto since = instant(context, "since", "IssueComment");
  std::vector<model::CommentPtr> comments = model::comments_on(context.world, context.repository->id, *number);
  drop_older(comments, since);
  return comment_page(context, comments);
}

/// By id unless `sort` is given; `direction` counts only together with `sort`.
Reply list_comments_for_repo(Context& context) {
  const auto sort = choice(context, "sort", {"", "created", "updated"}, "IssueComment");
  const auto direction = choice(context, "direction", {"asc", "desc"}, "IssueComment");
  const auto since = instant(context, "since", "IssueComment");
  std::vector<model::CommentPtr> comments;
  for (const auto& [key, comment] : model::rows_of(context.world.comments_by_id, context.repository->id)) {
    comments.push_back(comment);
  }
  drop_older(comments, since);
  if (sort == "updated") {
    sort_stably(comments,
                [](const model::CommentPtr& a, const model::CommentPtr& b) { return a->updated_at < b->updated_at; });
  }
  if (!sort.empty() && direction == "desc") std::reverse(comments.begin(), comments.end());
  return comment_page(context, comments);
}

Reply get_comment(Context& context) {
  const auto id = context.number(2);
  const auto comment = id ? model::find_comment(context.world, context.repository->id, *id) : nullptr;
  if (!comment) return errors::not_found();
  return comment_answer(context, 200, *comment);
}

Reply create_comment(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto comment =
      model::create_comment(context.action, context.repository->id, *number, context.body.text("body", ""));
  if (!comment) return comment.refusal();
  Reply reply = comment_answer(context, 201, **comment);
  reply.location(text::cat(api_url(context, *context.repository), "/issues/comments/", (*comment)->id));
  return reply;
}

Reply update_comment(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto comment =
      model::update_comment(context.action, context.repository->id, *id, context.body.text("body", ""));
  if (!comment) return comment.refusal();
  return comment_answer(context, 200, **comment);
}

Reply delete_comment(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_comment(context.action, context.repository->id, *id);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/comments",
     .operation = "issues/list-comments",
     .docs = "issues/comments#list-issue-comments",
     .tools = {"issue_read", "list_issue_comments", "get_issue_comments"},
     .handle = list_comments},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/comments",
     .operation = "issues/create-comment",
     .docs = "issues/comments#create-an-issue-comment",
     .tools = {"add_issue_comment"},
     .body = {kComment},
     .handle = create_comment},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/comments",
     .operation = "issues/list-comments-for-repo",
     .docs = "issues/comments#list-issue-comments-for-a-repository",
     .handle = list_comments_for_repo},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/comments/{comment_id}",
     .operation = "issues/get-comment",
     .docs = "issues/comments#get-an-issue-comment",
     .handle = get_comment},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/issues/comments/{comment_id}",
     .operation = "issues/update-comment",
     .docs = "issues/comments#update-an-issue-comment",
     .tools = {"update_issue_comment"},
     .body = {kComment},
     .handle = update_comment},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/comments/{comment_id}",
     .operation = "issues/delete-comment",
     .docs = "issues/comments#delete-an-issue-comment",
     .tools = {"delete_issue_comment"},
     .handle = delete_comment},
};

}  // namespace

std::span<const Route> comment_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
