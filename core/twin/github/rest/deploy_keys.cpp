#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Keys that open one repository. Who does not administer it sees none.
namespace pome::twin::github::rest {

namespace {

constexpr Field kCreateKey[] = {optional("title"), required("key"), optional("read_only", Type::flag)};

Reply list_keys(Context& context) {
  if (context.role < model::Role::admin) return errors::not_found();
  return list_answer(context, model::deploy_keys_of(context.world, context.repo()),
                     [&](JsonWriter& json, const model::DeployKeyPtr& row) { write_deploy_key(json, context, *row); });
}

Reply get_key(Context& context) {
  const auto id = context.number(2);
  const auto row = id ? model::find_deploy_key(context.world, context.repo(), *id) : nullptr;
  if (!row || context.role < model::Role::admin) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_deploy_key(json, context, *row); });
}

Reply create_key(Context& context) {
  const Input& body = context.body;
  const auto made = model::create_deploy_key(
      context.action, context.repo(),
      model::NewDeployKey{
          .title = body.text("title", ""), .text = body.text("key", ""), .read_only = body.flag("read_only", false)});
  if (!made) return made.refusal();
  Reply reply = json_answer(201, [&](JsonWriter& json) { write_deploy_key(json, context, **made); });
  reply.location(text::cat(api_url(context, *context.repository), "/keys/", (*made)->id));
  return reply;
}

Reply delete_key(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_deploy_key(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/keys",
     .operation = "repos/list-deploy-keys",
     .docs = "deploy-keys/deploy-keys#list-deploy-keys",
     .handle = list_keys},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/keys",
     .operation = "repos/create-deploy-key",
     .docs = "deploy-keys/deploy-keys#create-a-deploy-key",
     .body = {kCreateKey},
     .handle = create_key},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/keys/{key_id}",
     .operation = "repos/get-deploy-key",
     .docs = "deploy-keys/deploy-keys#get-a-deploy-key",
     .handle = get_key},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/keys/{key_id}",
     .operation = "repos/delete-deploy-key",
     .docs = "deploy-keys/deploy-keys#delete-a-deploy-key",
     .handle = delete_key},
};

}  // namespace

void write_deploy_key(JsonWriter& json, const Context& context, const model::DeployKey& row) {
  json.begin_object().field("id", row.id).field("key", row.text);
  link(json, "url", api_url(context, *context.repository), "/keys/", row.id);
  json.field("title", row.title).field("verified", true);
  write_time(json, "created_at", row.created_at);
  json.field("read_only", row.read_only).field("added_by", row.added_by).null_field("last_used");
  json.field("enabled", true).end_object();
}

std::span<const Route> deploy_key_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
