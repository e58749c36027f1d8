#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Reactions to issues, pull requests and their comments.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 8> kContents = {"+1",    "-1",     "laugh",  "confused",
                                                       "heart", "hooray", "rocket", "eyes"};
constexpr Field kReaction[] = {one_of(required("content"), kContents)};

/// What the path names: its id, or nothing when it is not there. For everybody but its author a comment in a pending
/// review is not.
std::optional<model::Id> target_of(const Context& context, model::ReactionTarget target) {
  const auto number = context.number(2);
  if (!number) return std::nullopt;
  if (target == model::ReactionTarget::issue) {
    const auto issue = model::find_issue(context.world, context.repo(), *number);
    return issue ? std::optional(issue->id) : std::nullopt;
  }
  if (target == model::ReactionTarget::issue_comment) {
    const auto comment = model::find_comment(context.world, context.repo(), *number);
    return comment ? std::optional(comment->id) : std::nullopt;
  }
  const auto comment = model::find_review_comment(context.world, context.repo(), *number);
  if (!comment) return std::nullopt;
  const auto review = model::find_review(context.world, comment->repo, comment->number, comment->review);
  return !review || model::is_visible(*review, context.call.login) ? std::optional(comment->id) : std::nullopt;
}

void write_reaction(JsonWriter& json, const Context& context, const model::Reaction& row) {
  json.begin_object().field("id", row.id).field("node_id", model::node_id("REA", row.repo, row.id));
  write_user_or_null(json, context, "user", row.author);
  json.field("content", model::reaction_word(row.content));
  write_time(json, "created_at", row.created_at);
  json.end_object();
}

Reply list_reactions(Context& context, model::ReactionTarget target) {
  const auto id = target_of(context, target);
  if (!id) return errors::not_found();
  const auto content = model::reaction_content_from(context.query.get("content").value_or(std::string_view()));
  std::vector<model::ReactionPtr> rows = model::reactions_to(context.world, context.repo(), *id);
  if (content) {
    std::erase_if(rows, [&](const model::ReactionPtr& row) { return row->content != *content; });
  }
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::ReactionPtr& row) { write_reaction(json, context, *row); });
}

Reply create_reaction(Context& context, model::ReactionTarget target) {
  const auto id = target_of(context, target);
  const auto content = model::reaction_content_from(context.body.text("content", ""));
  if (!id || !content) return errors::not_found();
  const auto added = model::add_reaction(context.action, context.repo(), target, *id, *content);
  if (!added) return added.refusal();
  return json_answer(added->created ? 201 : 200, [&](JsonWriter& json) { write_reaction(json, context, *added->row); });
}

Reply delete_reaction(Context& context, model::ReactionTarget target) {
  const auto id = target_of(context, target);
  const auto reaction = context.number(3);
  if (!id || !reaction) return errors::not_found();
  return no_content_unless(model::remove_reaction(context.action, context.repo(), *id, *reaction));
}

/// The handlers of one kind of target.
template <model::ReactionTarget kTarget>
struct Of {
  static Reply list(Context& context) { return list_reactions(context, kTarget); }
  static Reply create(Context& context) { return create_reaction(context, kTarget); }
  static Reply remove(Context& context) { return delete_reaction(context, kTarget); }
};
using Issues = Of<model::ReactionTarget::issue>;
using Comments = Of<model::ReactionTarget::issue_comment>;
using ReviewComments = Of<model::ReactionTarget::review_comment>;

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/reactions",
     .operation = "reactions/list-for-issue",
     .docs = "reactions/reactions#list-reactions-for-an-issue",
     .handle = Issues::list},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/reactions",
     .operation = "reactions/create-for-issue",
     .docs = "reactions/reactions#create-reaction-for-an-issue",
     .tools = {"add_issue_reaction", "add_issue_comment"},
     .body = {kReaction},
     .handle = Issues::create},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/reactions/{reaction_id}",
     .operation = "reactions/delete-for-issue",
     .docs = "reactions/reactions#delete-an-issue-reaction",
     .handle = Issues::remove},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
     .operation = "reactions/list-for-issue-comment",
     .docs = "reactions/reactions#list-reactions-for-an-issue-comment",
     .handle = Comments::list},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
     .operation = "reactions/create-for-issue-comment",
     .docs = "reactions/reactions#create-reaction-for-an-issue-comment",
     .tools = {"add_issue_comment_reaction", "add_issue_comment"},
     .body = {kReaction},
     .handle = Comments::create},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}",
     .operation = "reactions/delete-for-issue-comment",
     .docs = "reactions/reactions#delete-an-issue-comment-reaction",
     .handle = Comments::remove},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
     .operation = "reactions/list-for-pull-request-review-comment",
     .docs = "reactions/reactions#list-reactions-for-a-pull-request-review-comment",
     .handle = ReviewComments::list},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
     .operation = "reactions/create-for-pull-request-review-comment",
     .docs = "reactions/reactions#create-reaction-for-a-pull-request-review-comment",
     .tools = {"add_pull_request_review_comment_reaction"},
     .body = {kReaction},
     .handle = ReviewComments::create},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions/{reaction_id}",
     .operation = "reactions/delete-for-pull-request-comment",
     .docs = "reactions/reactions#delete-a-pull-request-comment-reaction",
     .handle = ReviewComments::remove},
};

}  // namespace

std::span<const Route> reaction_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
