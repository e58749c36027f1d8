#include <utility>

#include "core/twin/github/rest/hook_events.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Webhooks of a repository and what they were sent. Who does not administer it sees none.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 1> kNames = {"web"};
constexpr Field kConfig[] = {optional("url"), optional("content_type"), optional("secret"),
                             optional("insecure_ssl", Type::any)};
constexpr Field kCreateHook[] = {one_of(optional("name"), kNames), optional("config", Type::object, kConfig),
                                 optional("events", Type::texts), optional("active", Type::flag)};
constexpr Field kUpdateHook[] = {optional("config", Type::object, kConfig), optional("events", Type::texts),
                                 optional("add_events", Type::texts), optional("remove_events", Type::texts),
                                 optional("active", Type::flag)};
constexpr Field kDispatch[] = {required("event_type"), optional("client_payload", Type::object)};

void write_config(JsonWriter& json, const model::Hook& row) {
  json.begin_object().field("content_type", row.content_type).field("insecure_ssl", row.insecure_ssl);
  if (!row.secret.empty()) json.field("secret", "********");
  json.field("url", row.url).end_object();
}

/// The hook the path names, for administrators.
model::HookPtr named_hook(const Context& context) {
  const auto id = context.number(2);
  if (!id || context.role < model::Role::admin) return nullptr;
  return model::find_hook(context.world, context.repo(), *id);
}

Reply hook_answer(const Context& context, int status, const model::Hook& row) {
  return json_answer(status, [&](JsonWriter& json) { write_hook(json, context, row); });
}

Reply config_answer(const model::Hook& row) {
  return json_answer(200, [&](JsonWriter& json) { write_config(json, row); });
}

void read_config(const Input& config, model::HookInput& input) {
  input.url = config.text("url");
  input.content_type = config.text("content_type");
  input.secret = config.text("secret");
  input.insecure_ssl = config.text("insecure_ssl");
}

model::HookInput hook_input(const Input& body) {
  model::HookInput input;
  read_config(body.object("config"), input);
  input.active = body.flag("active");
  if (body.sent("events")) input.events = body.texts("events");
  input.add_events = body.texts("add_events");
  input.remove_events = body.texts("remove_events");
  return input;
}

void write_ping(JsonWriter& json, const Context& context, const model::Hook& hook) {
  json.field("zen", "Keep it logically awesome.").field("hook_id", hook.id).key("hook");
  write_hook(json, context, hook);
}

void ping(const Context& context, const model::Hook& hook) {
  deliver_to(context, hook, "ping", std::nullopt,
             [&](JsonWriter& json, const Context& seen) { write_ping(json, seen, hook); });
}

Reply list_hooks(Context& context) {
  if (context.role < model::Role::admin) return errors::not_found();
  return list_answer(context, model::hooks_of(context.world, context.repo()),
                     [&](JsonWriter& json, const model::HookPtr& row) { write_hook(json, context, *row); });
}

Reply get_hook(Context& context) {
  const model::HookPtr row = named_hook(context);
  return row ? hook_answer(context, 200, *row) : Reply(errors::not_found());
}

/// A new hook is pinged at once.
Reply create_hook(Context& context) {
  const auto made = model::create_hook(context.action, context.repo(), hook_input(context.body));
  if (!made) return made.refusal();
  Reply reply = hook_answer(context, 201, **made);
  ping(context, **made);
  reply.location(text::cat(api_url(context, *context.repository), "/hooks/", (*made)->id));
  return reply;
}

/// A config that is sent replaces the old one: a secret it does not repeat is gone.
Reply update_hook(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  model::HookInput input = hook_input(context.body);
  if (context.body.sent("config")) {
    if (!input.content_type) input.content_type = "form";
    if (!input.secret) input.secret = "";
    if (!input.insecure_ssl) input.insecure_ssl = "0";
  }
  const auto updated = model::update_hook(context.action, context.repo(), *id, input);
  if (!updated) return updated.refusal();
  return hook_answer(context, 200, **updated);
}

