#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

void write_issue_links(JsonWriter& json, const Context& context, const model::Repository& repository,
                       const model::Issue& issue) {
  const std::string_view base = context.call.base_url;
  const std::string repo = text::cat(base, "/repos/", repository.owner, "/", repository.name);
  const std::string url = text::cat(repo, "/issues/", issue.number);
  link(json, "url", url);
  link(json, "repository_url", repo);
  link(json, "labels_url", url, "/labels{/name}");
  link(json, "comments_url", url, "/comments");
  link(json, "events_url", url, "/events");
  link(json, "html_url", kWeb, "/", repository.owner, "/", repository.name,
       issue.is_pull_request ? "/pull/" : "/issues/", issue.number);
}

void write_people(JsonWriter& json, const Context& context, const model::Issue& issue) {
  write_user_or_null(json, context, "assignee", issue.assignees.empty() ? std::string_view() : issue.assignees.front());
  json.key("assignees").begin_array();
  for (const std::string& login : issue.assignees) write_user(json, context, login);
  json.end_array();
}

void write_pull_part(JsonWriter& json, const Context& context, const model::Repository& repository,
                     const model::Issue& issue) {
  const model::PullRequestPtr pull = model::find_pull_request(context.world, repository.id, issue.number);
  const std::string web = text::cat(kWeb, "/", repository.owner, "/", repository.name, "/pull/", issue.number);
  json.field("draft", pull && pull->draft);
  json.key("pull_request").begin_object();
  link(json, "url", context.call.base_url, "/repos/", repository.owner, "/", repository.name, "/pulls/", issue.number);
  link(json, "html_url", web);
  link(json, "diff_url", web, ".diff");
  link(json, "patch_url", web, ".patch");
  write_time(json, "merged_at", pull ? pull->merged_at : std::nullopt);
  json.end_object();
}

/// Sub-issues, dependencies, types and custom fields are not modelled: no issue has any.
void write_issue_part(JsonWriter& json) {
  json.null_field("type");
  json.raw_field("sub_issues_summary", R"({"total":0,"completed":0,"percent_completed":0})");
  json.raw_field("issue_dependencies_summary",
                 R"({"blocked_by":0,"total_blocked_by":0,"blocking":0,"total_blocking":0})");
  json.raw_field("issue_field_values", "[]");
  json.null_field("pinned_comment");
}

void write_state(JsonWriter& json, const Context& context, const model::Issue& issue) {
  write_user_or_null(json, context, "closed_by", issue.closed_by);
  json.key("active_lock_reason");
  if (issue.lock_reason) {
    json.value(model::lock_reason_name(*issue.lock_reason));
  } else {
    json.null();
  }
  json.key("state_reason");
  if (issue.state_reason) {
    json.value(model::state_reason_name(*issue.state_reason));
  } else {
    json.null();
  }
}

}  // namespace

void write_reactions(JsonWriter& json, std::string_view url) {
  json.key("reactions").begin_object();
  link(json, "url", url, "/reactions");
  json.field("total_count", 0);
  for (const std::string_view kind : {"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"}) {
    json.field(kind, 0);
  }
  json.end_object();
}

void write_issue(JsonWriter& json, const Context& context, const model::Repository& repository,
                 const model::Issue& issue, std::string_view repository_json) {
  json.begin_object();
  write_issue_links(json, context, repository, issue);
  json.field("id", issue.id);
  json.field("node_id", model::node_id(issue.is_pull_request ? "PR" : "I", repository.id, issue.id));
  json.field("number", issue.number).field("title", issue.title);
  write_user_or_null(json, context, "user", issue.author);
  json.key("labels").begin_array();
  for (const model::LabelPtr& label : model::labels_on(context.world, issue)) {
    write_label(json, context, repository, *label);
  }
  json.end_array();
  json.field("state", model::state_name(issue.state)).field("locked", issue.locked);
  write_people(json, context, issue);
  json.key("milestone");
  const model::MilestonePtr milestone =
      issue.milestone == 0 ? nullptr : model::find_milestone(context.world, repository.id, issue.milestone);
  if (milestone) {
    write_milestone(json, context, repository, *milestone);
  } else {
    json.null();
  }
  json.field("comments", issue.comments);
  write_time(json, "created_at", issue.created_at);
  write_time(json, "updated_at", issue.updated_at);
  write_time(json, "closed_at", issue.closed_at);
  json.field("author_association",
             model::association_name(model::association_of(context.world, repository.id, issue.author)));
  if (issue.is_pull_request) {
    write_pull_part(json, context, repository, issue);
  } else {
    write_issue_part(json);
  }
  json.field("body", issue.body);
  write_state(json, context, issue);
  write_reactions(json, text::cat(api_url(context, repository), "/issues/", issue.number));
  link(json, "timeline_url", context.call.base_url, "/repos/", repository.owner, "/", repository.name, "/issues/",
       issue.number, "/timeline");
  json.null_field("performed_via_github_app");
  if (!repository_json.empty()) json.raw_field("repository", repository_json);
  json.end_object();
}

void write_comment(JsonWriter& json, const Context& context, const model::Repository& repository,
                   const model::Comment& comment) {
  const model::IssuePtr issue = model::find_issue(context.world, repository.id, comment.number);
  const std::string repo = text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name);
  json.begin_object();
  link(json, "url", repo, "/issues/comments/", comment.id);
  link(json, "html_url", kWeb, "/", repository.owner, "/", repository.name,
       issue && issue->is_pull_request ? "/pull/" : "/issues/", comment.number, "#issuecomment-", comment.id);
  link(json, "issue_url", repo, "/issues/", comment.number);
  json.field("id", comment.id).field("node_id", model::node_id("IC", repository.id, comment.id));
  write_user_or_null(json, context, "user", comment.author);
  write_time(json, "created_at", comment.created_at);
  write_time(json, "updated_at", comment.updated_at);
  json.field("body", comment.body);
  json.field("author_association",
             model::association_name(model::association_of(context.world, repository.id, comment.author)));
  json.null_field("pin").null_field("minimized");
  write_reactions(json, text::cat(repo, "/issues/comments/", comment.id));
  json.null_field("performed_via_github_app");
  json.end_object();
}

}  // namespace pome::twin::github::rest
