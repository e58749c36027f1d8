#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/function_ref.h"
#include "core/base/json_writer.h"
#include "core/twin/github/rest/context.h"

/// What GitHub would send to the webhooks of a repository. Nothing is sent: deliveries are kept as rows.
namespace pome::twin::github::rest {

/// Writes the members of a payload that belong to its event; repository and sender follow them.
using PayloadMembers = FunctionRef<void(JsonWriter&, const Context&)>;

/// Keeps one delivery for each active hook of the repository that listens to the event.
void deliver(const Context& cause, model::Id repo, std::string_view event, const std::optional<std::string>& action,
             PayloadMembers members);
/// The same for one hook, whatever it listens to.
void deliver_to(const Context& cause, const model::Hook& hook, std::string_view event,
                const std::optional<std::string>& action, PayloadMembers members);

/// Delivers what follows from the changes of a successful call: the events that hook_events.cpp lists listeners for.
void record_deliveries(const Context& cause, const model::Journal& changes);

/// The members of a push payload. A null id stands for a ref that was not there before, or is not there any more.
void write_push(JsonWriter& json, const Context& context, std::string_view ref, const git::ObjectId& before,
                const git::ObjectId& after);

}  // namespace pome::twin::github::rest
