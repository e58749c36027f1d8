#include <algorithm>
#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// What webhooks were sent. The receiver the twin imagines accepts everything.
namespace pome::twin::github::rest {

namespace {

constexpr std::string_view kCursor = "v1_";

model::HookPtr named_hook(const Context& context) {
  const auto id = context.number(2);
  if (!id || context.role < model::Role::admin) return nullptr;
  return model::find_hook(context.world, context.repo(), *id);
}

model::HookDeliveryPtr named_delivery(const Context& context, const model::HookPtr& hook) {
  const auto id = context.number(3);
  return hook && id ? model::find_delivery(context.world, *hook, *id) : nullptr;
}

/// hook-delivery-item without its braces.
void write_item(JsonWriter& json, const model::HookDelivery& row) {
  json.field("id", row.id).field("guid", row.guid);
  write_time(json, "delivered_at", row.delivered_at);
  json.field("redelivery", row.redelivery).raw_field("duration", "0.0").field("status", "OK");
  json.field("status_code", 200).field("event", row.event).field("action", row.action);
  json.null_field("installation_id").field("repository_id", row.repo).null_field("throttled_at");
}

void write_request(JsonWriter& json, const model::Hook& hook, const model::HookDelivery& row) {
  json.key("request").begin_object().key("headers").begin_object();
  json.field("Accept", "*/*").field("User-Agent", "GitHub-Hookshot/pome");
  json.field("X-GitHub-Delivery", row.guid).field("X-GitHub-Event", row.event);
  json.field("X-GitHub-Hook-ID", text::cat(hook.id));
  json.field("X-GitHub-Hook-Installation-Target-ID", text::cat(row.repo));
  json.field("X-GitHub-Hook-Installation-Target-Type", "repository");
  if (!row.signature.empty()) json.field("X-Hub-Signature-256", row.signature);
  json.field("content-type", hook.content_type == "json" ? "application/json" : "application/x-www-form-urlencoded");
  json.end_object().raw_field("payload", row.payload).end_object();
}

/// Pages by cursor: the id of the last delivery that was shown.
Reply list_deliveries(Context& context) {
  const model::HookPtr hook = named_hook(context);
  if (!hook) return errors::not_found();
  const std::string_view status = lenient_choice(context, "status", {"any", "success", "failure"});
  std::vector<model::HookDeliveryPtr> rows = model::deliveries_of(context.world, *hook);
  if (status == "failure") rows.clear();
  if (const auto cursor = context.query.get("cursor"); cursor && !cursor->empty()) {
    const auto last =
        cursor->substr(0, kCursor.size()) == kCursor ? text::to_integer(cursor->substr(kCursor.size())) : std::nullopt;
    if (!last) return errors::unprocessable("Invalid cursor");
    std::erase_if(rows, [&](const model::HookDeliveryPtr& row) { return row->id >= *last; });
  }
  const std::size_t size = std::min(page_of(context.query).size, rows.size());
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_array();
    for (std::size_t i = 0; i < size; ++i) {
      json.begin_object();
      write_item(json, *rows[i]);
      json.end_object();
    }
    json.end_array();
  });
  if (size < rows.size()) {
    reply.link(text::cat("<", context.call.base_url, context.call.request.path, "?per_page=", size, "&cursor=", kCursor,
                         rows[size - 1]->id, ">; rel=\"next\""));
  }
  return reply;
}

Reply get_delivery(Context& context) {
  const model::HookPtr hook = named_hook(context);
  const model::HookDeliveryPtr row = named_delivery(context, hook);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_item(json, *row);
    json.field("url", hook->url);
    write_request(json, *hook, *row);
    json.key("response").begin_object().raw_field("headers", "{}").field("payload", "").end_object();
    json.end_object();
  });
}

Reply redeliver(Context& context) {
  const model::HookPtr hook = named_hook(context);
  const model::HookDeliveryPtr row = named_delivery(context, hook);
  if (!row) return errors::not_found();
  model::record_delivery(context.action, *hook, row->event, row->action, row->payload, row.get());
  return json_answer(202, [](JsonWriter& json) { json.begin_object().end_object(); });
}

constexpr std::string_view kDelivery = "/repos/{owner}/{repo}/hooks/{hook_id}/deliveries/{delivery_id}";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/hooks/{hook_id}/deliveries",
     .operation = "repos/list-webhook-deliveries",
     .docs = "repos/webhooks#list-deliveries-for-a-repository-webhook",
     .handle = list_deliveries},
    {.method = Method::get,
     .path = kDelivery,
     .operation = "repos/get-webhook-delivery",
     .docs = "repos/webhooks#get-a-delivery-for-a-repository-webhook",
     .handle = get_delivery},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/hooks/{hook_id}/deliveries/{delivery_id}/attempts",
     .operation = "repos/redeliver-webhook-delivery",
     .docs = "repos/webhooks#redeliver-a-delivery-for-a-repository-webhook",
     .handle = redeliver},
};

}  // namespace

std::span<const Route> hook_delivery_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
