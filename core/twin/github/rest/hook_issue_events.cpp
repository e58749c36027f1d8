#include <utility>

#include "core/twin/github/rest/hook_listeners.h"
#include "core/twin/github/rest/shapes.h"

/// What webhooks hear of issues, of the issue half of pull requests, and of their comments.
namespace pome::twin::github::rest {

namespace {

/// Events about one issue or pull request: the row itself, with a label, an assignee or a milestone where it is about
/// one.
struct IssueEvents {
  const Context& cause;
  const model::Issue& issue;
  model::PullRequestPtr pull;  ///< null for issues

  void about(std::string action, PayloadMembers more = nothing_more) const {
    if (pull) return about_pull(cause, *pull, std::move(action), more);
    deliver(cause, issue.repo, "issues", std::move(action), [&](JsonWriter& json, const Context& context) {
      json.key("issue");
      write_issue(json, context, *context.repository, issue);
      more(json, context);
    });
  }
  void about_label(std::string action, model::Id id) const {
    const model::Label* label = cause.world.labels_by_id.find(model::NumberKey{issue.repo, id});
    if (!label) return;
    about(std::move(action), [&](JsonWriter& json, const Context& context) {
      json.key("label");
      write_label(json, context, *context.repository, *label);
    });
  }
  void about_person(std::string action, std::string_view login) const {
    about(std::move(action),
          [&](JsonWriter& json, const Context& context) { write_user_or_null(json, context, "assignee", login); });
  }
  void about_milestone(std::string action, model::Id number) const {
    const model::MilestonePtr milestone = model::find_milestone(cause.world, issue.repo, number);
    about(std::move(action), [&](JsonWriter& json, const Context& context) {
      if (!milestone) return;
      json.key("milestone");
      write_milestone(json, context, *context.repository, *milestone);
    });
  }
  void about_type(std::string action, model::Id id) const {
    about(std::move(action), [&](JsonWriter& json, const Context& context) {
      const model::IssueTypePtr type = model::find_issue_type(context.world, context.repository->owner, id);
      json.key("type");
      write_issue_type(json, type.get());
    });
  }
  void about_edit(const model::Issue& before) const {
    about("edited", [&](JsonWriter& json, const Context&) {
      write_changes(json, {{"title", before.title, issue.title}, {"body", before.body, issue.body}});
    });
  }
};

void issue_changed(const IssueEvents& events, const model::Issue& before, const model::Issue& after) {
  if (before.title != after.title || before.body != after.body) events.about_edit(before);
  if (before.state != after.state) events.about(after.state == model::OpenState::closed ? "closed" : "reopened");
  each_missing(after.labels, before.labels, [&](model::Id id) { events.about_label("labeled", id); });
  each_missing(before.labels, after.labels, [&](model::Id id) { events.about_label("unlabeled", id); });
  each_missing(after.assignees, before.assignees, [&](const auto& login) { events.about_person("assigned", login); });
  each_missing(before.assignees, after.assignees, [&](const auto& login) { events.about_person("unassigned", login); });
  if (before.milestone != after.milestone) {
    if (before.milestone != 0) events.about_milestone("demilestoned", before.milestone);
    if (after.milestone != 0) events.about_milestone("milestoned", after.milestone);
  }
  if (before.type != after.type) {
    after.type == 0 ? events.about_type("untyped", before.type) : events.about_type("typed", after.type);
  }
  if (before.locked != after.locked) events.about(after.locked ? "locked" : "unlocked");
}

void write_issue_member(JsonWriter& json, const Context& context, std::string_view name, const model::Issue& issue) {
  const model::RepositoryPtr home = context.world.repositories_by_id.get(issue.repo);
  json.field(text::cat(name, "_id"), issue.id).key(name);
  write_issue(json, context, *home, issue);
}

}  // namespace

void on_issue(const Context& cause, const Change& change) {
  const auto* before = model::before<model::Issue>(change);
  const auto* after = model::after<model::Issue>(change);
  const auto& issue = row_of<model::Issue>(change);
  const IssueEvents events{
      cause, issue, issue.is_pull_request ? model::find_pull_request(cause.world, issue.repo, issue.number) : nullptr};
  if (issue.is_pull_request && !events.pull) return;
  if (!before) return events.about("opened");
  if (!after) return events.about("deleted");
  issue_changed(events, *before, *after);
}

void on_comment(const Context& cause, const Change& change) {
  const auto& comment = row_of<model::Comment>(change);
  const auto* before = edited_from<model::Comment>(change);
  const model::IssuePtr issue = model::find_issue(cause.world, comment.repo, comment.number);
  if (!issue || (before && before->body == comment.body)) return;
  deliver(cause, comment.repo, "issue_comment", plain_action(change), [&](JsonWriter& json, const Context& context) {
    if (before) write_changes(json, {{"body", before->body, comment.body}});
    json.key("issue");
    write_issue(json, context, *context.repository, *issue);
    json.key("comment");
    write_comment(json, context, *context.repository, comment);
  });
}

/// Both ends hear of it, each in its own repository.
void on_sub_issue(const Context& cause, const Change& change) {
  const auto& row = row_of<model::SubIssue>(change);
  const model::IssuePtr child = model::find_issue(cause.world, row.repo, row.number);
  const model::IssuePtr parent = model::find_issue(cause.world, row.parent_repo, row.parent_number);
  if (!child || !parent || (change.before && change.after)) return;
  const std::string_view done = change.after ? "added" : "removed";
  const auto members = [&](JsonWriter& json, const Context& context) {
    write_issue_member(json, context, "sub_issue", *child);
    write_issue_member(json, context, "parent_issue", *parent);
  };
  deliver(cause, row.parent_repo, "sub_issues", text::cat("sub_issue_", done), members);
  deliver(cause, row.repo, "sub_issues", text::cat("parent_issue_", done), members);
}

}  // namespace pome::twin::github::rest
