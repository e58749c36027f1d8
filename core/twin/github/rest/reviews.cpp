#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_pull.h"
#include "core/twin/github/rest/shape_review.h"

/// Reviews of pull requests.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 3> kEvents = {"APPROVE", "REQUEST_CHANGES", "COMMENT"};
constexpr std::array<std::string_view, 1> kDismiss = {"DISMISS"};
constexpr std::array<std::string_view, 2> kSides = {"LEFT", "RIGHT"};

constexpr Field kDraft[] = {
    required("path"),
    optional("position", Type::integer),
    required("body"),
    optional("line", Type::integer),
    one_of(optional("side"), kSides),
    optional("start_line", Type::integer),
    one_of(optional("start_side"), kSides),
};
constexpr Field kCreateReview[] = {
    optional("commit_id"),
    optional("body"),
    one_of(optional("event"), kEvents),
    optional("comments", Type::objects, kDraft),
};
constexpr Field kUpdateReview[] = {required("body")};
constexpr Field kSubmitReview[] = {optional("body"), one_of(required("event"), kEvents)};
constexpr Field kDismissReview[] = {required("message"), one_of(optional("event"), kDismiss)};

std::optional<model::ReviewState> verdict_of(std::string_view event) {
  if (event == "APPROVE") return model::ReviewState::approved;
  if (event == "REQUEST_CHANGES") return model::ReviewState::changes_requested;
  if (event == "COMMENT") return model::ReviewState::commented;
  return std::nullopt;
}

/// The pull request and the review the path names.
struct Named {
  model::Id number = 0;
  model::Id id = 0;
};
std::optional<Named> named_review(const Context& context) {
  const auto number = context.number(2);
  const auto id = context.number(3);
  if (!number || !id) return std::nullopt;
  return Named{*number, *id};
}

/// The review the path names when the caller sees it, or nullptr.
model::ReviewPtr seen_review(const Context& context) {
  const auto named = named_review(context);
  model::ReviewPtr review =
      named ? model::find_review(context.world, context.repo(), named->number, named->id) : nullptr;
  return review && model::is_visible(*review, context.call.login) ? review : nullptr;
}

Reply review_answer(const Context& context, const model::Ruling<model::ReviewPtr>& review) {
  if (!review) return review.refusal();
  return json_answer(200, [&](JsonWriter& json) { write_review(json, context, **review); });
}

Reply list_reviews(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull) return errors::not_found();
  return list_answer(context, model::reviews_of(context.world, context.repo(), pull->number, context.call.login),
                     [&](JsonWriter& json, const model::ReviewPtr& row) { write_review(json, context, *row); });
}

Reply create_review(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const Input& body = context.body;
  model::NewReview input;
  input.verdict = verdict_of(body.text("event", ""));
  input.body = body.text("body", "");
  input.commit = body.text("commit_id");
  for (const Input& entry : body.objects("comments")) input.comments.push_back(read_draft(entry));
  return review_answer(context, model::create_review(context.action, context.repo(), *number, input));
}

Reply get_review(Context& context) {
  model::ReviewPtr review = seen_review(context);
  if (!review) return errors::not_found();
  return review_answer(context, review);
}

Reply update_review(Context& context) {
  const auto named = named_review(context);
  if (!named) return errors::not_found();
  return review_answer(context, model::update_review(context.action, context.repo(), named->number, named->id,
                                                     context.body.text("body", "")));
}

Reply delete_pending_review(Context& context) {
  const auto named = named_review(context);
  if (!named) return errors::not_found();
  return review_answer(context, model::delete_pending_review(context.action, context.repo(), named->number, named->id));
}

Reply submit_review(Context& context) {
  const auto named = named_review(context);
  const auto verdict = verdict_of(context.body.text("event", ""));
  if (!named || !verdict) return errors::not_found();
  return review_answer(context, model::submit_review(context.action, context.repo(), named->number, named->id, *verdict,
                                                     context.body.text("body")));
}

Reply dismiss_review(Context& context) {
  const auto named = named_review(context);
  if (!named) return errors::not_found();
  return review_answer(context, model::dismiss_review(context.action, context.repo(), named->number, named->id,
                                                      context.body.text("message", "")));
}

Reply list_comments(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  const model::ReviewPtr review = seen_review(context);
  if (!pull || !review) return errors::not_found();
  std::vector<model::ReviewCommentPtr> rows =
      model::review_comments_of(context.world, context.repo(), pull->number, context.call.login);
  std::erase_if(rows, [&](const model::ReviewCommentPtr& row) { return row->review != review->id; });
  return list_answer(context, rows, [&](JsonWriter& json, const model::ReviewCommentPtr& row) {
    write_review_comment(json, context, *pull, *row);
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
     .operation = "pulls/list-reviews",
     .docs = "pulls/reviews#list-reviews-for-a-pull-request",
     .tools = {"pull_request_read", "get_pull_request_reviews"},
     .handle = list_reviews},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
     .operation = "pulls/create-review",
     .docs = "pulls/reviews#create-a-review-for-a-pull-request",
     .tools = {"pull_request_review_write", "create_pull_request_review"},
     .body = {kCreateReview},
     .handle = create_review},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}",
     .operation = "pulls/get-review",
     .docs = "pulls/reviews#get-a-review-for-a-pull-request",
     .handle = get_review},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}",
     .operation = "pulls/update-review",
     .docs = "pulls/reviews#update-a-review-for-a-pull-request",
     .body = {kUpdateReview},
     .handle = update_review},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}",
     .operation = "pulls/delete-pending-review",
     .docs = "pulls/reviews#delete-a-pending-review-for-a-pull-request",
     .tools = {"pull_request_review_write", "delete_pending_pull_request_review"},
     .handle = delete_pending_review},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments",
     .operation = "pulls/list-comments-for-review",
     .docs = "pulls/reviews#list-comments-for-a-pull-request-review",
     .handle = list_comments},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals",
     .operation = "pulls/dismiss-review",
     .docs = "pulls/reviews#dismiss-a-review-for-a-pull-request",
     .body = {kDismissReview},
     .handle = dismiss_review},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events",
     .operation = "pulls/submit-review",
     .docs = "pulls/reviews#submit-a-review-for-a-pull-request",
     .tools = {"pull_request_review_write", "submit_pending_pull_request_review"},
     .body = {kSubmitReview},
     .handle = submit_review},
};

}  // namespace

std::span<const Route> review_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
