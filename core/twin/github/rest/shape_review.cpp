#include "core/twin/github/rest/shape_review.h"

namespace pome::twin::github::rest {

namespace {

template <class... Parts>
void write_href(JsonWriter& json, std::string_view name, const Parts&... parts) {
  json.key(name).begin_object();
  link(json, "href", parts...);
  json.end_object();
}

void write_association(JsonWriter& json, const Context& context, model::Id repo, std::string_view login) {
  json.field("author_association", model::association_name(model::association_of(context.world, repo, login)));
}

/// Where the comment stands and where it was put. A file as a whole has neither range nor place of its own.
void write_place(JsonWriter& json, const model::CommentPlace& now, const model::ReviewComment& comment) {
  const auto range_start = [&](model::Id line) { return line == 0 ? std::nullopt : std::optional(line); };
  json.field("start_line", now.start_line).field("original_start_line", range_start(comment.start_line));
  json.field("start_side",
             comment.start_line == 0 ? std::nullopt : std::optional(model::side_name(comment.start_side)));
  json.field("line", now.line).field("original_line", comment.line).field("side", model::side_name(comment.side));
  json.field("original_position", comment.position).field("position", now.position);
  json.field("subject_type", comment.on_file ? "file" : "line");
}

}  // namespace

void write_review(JsonWriter& json, const Context& context, const model::Review& review, std::string_view state) {
  const std::string pull = text::cat(api_url(context, *context.repository), "/pulls/", review.number);
  const std::string page =
      text::cat(web_url(*context.repository), "/pull/", review.number, "#pullrequestreview-", review.id);
  json.begin_object().field("id", review.id).field("node_id", model::node_id("PRR", review.repo, review.id));
  write_user_or_null(json, context, "user", review.author);
  json.field("body", review.body).field("state", state.empty() ? model::review_state_name(review.state) : state);
  link(json, "html_url", page);
  link(json, "pull_request_url", pull);
  write_association(json, context, review.repo, review.author);
  json.key("_links").begin_object();
  write_href(json, "html", page);
  write_href(json, "pull_request", pull);
  json.end_object();
  if (review.submitted_at) write_time(json, "submitted_at", review.submitted_at);
  json.field("commit_id", review.commit.hex()).end_object();
}

void write_review_comment(JsonWriter& json, const Context& context, const model::PullRequest& pull,
                          const model::ReviewComment& comment) {
  const std::string api = api_url(context, *context.repository);
  const std::string url = text::cat(api, "/pulls/comments/", comment.id);
  const std::string page =
      text::cat(web_url(*context.repository), "/pull/", comment.number, "#discussion_r", comment.id);
  const model::CommentPlace now = model::place_now(context.world, pull, comment);
  json.begin_object();
  link(json, "url", url);
  json.field("pull_request_review_id", comment.review).field("id", comment.id);
  json.field("node_id", model::node_id("PRRC", comment.repo, comment.id));
  json.field("diff_hunk", comment.diff_hunk).field("path", comment.path);
  json.field("commit_id", now.commit.hex()).field("original_commit_id", comment.commit.hex());
  write_user_or_null(json, context, "user", comment.author);
  json.field("body", comment.body);
  write_time(json, "created_at", comment.created_at);
  write_time(json, "updated_at", comment.updated_at);
  link(json, "html_url", page);
  link(json, "pull_request_url", api, "/pulls/", comment.number);
  write_association(json, context, comment.repo, comment.author);
  json.key("_links").begin_object();
  write_href(json, "self", url);
  write_href(json, "html", page);
  write_href(json, "pull_request", api, "/pulls/", comment.number);
  json.end_object();
  if (comment.in_reply_to != 0) json.field("in_reply_to_id", comment.in_reply_to);
  write_reactions(json, context, comment.repo, comment.id, url);
  write_place(json, now, comment);
  json.end_object();
}

model::CommentDraft read_draft(const Input& body) {
  model::CommentDraft draft;
  draft.path = body.text("path", "");
  draft.body = body.text("body", "");
  draft.on_file = body.text("subject_type", "line") == "file";
  draft.line = body.integer("line");
  if (const auto side = body.text("side")) draft.side = model::side_from(*side);
  draft.start_line = body.integer("start_line");
  if (const auto side = body.text("start_side")) draft.start_side = model::side_from(*side);
  draft.position = body.integer("position");
  return draft;
}

}  // namespace pome::twin::github::rest
