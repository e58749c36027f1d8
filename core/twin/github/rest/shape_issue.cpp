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

void write_summaries(JsonWriter& json, const Context& context, const model::Issue& issue) {
  const model::SubIssueSummary below = model::sub_issue_summary(context.world, issue);
  json.key("sub_issues_summary").begin_object().field("total", below.total).field("completed", below.completed);
  json.field("percent_completed", below.total == 0 ? 0 : below.completed * 100 / below.total).end_object();
  const model::DependencySummary ties = model::dependency_summary(context.world, issue);
  json.key("issue_dependencies_summary").begin_object();
  json.field("blocked_by", ties.blocked_by).field("total_blocked_by", ties.total_blocked_by);
  json.field("blocking", ties.blocking).field("total_blocking", ties.total_blocking).end_object();
}

/// What only issues have. Custom fields are not modelled: no issue has a value of one.
void write_issue_part(JsonWriter& json, const Context& context, const model::Repository& repository,
                      const model::Issue& issue) {
  json.key("type");
  write_issue_type(json, model::type_of(context.world, issue).get());
  if (const model::IssuePtr parent = model::parent_of(context.world, issue)) {
    const model::RepositoryPtr home = context.world.repositories_by_id.get(parent->repo);
    if (home) link(json, "parent_issue_url", api_url(context, *home), "/issues/", parent->number);
  }
  write_summaries(json, context, issue);
  json.raw_field("issue_field_values", "[]").key("pinned_comment");
  const model::CommentPtr pinned =
      issue.pinned_comment == 0 ? nullptr : model::find_comment(context.world, issue.repo, issue.pinned_comment);
  if (pinned) {
    write_comment(json, context, repository, *pinned);
  } else {
    json.null();
  }
}

void write_pin(JsonWriter& json, const Context& context, const model::Comment& comment) {
  json.key("pin");
  if (!comment.pinned_at) {
    json.null();
    return;
  }
  json.begin_object();
  write_time(json, "pinned_at", comment.pinned_at);
  write_user_or_null(json, context, "pinned_by", comment.pinned_by);
  json.end_object();
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

void write_reactions(JsonWriter& json, const Context& context, model::Id repo, model::Id target, std::string_view url) {
  const auto counts = model::reaction_counts(context.world, repo, target);
  model::Id total = 0;
  for (const model::Id count : counts) total += count;
  json.key("reactions").begin_object();
  link(json, "url", url, "/reactions");
  json.field("total_count", total);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    json.field(model::reaction_word(static_cast<model::ReactionContent>(i)), counts[i]);
  }
  json.end_object();
}

void write_issue_type(JsonWriter& json, const model::IssueType* type) {
  if (!type) {
    json.null();
    return;
  }
  json.begin_object().field("id", type->id).field("node_id", model::node_id("IT", 0, type->id));
  json.field("name", type->name).field("description", type->description).field("color", type->color);
  write_time(json, "created_at", type->created_at);
  write_time(json, "updated_at", type->updated_at);
  json.field("is_enabled", type->is_enabled).end_object();
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
    write_issue_part(json, context, repository, issue);
  }
  json.field("body", issue.body);
  write_state(json, context, issue);
  write_reactions(json, context, repository.id, issue.id,
                  text::cat(api_url(context, repository), "/issues/", issue.number));
  link(json, "timeline_url", context.call.base_url, "/repos/", repository.owner, "/", repository.name, "/issues/",
       issue.number, "/timeline");
  json.null_field("performed_via_github_app");
  if (!repository_json.empty()) json.raw_field("repository", repository_json);
  json.end_object();
}

void write_comment(JsonWriter& json, const Context& context, const model::Repository& repository,
                   const model::Comment& comment) {
  json.begin_object();
  write_comment_members(json, context, repository, comment);
  json.end_object();
}

void write_comment_members(JsonWriter& json, const Context& context, const model::Repository& repository,
                           const model::Comment& comment) {
  const model::IssuePtr issue = model::find_issue(context.world, repository.id, comment.number);
  const std::string repo = text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name);
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
  write_pin(json, context, comment);
  json.null_field("minimized");
  write_reactions(json, context, repository.id, comment.id, text::cat(repo, "/issues/comments/", comment.id));
  json.null_field("performed_via_github_app");
}

}  // namespace pome::twin::github::rest
