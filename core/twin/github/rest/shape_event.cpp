#include "core/twin/github/rest/shape_event.h"

#include "core/twin/github/rest/shape_pull.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

using model::EventKind;

void text_or_null(JsonWriter& json, std::string_view name, std::string_view text) {
  json.field(name, text.empty() ? std::nullopt : std::optional(text));
}

void write_type_member(JsonWriter& json, const Context& context, std::string_view member, std::string_view owner,
                       std::string_view name) {
  const model::IssueTypePtr type = model::find_issue_type(context.world, owner, name);
  json.key(member);
  if (!type) {
    json.null();
    return;
  }
  json.begin_object().field("id", type->id).field("name", type->name).field("color", type->color).end_object();
}

/// nullable-issue-reference: null when the other issue is gone or private to others.
void write_reference(JsonWriter& json, const Context& context, std::string_view member, model::NumberKey key) {
  const model::RepositoryPtr repository = context.world.repositories_by_id.get(key.repo);
  const model::IssuePtr issue = model::find_issue(context.world, key.repo, key.number);
  json.key(member);
  if (!repository || !issue || model::permission_of(context.world, key.repo, context.call.login) == model::Role::none) {
    json.null();
    return;
  }
  json.begin_object().field("number", issue->number).field("title", issue->title);
  json.field("state", model::state_name(issue->state));
  text_or_null(json, "state_reason", issue->state_reason ? model::state_reason_name(*issue->state_reason) : "");
  json.key("repository");
  write_repository(json, context, *repository, Detail::minimal);
  json.key("issue_type");
  if (const model::IssueTypePtr type = model::type_of(context.world, *issue)) {
    json.begin_object().field("id", type->id).field("node_id", model::node_id("IT", 0, type->id));
    json.field("name", type->name).field("color", type->color).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

void write_request(JsonWriter& json, const Context& context, const model::Repository& repository,
                   const model::IssueEvent& event) {
  json.key("review_requester");
  write_user(json, context, event.actor);
  if (!event.subject.empty()) return write_user_or_null(json, context, "requested_reviewer", event.subject);
  if (const model::TeamPtr team = model::find_owners_team(context.world, repository.id, event.detail)) {
    json.key("requested_team");
    write_team(json, context, *team);
  }
}

void write_dismissal(JsonWriter& json, const model::IssueEvent& event) {
  json.key("dismissed_review").begin_object().field("state", event.subject);
  json.field("review_id", event.related.number);
  text_or_null(json, "dismissal_message", event.detail);
  json.end_object();
}

/// What only events of this kind tell.
void write_details(JsonWriter& json, const Context& context, const model::Repository& repository,
                   const model::IssueEvent& event, EventPlace place) {
  switch (event.event) {
    case EventKind::labeled:
    case EventKind::unlabeled:
      json.key("label").begin_object().field("name", event.subject).field("color", event.detail).end_object();
      return;
    case EventKind::assigned:
    case EventKind::unassigned:
      write_user_or_null(json, context, "assignee", event.subject);
      if (place != EventPlace::timeline) write_user_or_null(json, context, "assigner", event.actor);
      return;
    case EventKind::review_requested:
    case EventKind::review_request_removed:
      return write_request(json, context, repository, event);
    case EventKind::milestoned:
    case EventKind::demilestoned:
      json.key("milestone").begin_object().field("title", event.subject).end_object();
      return;
    case EventKind::renamed:
      json.key("rename").begin_object().field("from", event.subject).field("to", event.detail).end_object();
      return;
    case EventKind::closed:
    case EventKind::reopened:
      return text_or_null(json, "state_reason", event.detail);
    case EventKind::locked:
    case EventKind::unlocked:
      return text_or_null(json, "lock_reason", event.detail);
    case EventKind::review_dismissed:
      return write_dismissal(json, event);
    case EventKind::sub_issue_added:
    case EventKind::sub_issue_removed:
      return write_reference(json, context, "sub_issue", event.related);
    case EventKind::parent_issue_added:
    case EventKind::parent_issue_removed:
      return write_reference(json, context, "parent_issue", event.related);
    case EventKind::blocked_by_added:
    case EventKind::blocked_by_removed:
      return write_reference(json, context, "blocked_by", event.related);
    case EventKind::blocking_added:
    case EventKind::blocking_removed:
      return write_reference(json, context, "blocking", event.related);
    case EventKind::issue_type_added:
    case EventKind::issue_type_removed:
      return write_type_member(json, context, "issue_type", repository.owner, event.subject);
    case EventKind::issue_type_changed:
      write_type_member(json, context, "issue_type", repository.owner, event.subject);
      return write_type_member(json, context, "prev_issue_type", repository.owner, event.detail);
    default:
      return;
  }
}

/// timeline-cross-referenced-event: the only event without an id.
void write_cross_reference(JsonWriter& json, const Context& context, const model::IssueEvent& event) {
  const model::RepositoryPtr repository = context.world.repositories_by_id.get(event.related.repo);
  const model::IssuePtr source = model::find_issue(context.world, event.related.repo, event.related.number);
  write_user_or_null(json, context, "actor", event.actor);
  write_time(json, "created_at", event.created_at);
  write_time(json, "updated_at", event.created_at);
  json.key("source").begin_object().field("type", "issue");
  if (repository && source) {
    std::string text;
    JsonWriter inner(text);
    write_repository(inner, context, *repository, Detail::normal);
    json.key("issue");
    write_issue(json, context, *repository, *source, text);
  }
  json.end_object().field("event", model::event_name(event.event));
}

void write_commit_members(JsonWriter& json, const std::string& repo_url, const model::IssueEvent& event) {
  if (!event.commit) {
    json.null_field("commit_id").null_field("commit_url");
    return;
  }
  json.field("commit_id", event.commit->hex());
  link(json, "commit_url", repo_url, "/commits/", event.commit->hex());
}

}  // namespace

void write_event(JsonWriter& json, const Context& context, const model::Repository& repository,
                 const model::IssueEvent& event, EventPlace place) {
  json.begin_object();
  if (event.event == EventKind::cross_referenced) {
    write_cross_reference(json, context, event);
    json.end_object();
    return;
  }
  const std::string repo_url = api_url(context, repository);
  json.field("id", event.id);
  json.field("node_id", model::node_id(model::event_node_prefix(event.event), repository.id, event.id));
  link(json, "url", repo_url, "/issues/events/", event.id);
  write_user_or_null(json, context, "actor", event.actor);
  json.field("event", model::event_name(event.event));
  write_commit_members(json, repo_url, event);
  write_time(json, "created_at", event.created_at);
  write_details(json, context, repository, event, place);
  const model::IssuePtr issue =
      place == EventPlace::repository ? model::find_issue(context.world, repository.id, event.number) : nullptr;
  if (issue) {
    json.key("issue");
    write_issue(json, context, repository, *issue);
  }
  json.null_field("performed_via_github_app").end_object();
}

}  // namespace pome::twin::github::rest
