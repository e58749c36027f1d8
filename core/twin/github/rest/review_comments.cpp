#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_pull.h"
#include "core/twin/github/rest/shape_review.h"

/// Comments on the diff of pull requests.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kSides = {"LEFT", "RIGHT"};
constexpr std::array<std::string_view, 3> kStartSides = {"LEFT", "RIGHT", "side"};
constexpr std::array<std::string_view, 2> kSubjects = {"line", "file"};

constexpr Field kCreateComment[] = {
    required("body"),
    optional("commit_id"),
    optional("path"),
    optional("position", Type::integer),
    one_of(optional("side"), kSides),
    optional("line", Type::integer),
    optional("start_line", Type::integer),
    one_of(optional("start_side"), kStartSides),
    optional("in_reply_to", Type::integer),
    one_of(optional("subject_type"), kSubjects),
};
constexpr Field kBody[] = {required("body")};

model::PullRequestPtr pull_of(const Context& context, const model::ReviewComment& comment) {
  return model::find_pull_request(context.world, comment.repo, comment.number);
}

Reply comment_answer(const Context& context, int status, const model::Ruling<model::ReviewCommentPtr>& comment) {
  if (!comment) return comment.refusal();
  const model::ReviewComment& row = **comment;
  Reply reply =
      json_answer(status, [&](JsonWriter& json) { write_review_comment(json, context, *pull_of(context, row), row); });
  if (status == 201) reply.location(text::cat(api_url(context, *context.repository), "/pulls/comments/", row.id));
  return reply;
}

/// The comments of one pull request or (0) of all, as `sort`, `direction` and `since` ask for.
Reply comments_answer(Context& context, model::Id number) {
  const bool by_update = lenient_choice(context, "sort", {"created", "updated", "created_at"}) == "updated";
  const bool descending = lenient_choice(context, "direction", {"asc", "desc"}) == "desc";
  const auto since = instant(context, "since", "PullRequestReviewComment");
  std::vector<model::ReviewCommentPtr> rows =
      model::review_comments_of(context.world, context.repo(), number, context.call.login);
  if (since) std::erase_if(rows, [&](const model::ReviewCommentPtr& row) { return row->updated_at < *since; });
  const auto key_of = [&](const model::ReviewCommentPtr& row) { return by_update ? row->updated_at : row->id; };
  sort_stably(rows,
              [&](const auto& a, const auto& b) { return descending ? key_of(b) < key_of(a) : key_of(a) < key_of(b); });
  return list_answer(context, rows, [&](JsonWriter& json, const model::ReviewCommentPtr& row) {
    write_review_comment(json, context, *pull_of(context, *row), *row);
  });
}

Reply list_for_repo(Context& context) { return comments_answer(context, 0); }

Reply list_for_pull(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull) return errors::not_found();
  return comments_answer(context, pull->number);
}

Reply get_comment(Context& context) {
  const auto id = context.number(2);
  model::ReviewCommentPtr comment = id ? model::find_review_comment(context.world, context.repo(), *id) : nullptr;
  if (!comment) return errors::not_found();
  const model::ReviewPtr review = model::find_review(context.world, comment->repo, comment->number, comment->review);
  if (review && !model::is_visible(*review, context.call.login)) return errors::not_found();
  return comment_answer(context, 200, comment);
}

/// A new thread needs to say where; a reply stands where its thread does.
Reply create_comment(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const Input& body = context.body;
  if (const auto thread = body.integer("in_reply_to")) {
    return comment_answer(
        context, 201,
        model::reply_to_review_comment(context.action, context.repo(), *number, *thread, body.text("body", "")));
  }
  for (const std::string_view name : {"commit_id", "path"}) {
    if (!body.sent(name)) return errors::invalid_request({text::cat("\"", name, "\" wasn't supplied.")});
  }
  return comment_answer(context, 201,
                        model::create_review_comment(context.action, context.repo(), *number, read_draft(body),
                                                     body.text("commit_id", "")));
}

Reply create_reply(Context& context) {
  const auto number = context.number(2);
  const auto thread = context.number(3);
  if (!number || !thread) return errors::not_found();
  return comment_answer(
      context, 201,
      model::reply_to_review_comment(context.action, context.repo(), *number, *thread, context.body.text("body", "")));
}

Reply update_comment(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  return comment_answer(
      context, 200, model::update_review_comment(context.action, context.repo(), *id, context.body.text("body", "")));
}

Reply delete_comment(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_review_comment(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/comments",
     .operation = "pulls/list-review-comments-for-repo",
     .docs = "pulls/comments#list-review-comments-in-a-repository",
     .handle = list_for_repo},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}",
     .operation = "pulls/get-review-comment",
     .docs = "pulls/comments#get-a-review-comment-for-a-pull-request",
     .handle = get_comment},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}",
     .operation = "pulls/update-review-comment",
     .docs = "pulls/comments#update-a-review-comment-for-a-pull-request",
     .body = {kBody},
     .handle = update_comment},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}",
     .operation = "pulls/delete-review-comment",
     .docs = "pulls/comments#delete-a-review-comment-for-a-pull-request",
     .handle = delete_comment},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
     .operation = "pulls/list-review-comments",
     .docs = "pulls/comments#list-review-comments-on-a-pull-request",
     .tools = {"pull_request_read", "get_pull_request_comments"},
     .handle = list_for_pull},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
     .operation = "pulls/create-review-comment",
     .docs = "pulls/comments#create-a-review-comment-for-a-pull-request",
     .tools = {"create_pull_request_review_comment", "add_comment_to_pending_review",
               "add_pull_request_review_comment"},
     .body = {kCreateComment},
     .handle = create_comment},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
     .operation = "pulls/create-reply-for-review-comment",
     .docs = "pulls/comments#create-a-reply-for-a-review-comment",
     .tools = {"add_reply_to_pull_request_comment"},
     .body = {kBody},
     .handle = create_reply},
};

}  // namespace

std::span<const Route> review_comment_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
