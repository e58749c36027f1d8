#include "core/twin/github/model/dispatch_event.h"

#include <utility>

#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_dispatch_event(JsonWriter& out, const World&, const DispatchEvent& row) {
  out.field("id", row.id).field("event_type", row.event_type).raw_field("client_payload", row.client_payload);
  out.field("sender_login", row.sender);
  time_field(out, "created_at", row.created_at);
}

}  // namespace

const RowKind DispatchEvent::kind = row_kind<&World::dispatch_events, write_dispatch_event>("dispatch_event");

Ruling<DispatchEventPtr> create_dispatch_event(Action& action, Id repo, std::string event_type,
                                               std::string client_payload) {
  if (permission_of(action.world, repo, action.actor) < Role::write) return not_found();
  constexpr std::size_t kLongest = 100;
  if (event_type.empty() || event_type.size() > kLongest) {
    return invalid_value("RepositoryDispatch", "event_type", event_type);
  }
  DispatchEvent row;
  row.repo = repo;
  row.event_type = std::move(event_type);
  row.client_payload = std::move(client_payload);
  row.created_at = begin_mutation(action);
  row.id = ++action.world.counters.dispatch_event;
  row.sender = user_or_stranger(action.world, action.actor)->login;
  return put(action, std::move(row));
}

void export_dispatch_events(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.dispatch_events);
}

}  // namespace pome::twin::github::model
