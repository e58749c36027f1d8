#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// The public timeline of a repository, read off its rows: nothing is stored twice.
namespace pome::twin::github::rest {

namespace {

enum class EventType { issue_opened, issue_closed, commented, pull_opened, pull_closed, starred };

struct Event {
  EventType type = EventType::starred;
  model::Time time = 0;
  std::string actor;
  model::Id id = 0;  ///< of the row it tells of
  model::IssuePtr issue = nullptr;
  model::CommentPtr comment = nullptr;
};

std::string_view type_name(EventType type) {
  switch (type) {
    case EventType::issue_opened:
    case EventType::issue_closed:
      return "IssuesEvent";
    case EventType::commented:
      return "IssueCommentEvent";
    case EventType::pull_opened:
    case EventType::pull_closed:
      return "PullRequestEvent";
    case EventType::starred:
      break;
  }
  return "WatchEvent";
}

std::string_view action_of(EventType type) {
  switch (type) {
    case EventType::issue_opened:
    case EventType::pull_opened:
      return "opened";
    case EventType::issue_closed:
    case EventType::pull_closed:
      return "closed";
    case EventType::commented:
      return "created";
    case EventType::starred:
      break;
  }
  return "started";
}

std::vector<Event> events_of(const model::World& world, model::Id repo) {
  std::vector<Event> out;
  for (const auto& entry : model::rows_of(world.issues, repo)) {
    const model::IssuePtr issue = entry.row;
    const bool pull = issue->is_pull_request;
    out.push_back(
        {pull ? EventType::pull_opened : EventType::issue_opened, issue->created_at, issue->author, issue->id, issue});
    if (issue->closed_at) {
      const std::string& by = issue->closed_by.empty() ? issue->author : issue->closed_by;
      out.push_back({pull ? EventType::pull_closed : EventType::issue_closed, *issue->closed_at, by, issue->id, issue});
    }
    for (const auto& comment : model::rows_of(world.comments, repo, issue->number)) {
      out.push_back(
          {EventType::commented, comment.row->created_at, comment.row->author, comment.row->id, issue, comment.row});
    }
  }
  for (const model::StarPtr& star : model::stars_of(world, repo)) {
    out.push_back({EventType::starred, star->created_at, star->login, model::user_id(star->login)});
  }
  sort_stably(out, [](const Event& a, const Event& b) { return a.time > b.time; });
  return out;
}

void write_actor(JsonWriter& json, const Context& context, std::string_view name, std::string_view login) {
  const model::UserPtr user = model::user_or_stranger(context.world, login);
  const bool organization = user->type == model::UserType::organization;
  json.key(name).begin_object().field("id", user->id).field("login", user->login);
  if (!organization) json.field("display_login", user->login);
  json.field("gravatar_id", "");
  link(json, "url", context.call.base_url, organization ? "/orgs/" : "/users/", user->login);
  link(json, "avatar_url", "https://avatars.githubusercontent.com/u/", user->id, "?");
  json.end_object();
}

void write_pull_end(JsonWriter& json, const Context& context, std::string_view name, const model::PullEnd& end) {
  json.key(name).begin_object().field("ref", end.ref).field("sha", end.sha.hex());
  const model::RepositoryPtr repository = context.world.repositories_by_id.get(end.repo);
  const model::Repository& row = repository ? *repository : *context.repository;
  json.key("repo").begin_object().field("id", row.id);
  link(json, "url", api_url(context, row));
  json.field("name", row.name).end_object().end_object();
}

void write_pull(JsonWriter& json, const Context& context, const model::Issue& issue) {
  json.field("number", issue.number).key("pull_request").begin_object();
  link(json, "url", api_url(context, *context.repository), "/pulls/", issue.number);
  const auto pull = model::find_pull_request(context.world, issue.repo, issue.number);
  json.field("id", pull ? pull->id : issue.id).field("number", issue.number);
  if (pull) {
    write_pull_end(json, context, "head", pull->head);
    write_pull_end(json, context, "base", pull->base);
  }
  json.end_object();
}

void write_payload(JsonWriter& json, const Context& context, const Event& event) {
  json.key("payload").begin_object().field("action", action_of(event.type));
  if (event.type == EventType::pull_opened || event.type == EventType::pull_closed) {
    write_pull(json, context, *event.issue);
  } else if (event.issue) {
    json.key("issue");
    write_issue(json, context, *context.repository, *event.issue);
  }
  if (event.comment) {
    json.key("comment");
    write_comment(json, context, *context.repository, *event.comment);
  }
  json.end_object();
}

void write_event(JsonWriter& json, const Context& context, const Event& event) {
  const model::Repository& repository = *context.repository;
  json.begin_object().field("id", text::cat(event.id, static_cast<std::int64_t>(event.type)));
  json.field("type", type_name(event.type));
  write_actor(json, context, "actor", event.actor);
  json.key("repo").begin_object().field("id", repository.id).field("name", repository.full_name());
  link(json, "url", api_url(context, repository));
  json.end_object();
  write_payload(json, context, event);
  json.field("public", !repository.is_private);
  write_time(json, "created_at", event.time);
  const model::UserPtr owner = model::find_user(context.world, repository.owner);
  if (owner && owner->type == model::UserType::organization) write_actor(json, context, "org", repository.owner);
  json.end_object();
}

Reply list_events(Context& context) {
  const std::vector<Event> rows = events_of(context.world, context.repo());
  return list_answer(context, rows, [&](JsonWriter& json, const Event& event) { write_event(json, context, event); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/events",
     .operation = "activity/list-repo-events",
     .docs = "activity/events#list-repository-events",
     .handle = list_events},
};

}  // namespace

std::span<const Route> repository_event_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