Reply delete_hook(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_hook(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

Reply get_config(Context& context) {
  const model::HookPtr row = named_hook(context);
  return row ? config_answer(*row) : Reply(errors::not_found());
}

Reply update_config(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  model::HookInput input;
  read_config(context.body, input);
  const auto updated = model::update_hook(context.action, context.repo(), *id, input);
  if (!updated) return updated.refusal();
  return config_answer(**updated);
}

Reply ping_hook(Context& context) {
  const model::HookPtr row = named_hook(context);
  if (!row) return errors::not_found();
  ping(context, *row);
  return no_content();
}

/// The last push to the default branch once more, for a hook that listens to pushes.
Reply test_hook(Context& context) {
  const model::HookPtr row = named_hook(context);
  if (!row) return errors::not_found();
  const auto branch = model::find_branch(context.world, context.repo(), context.repository->default_branch);
  const git::Commit* commit = branch ? context.world.objects.commit(branch->target) : nullptr;
  if (!commit || !model::listens_to(*row, "push")) return no_content();
  const git::ObjectId before = commit->parents.empty() ? git::ObjectId() : commit->parents.front();
  deliver_to(context, *row, "push", std::nullopt, [&](JsonWriter& json, const Context& seen) {
    write_push(json, seen, branch->name, before, branch->target);
  });
  return no_content();
}

Reply create_dispatch_event(Context& context) {
  constexpr std::size_t kMost = 10;
  const Input payload = context.body.object("client_payload");
  if (payload.size() > kMost) {
    return errors::invalid_request(
        {text::cat("No more than 10 properties are allowed; ", payload.size(), " were supplied.")});
  }
  const bool sent = context.body.sent("client_payload");
  const auto made = model::create_dispatch_event(context.action, context.repo(), context.body.text("event_type", ""),
                                                 sent ? context.body.json("client_payload") : std::string("{}"));
  if (!made) return made.refusal();
  return no_content();
}

constexpr std::string_view kHooks = "/repos/{owner}/{repo}/hooks";
constexpr std::string_view kHook = "/repos/{owner}/{repo}/hooks/{hook_id}";
constexpr std::string_view kConfigPath = "/repos/{owner}/{repo}/hooks/{hook_id}/config";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = kHooks,
     .operation = "repos/list-webhooks",
     .docs = "repos/webhooks#list-repository-webhooks",
     .handle = list_hooks},
    {.method = Method::post,
     .path = kHooks,
     .operation = "repos/create-webhook",
     .docs = "repos/webhooks#create-a-repository-webhook",
     .body = {kCreateHook},
     .handle = create_hook},
    {.method = Method::get,
     .path = kHook,
     .operation = "repos/get-webhook",
     .docs = "repos/webhooks#get-a-repository-webhook",
     .handle = get_hook},
    {.method = Method::patch,
     .path = kHook,
     .operation = "repos/update-webhook",
     .docs = "repos/webhooks#update-a-repository-webhook",
     .body = {kUpdateHook},
     .handle = update_hook},
    {.method = Method::del,
     .path = kHook,
     .operation = "repos/delete-webhook",
     .docs = "repos/webhooks#delete-a-repository-webhook",
     .handle = delete_hook},
    {.method = Method::get,
     .path = kConfigPath,
     .operation = "repos/get-webhook-config-for-repo",
     .docs = "repos/webhooks#get-a-webhook-configuration-for-a-repository",
     .handle = get_config},
    {.method = Method::patch,
     .path = kConfigPath,
     .operation = "repos/update-webhook-config-for-repo",
     .docs = "repos/webhooks#update-a-webhook-configuration-for-a-repository",
     .body = {kConfig},
     .handle = update_config},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/hooks/{hook_id}/pings",
     .operation = "repos/ping-webhook",
     .docs = "repos/webhooks#ping-a-repository-webhook",
     .handle = ping_hook},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/hooks/{hook_id}/tests",
     .operation = "repos/test-push-webhook",
     .docs = "repos/webhooks#test-the-push-repository-webhook",
     .handle = test_hook},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/dispatches",
     .operation = "repos/create-dispatch-event",
     .docs = "repos/repos#create-a-repository-dispatch-event",
     .body = {kDispatch},
     .handle = create_dispatch_event},
};

}  // namespace

void write_hook(JsonWriter& json, const Context& context, const model::Hook& row) {
  const std::string self = text::cat(api_url(context, *context.repository), "/hooks/", row.id);
  const bool used = !model::deliveries_of(context.world, row).empty();
  json.begin_object().field("type", "Repository").field("id", row.id).field("name", "web");
  json.field("active", row.active).key("events").begin_array();
  for (const std::string& event : row.events) json.value(event);
  json.end_array().key("config");
  write_config(json, row);
  write_time(json, "updated_at", row.updated_at);
  write_time(json, "created_at", row.created_at);
  link(json, "url", self);
  link(json, "test_url", self, "/test");
  link(json, "ping_url", self, "/pings");
  link(json, "deliveries_url", self, "/deliveries");
  json.key("last_response").begin_object().key("code");
  if (used) {
    json.value(200).field("status", "active").field("message", "OK");
  } else {
    json.null().field("status", "unused").null_field("message");
  }
  json.end_object().end_object();
}

std::span<const Route> hook_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
