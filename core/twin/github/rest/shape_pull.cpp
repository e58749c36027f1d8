#include "core/twin/github/rest/shape_pull.h"

namespace pome::twin::github::rest {

namespace {

struct PullLinks {
  std::string api;    ///< of the repository
  std::string url;    ///< of the pull request
  std::string issue;  ///< of its issue half
  std::string web;
  std::string status;  ///< of its head
};

PullLinks links_of(const Context& context, const model::PullRequest& pull) {
  const std::string api = api_url(context, *context.repository);
  return {api, text::cat(api, "/pulls/", pull.number), text::cat(api, "/issues/", pull.number),
          text::cat(web_url(*context.repository), "/pull/", pull.number),
          text::cat(api, "/statuses/", pull.head.sha.hex())};
}

void write_links(JsonWriter& json, const PullLinks& links) {
  link(json, "html_url", links.web);
  link(json, "diff_url", links.web, ".diff");
  link(json, "patch_url", links.web, ".patch");
  link(json, "issue_url", links.issue);
  link(json, "commits_url", links.url, "/commits");
  link(json, "review_comments_url", links.url, "/comments");
  link(json, "review_comment_url", links.api, "/pulls/comments{/number}");
  link(json, "comments_url", links.issue, "/comments");
  link(json, "statuses_url", links.status);
}

template <class... Parts>
void write_href(JsonWriter& json, std::string_view name, const Parts&... parts) {
  json.key(name).begin_object();
  link(json, "href", parts...);
  json.end_object();
}

void write_link_objects(JsonWriter& json, const PullLinks& links) {
  json.key("_links").begin_object();
  write_href(json, "self", links.url);
  write_href(json, "html", links.web);
  write_href(json, "issue", links.issue);
  write_href(json, "comments", links.issue, "/comments");
  write_href(json, "review_comments", links.url, "/comments");
  write_href(json, "review_comment", links.api, "/pulls/comments{/number}");
  write_href(json, "commits", links.url, "/commits");
  write_href(json, "statuses", links.status);
  json.end_object();
}

/// A side of the pull request. The repository is null once it is gone, or private to others.
void write_end(JsonWriter& json, const Context& context, std::string_view name, const model::PullEnd& end) {
  const model::Repository* repository = context.world.repositories_by_id.find(end.repo);
  const bool shown =
      repository && model::permission_of(context.world, end.repo, context.call.login) >= model::Role::read;
  json.key(name).begin_object();
  const std::string owner = shown ? repository->owner : end.former_owner;
  json.field("label", owner.empty() ? end.ref : text::cat(owner, ":", end.ref));
  json.field("ref", end.ref).field("sha", end.sha.hex());
  write_user_or_null(json, context, "user", owner);
  json.key("repo");
  if (shown) {
    write_repository(json, context, *repository, Detail::normal);
  } else {
    json.null();
  }
  json.end_object();
}

void write_people(JsonWriter& json, const Context& context, const model::PullRequest& pull, const model::Issue& issue) {
  write_user_or_null(json, context, "assignee", issue.assignees.empty() ? std::string_view() : issue.assignees.front());
  json.key("assignees").begin_array();
  for (const std::string& login : issue.assignees) write_user(json, context, login);
  json.end_array().key("requested_reviewers").begin_array();
  for (const std::string& login : pull.requested_reviewers) write_user(json, context, login);
  json.end_array().key("requested_teams").begin_array();
  for (const std::string& slug : pull.requested_teams) {
    if (const model::TeamPtr team = model::find_owners_team(context.world, pull.repo, slug))
      write_team(json, context, *team);
  }
  json.end_array();
}

void write_labels(JsonWriter& json, const Context& context, const model::Issue& issue) {
  json.key("labels").begin_array();
  for (const model::LabelPtr& label : model::labels_on(context.world, issue)) {
    write_label(json, context, *context.repository, *label);
  }
  json.end_array().key("milestone");
  const model::MilestonePtr milestone =
      issue.milestone == 0 ? nullptr : model::find_milestone(context.world, issue.repo, issue.milestone);
  if (milestone) {
    write_milestone(json, context, *context.repository, *milestone);
  } else {
    json.null();
  }
}

/// `merge_commit_sha`: what landed, or while open the commit that merging would make.
void write_merge_commit(JsonWriter& json, const model::PullRequest& pull, const model::Mergeability& merge) {
  const std::optional<git::ObjectId>& id = pull.merged_at ? pull.merge_commit : merge.test_merge;
  json.field("merge_commit_sha", id ? std::optional(id->hex()) : std::nullopt);
}

/// The members of pull-request-simple without the braces around them.
void write_members(JsonWriter& json, const Context& context, const model::PullRequest& pull, const model::Issue& issue,
                   const model::Mergeability& merge) {
  const PullLinks links = links_of(context, pull);
  link(json, "url", links.url);
  json.field("id", pull.id).field("node_id", model::node_id("PR", pull.repo, pull.id));
  write_links(json, links);
  json.field("number", pull.number).field("state", model::state_name(issue.state)).field("locked", issue.locked);
  json.field("title", issue.title);
  write_user_or_null(json, context, "user", issue.author);
  json.field("body", issue.body);
  write_labels(json, context, issue);
  json.field("active_lock_reason",
             issue.lock_reason ? std::optional(model::lock_reason_name(*issue.lock_reason)) : std::nullopt);
  write_time(json, "created_at", issue.created_at);
  write_time(json, "updated_at", issue.updated_at);
  write_time(json, "closed_at", issue.closed_at);
  write_time(json, "merged_at", pull.merged_at);
  write_merge_commit(json, pull, merge);
  write_people(json, context, pull, issue);
  write_end(json, context, "head", pull.head);
  write_end(json, context, "base", pull.base);
  write_link_objects(json, links);
  json.field("author_association",
             model::association_name(model::association_of(context.world, pull.repo, issue.author)));
  // Neither automatic merges nor stacks exist in the twin, so no pull request has one.
  json.null_field("auto_merge").null_field("stack").field("draft", pull.draft);
}

void write_counts(JsonWriter& json, const Context& context, const model::PullRequest& pull, const model::Issue& issue) {
  const std::vector<git::FileChange> files = model::files_of(context.world, pull);
  std::int64_t additions = 0;
  std::int64_t deletions = 0;
  for (const git::FileChange& file : files) {
    const git::Patch counts = git::counts_of(context.world.objects, file);
    additions += counts.additions;
    deletions += counts.deletions;
  }
  json.field("comments", issue.comments);
  json.field("review_comments",
             model::review_comments_of(context.world, pull.repo, pull.number, context.call.login).size());
  json.field("maintainer_can_modify", pull.maintainer_can_modify);
  json.field("commits", model::commits_of(context.world, pull).size());
  json.field("additions", additions).field("deletions", deletions).field("changed_files", files.size());
}

}  // namespace

model::PullRequestPtr named_pull(const Context& context, std::size_t index) {
  const auto number = context.number(index);
  return number ? model::find_pull_request(context.world, context.repo(), *number) : nullptr;
}

void write_pull_simple(JsonWriter& json, const Context& context, const model::PullRequest& pull) {
  const model::IssuePtr issue = model::find_issue(context.world, pull.repo, pull.number);
  json.begin_object();
  write_members(json, context, pull, *issue, model::mergeability_of(context.world, pull, false));
  json.end_object();
}

void write_pull(JsonWriter& json, const Context& context, const model::PullRequest& pull) {
  const model::IssuePtr issue = model::find_issue(context.world, pull.repo, pull.number);
  const model::Mergeability merge = model::mergeability_of(context.world, pull);
  json.begin_object();
  write_members(json, context, pull, *issue, merge);
  json.field("merged", pull.merged_at.has_value()).field("mergeable", merge.mergeable);
  json.field("rebaseable", merge.rebaseable).field("mergeable_state", merge.state);
  write_user_or_null(json, context, "merged_by", pull.merged_by);
  write_counts(json, context, pull, *issue);
  json.end_object();
}

Reply pull_answer(const Context& context, int status, const model::PullRequest& pull) {
  Reply reply = json_answer(status, [&](JsonWriter& json) { write_pull(json, context, pull); });
  const model::IssuePtr issue = model::find_issue(context.world, pull.repo, pull.number);
  if (status == 200) reply.modified_at(issue->updated_at);
  if (status == 201) reply.location(text::cat(api_url(context, *context.repository), "/pulls/", pull.number));
  return reply;
}

}  // namespace pome::twin::github::rest
