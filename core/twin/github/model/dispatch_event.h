#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A custom event somebody raised for a repository.
struct DispatchEvent {
  Id repo = 0;
  Id id = 0;
  std::string event_type;
  std::string client_payload = "{}";  ///< JSON
  std::string sender;
  Time created_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const DispatchEvent&) const = default;
  static const RowKind kind;
};
using DispatchEventPtr = std::shared_ptr<const DispatchEvent>;

/// repos/create-dispatch-event. Needs push. `client_payload` is JSON.
Ruling<DispatchEventPtr> create_dispatch_event(Action& action, Id repo, std::string event_type,
                                               std::string client_payload);

/// The rows of "dispatch_events" in the state export.
void export_dispatch_events(JsonWriter& out, const World& world, const Repository& repo);

}  // namespace pome::twin::github::model
