#pragma once
#include <string_view>

#include "core/twin/github/rest/context.h"

/// JSON of what happened to issues. Members come in GitHub's order.
namespace pome::twin::github::rest {

/// Where an event is shown: GitHub tells a little more or less in each place.
enum class EventPlace {
  issue,       ///< issue-event-for-issue
  repository,  ///< issue-event: names the issue too
  timeline,    ///< timeline-issue-events
};
void write_event(JsonWriter& json, const Context& context, const model::Repository& repository,
                 const model::IssueEvent& event, EventPlace place);

}  // namespace pome::twin::github::rest
