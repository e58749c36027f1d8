#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A repository's webhook. The twin sends nothing: what would have been sent is kept as deliveries.
struct Hook {
  Id repo = 0;
  Id id = 0;
  bool active = true;
  std::vector<std::string> events;  ///< sorted; "*" = every event
  std::string url;
  std::string content_type = "form";  ///< form | json
  std::string secret;                 ///< empty = unsigned
  std::string insecure_ssl = "0";
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const Hook&) const = default;
  static const RowKind kind;
};
using HookPtr = std::shared_ptr<const Hook>;

struct HookDelivery {
  Id repo = 0;
  Id id = 0;
  Id hook = 0;
  std::string guid;
  std::string event;                  ///< "issues"
  std::optional<std::string> action;  ///< "opened"
  std::string payload;                ///< JSON
  std::string signature;              ///< of the payload, as X-Hub-Signature-256 carries it; empty without a secret
  bool redelivery = false;
  Time delivered_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const HookDelivery&) const = default;
  static const RowKind kind;
};
using HookDeliveryPtr = std::shared_ptr<const HookDelivery>;

std::vector<HookPtr> hooks_of(const World& world, Id repo);  ///< by id
HookPtr find_hook(const World& world, Id repo, Id id);
std::vector<HookDeliveryPtr> deliveries_of(const World& world, const Hook& hook);  ///< newest first
HookDeliveryPtr find_delivery(const World& world, const Hook& hook, Id id);
/// Whether an active hook asked for that event.
bool listens_to(const Hook& hook, std::string_view event);

struct HookInput {
  std::optional<bool> active;
  std::optional<std::string> url;
  std::optional<std::string> content_type;
  std::optional<std::string> secret;
  std::optional<std::string> insecure_ssl;
  std::optional<std::vector<std::string>> events;
  std::vector<std::string> add_events;
  std::vector<std::string> remove_events;
};
/// repos/create-webhook and repos/update-webhook. Need admin. Refuse a URL that is no public http(s) address, events
/// GitHub does not know, and a second hook with the same URL and events.
Ruling<HookPtr> create_hook(Action& action, Id repo, const HookInput& input);
Ruling<HookPtr> update_hook(Action& action, Id repo, Id id, const HookInput& input);
/// repos/delete-webhook. Needs admin. Its deliveries go with it.
Refused delete_hook(Action& action, Id repo, Id id);

/// Keeps what a hook would have been sent. `redelivered` is the delivery this one repeats, guid and all. Not a mutation
/// of its own: the call that caused it has moved the clock.
HookDeliveryPtr record_delivery(Action& action, const Hook& hook, std::string_view event,
                                std::optional<std::string> event_action, std::string payload,
                                const HookDelivery* redelivered = nullptr);

/// The rows of "webhooks" in the state export, each with its deliveries.
void export_hooks(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "webhooks".
void seed_hooks(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
