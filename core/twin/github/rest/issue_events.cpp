#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_event.h"

/// What happened to issues and pull requests, as a list of events.
namespace pome::twin::github::rest {

namespace {

/// References from other conversations show in the timeline only.
bool is_listed(const model::IssueEvent& event) { return event.event != model::EventKind::cross_referenced; }

Reply event_page(const Context& context, const std::vector<model::IssueEventPtr>& rows, EventPlace place) {
  return list_answer(context, rows, [&](JsonWriter& json, const model::IssueEventPtr& row) {
    write_event(json, context, *context.repository, *row, place);
  });
}

Reply list_events(Context& context) {
  const auto number = context.number(2);
  if (!number || !model::find_issue(context.world, context.repo(), *number)) return errors::not_found();
  std::vector<model::IssueEventPtr> rows = model::events_of(context.world, context.repo(), *number);
  std::erase_if(rows, [](const model::IssueEventPtr& row) { return !is_listed(*row); });
  return event_page(context, rows, EventPlace::issue);
}

/// Newest first.
Reply list_events_for_repo(Context& context) {
  std::vector<model::IssueEventPtr> rows;
  for (const auto& entry : model::rows_of(context.world.issue_events_by_id, context.repo())) {
    if (is_listed(*entry.row)) rows.push_back(entry.row);
  }
  return event_page(context, {rows.rbegin(), rows.rend()}, EventPlace::repository);
}

Reply get_event(Context& context) {
  const auto id = context.number(2);
  const auto event = id ? model::find_issue_event(context.world, context.repo(), *id) : nullptr;
  if (!event || !is_listed(*event)) return errors::not_found();
  return json_answer(
      200, [&](JsonWriter& json) { write_event(json, context, *context.repository, *event, EventPlace::repository); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/events",
     .operation = "issues/list-events-for-repo",
     .docs = "issues/events#list-issue-events-for-a-repository",
     .handle = list_events_for_repo},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/events/{event_id}",
     .operation = "issues/get-event",
     .docs = "issues/events#get-an-issue-event",
     .handle = get_event},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/events",
     .operation = "issues/list-events",
     .docs = "issues/events#list-issue-events",
     .handle = list_events},
};

}  // namespace

std::span<const Route> issue_event_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
