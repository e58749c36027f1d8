#include <algorithm>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"
#include "core/twin/github/rest/shape_event.h"
#include "core/twin/github/rest/shapes.h"

/// The timeline of an issue or pull request: events, comments, reviews and commits in the order of time.
namespace pome::twin::github::rest {

namespace {

/// One entry; exactly one of the pointers is set, or `commit`.
struct Entry {
  model::Time at = 0;
  std::string_view name;  ///< GitHub's word for it
  model::IssueEventPtr event = {};
  model::CommentPtr comment = {};
  model::ReviewPtr review = {};
  git::ObjectId commit = {};
};

/// Another repository's reference shows only to those who may read it.
bool is_visible(const Context& context, const model::IssueEvent& event) {
  return event.event != model::EventKind::cross_referenced ||
         model::permission_of(context.world, event.related.repo, context.call.login) != model::Role::none;
}

void add_pull_entries(const Context& context, const model::PullRequest& pull, std::vector<Entry>& out) {
  const auto commits = model::commits_of(context.world, pull);
  for (const git::ObjectId& id : commits) {
    Entry entry{context.world.objects.commit(id)->committer.time, "committed"};
    entry.commit = id;
    out.push_back(std::move(entry));
  }
  for (const auto& row : model::rows_of(context.world.reviews, pull.repo, pull.number)) {
    if (!row.row->submitted_at) continue;
    Entry entry{*row.row->submitted_at, "reviewed"};
    entry.review = row.row;
    out.push_back(std::move(entry));
  }
}

std::vector<Entry> entries_of(const Context& context, const model::Issue& issue) {
  std::vector<Entry> out;
  const model::PullRequestPtr pull = model::find_pull_request(context.world, issue.repo, issue.number);
  if (pull) add_pull_entries(context, *pull, out);
  for (const model::CommentPtr& comment : model::comments_on(context.world, issue.repo, issue.number)) {
    Entry entry{comment->created_at, "commented"};
    entry.comment = comment;
    out.push_back(std::move(entry));
  }
  for (const model::IssueEventPtr& event : model::events_of(context.world, issue.repo, issue.number)) {
    if (!is_visible(context, *event)) continue;
    Entry entry{event->created_at, model::event_name(event->event)};
    entry.event = event;
    out.push_back(std::move(entry));
  }
  std::stable_sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.at < b.at; });
  return out;
}

void write_comment_entry(JsonWriter& json, const Context& context, const model::Comment& comment) {
  json.begin_object();
  write_comment_members(json, context, *context.repository, comment);
  json.field("event", "commented");
  write_user_or_null(json, context, "actor", comment.author);
  json.end_object();
}

void write_review_entry(JsonWriter& json, const Context& context, const model::Review& review) {
  const std::string page =
      text::cat(web_url(*context.repository), "/pull/", review.number, "#pullrequestreview-", review.id);
  const std::string pull = text::cat(api_url(context, *context.repository), "/pulls/", review.number);
  json.begin_object().field("id", review.id).field("node_id", model::node_id("PRR", review.repo, review.id));
  write_user_or_null(json, context, "user", review.author);
  json.field("body", review.body).field("state", text::to_lower(model::review_state_name(review.state)));
  link(json, "html_url", page);
  link(json, "pull_request_url", pull);
  json.field("author_association",
             model::association_name(model::association_of(context.world, review.repo, review.author)));
  json.key("_links").begin_object().key("html").begin_object();
  link(json, "href", page);
  json.end_object().key("pull_request").begin_object();
  link(json, "href", pull);
  json.end_object().end_object();
  write_time(json, "submitted_at", review.submitted_at);
  json.field("commit_id", review.commit.hex()).field("event", "reviewed").end_object();
}

void write_entry(JsonWriter& json, const Context& context, const Entry& entry) {
  if (entry.event) return write_event(json, context, *context.repository, *entry.event, EventPlace::timeline);
  if (entry.comment) return write_comment_entry(json, context, *entry.comment);
  if (entry.review) return write_review_entry(json, context, *entry.review);
  json.begin_object();
  write_git_commit_members(json, context, *context.repository, entry.commit);
  json.field("event", "committed").end_object();
}

Reply list_timeline(Context& context) {
  const auto number = context.number(2);
  const auto issue = number ? model::find_issue(context.world, context.repo(), *number) : nullptr;
  if (!issue) return errors::not_found();
  if (!context.repository->has_issues && !issue->is_pull_request) return errors::issues_disabled();
  std::vector<Entry> rows = entries_of(context, *issue);
  const std::vector<std::string_view> excluded = comma_list(context, "exclude");
  std::erase_if(
      rows, [&](const Entry& row) { return std::find(excluded.begin(), excluded.end(), row.name) != excluded.end(); });
  return list_answer(context, rows, [&](JsonWriter& json, const Entry& row) { write_entry(json, context, row); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/timeline",
     .operation = "issues/list-events-for-timeline",
     .docs = "issues/timeline#list-timeline-events-for-an-issue",
     .handle = list_timeline},
};

}  // namespace

std::span<const Route> timeline_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
