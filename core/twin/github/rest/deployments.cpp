#include <utility>

#include "core/twin/github/model/words.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kCreateDeployment[] = {
    required("ref"),
    optional("task"),
    optional("auto_merge", Type::flag),
    nullable("required_contexts", Type::texts),
    optional("payload", Type::any),
    optional("environment"),
    nullable("description"),
    optional("transient_environment", Type::flag),
    optional("production_environment", Type::flag),
};
constexpr Field kCreateStatus[] = {
    one_of(required("state"), model::kDeploymentStates),
    optional("target_url"),
    optional("log_url"),
    nullable("description"),
    optional("environment"),
    optional("environment_url"),
    optional("auto_inactive", Type::flag),
};

/// The deployment the path names.
model::DeploymentPtr named_deployment(const Context& context) {
  const auto id = context.number(2);
  return id ? model::find_deployment(context.world, context.repo(), *id) : nullptr;
}

Reply list_deployments(Context& context) {
  std::vector<model::DeploymentPtr> rows = model::deployments_of(context.world, context.repo());
  const auto keep = [&](std::string_view name, auto value_of) {
    const std::optional<std::string_view> wanted = context.query.get(name);
    if (!wanted || wanted->empty() || *wanted == "none") return;
    std::erase_if(rows, [&](const model::DeploymentPtr& row) { return value_of(*row) != *wanted; });
  };
  keep("sha", [](const model::Deployment& row) { return row.sha.hex(); });
  keep("ref", [](const model::Deployment& row) { return row.ref; });
  keep("task", [](const model::Deployment& row) { return row.task; });
  keep("environment", [](const model::Deployment& row) { return row.environment; });
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::DeploymentPtr& row) { write_deployment(json, context, *row); });
}

Reply get_deployment(Context& context) {
  const model::DeploymentPtr row = named_deployment(context);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_deployment(json, context, *row); });
}

Reply create_deployment(Context& context) {
  const Input& body = context.body;
  model::NewDeployment wanted;
  wanted.ref = body.text("ref", "");
  wanted.task = body.text("task", wanted.task);
  wanted.auto_merge = body.flag("auto_merge", true);
  if (body.sent("required_contexts") && !body.is_null("required_contexts")) {
    wanted.required_contexts = body.texts("required_contexts");
  }
  if (body.sent("payload")) wanted.payload = body.json("payload");
  wanted.environment = body.text("environment", wanted.environment);
  wanted.description = body.text("description");
  wanted.transient = body.flag("transient_environment", false);
  wanted.production = body.flag("production_environment");
  const auto made = model::create_deployment(context.action, context.repo(), wanted);
  if (!made) return made.refusal();
  if (!made->row) {
    return json_answer(202, [&](JsonWriter& json) { json.begin_object().field("message", made->merged).end_object(); });
  }
  Reply reply = json_answer(201, [&](JsonWriter& json) { write_deployment(json, context, *made->row); });
  reply.location(text::cat(api_url(context, *context.repository), "/deployments/", made->row->id));
  return reply;
}

Reply delete_deployment(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_deployment(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

Reply list_statuses(Context& context) {
  const model::DeploymentPtr deployment = named_deployment(context);
  if (!deployment) return errors::not_found();
  return list_answer(
      context, model::statuses_of(context.world, *deployment),
      [&](JsonWriter& json, const model::DeploymentStatusPtr& row) { write_deployment_status(json, context, *row); });
}

Reply get_status(Context& context) {
  const model::DeploymentPtr deployment = named_deployment(context);
  const auto id = context.number(3);
  const auto row = id ? context.world.deployment_statuses.get(model::NumberKey{context.repo(), *id}) : nullptr;
  if (!deployment || !row || row->deployment != deployment->id) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_deployment_status(json, context, *row); });
}

Reply create_status(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const Input& body = context.body;
  model::NewDeploymentStatus wanted;
  wanted.state = *model::enum_from<model::DeploymentState>(model::kDeploymentStates, body.text("state", ""));
  wanted.description = body.text("description", "");
  wanted.environment = body.text("environment");
  wanted.log_url = body.text("log_url", body.text("target_url", ""));
  wanted.environment_url = body.text("environment_url", "");
  wanted.auto_inactive = body.flag("auto_inactive", true);
  const auto made = model::create_deployment_status(context.action, context.repo(), *id, wanted);
  if (!made) return made.refusal();
  Reply reply = json_answer(201, [&](JsonWriter& json) { write_deployment_status(json, context, **made); });
  reply.location(text::cat(api_url(context, *context.repository), "/deployments/", *id, "/statuses/", (*made)->id));
  return reply;
}

constexpr std::string_view kDeployments = "/repos/{owner}/{repo}/deployments";
constexpr std::string_view kDeployment = "/repos/{owner}/{repo}/deployments/{deployment_id}";
constexpr std::string_view kStatuses = "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = kDeployments,
     .operation = "repos/list-deployments",
     .docs = "deployments/deployments#list-deployments",
     .handle = list_deployments},
    {.method = Method::post,
     .path = kDeployments,
     .operation = "repos/create-deployment",
     .docs = "deployments/deployments#create-a-deployment",
     .body = {kCreateDeployment},
     .handle = create_deployment},
    {.method = Method::get,
     .path = kDeployment,
     .operation = "repos/get-deployment",
     .docs = "deployments/deployments#get-a-deployment",
     .handle = get_deployment},
    {.method = Method::del,
     .path = kDeployment,
     .operation = "repos/delete-deployment",
     .docs = "deployments/deployments#delete-a-deployment",
     .handle = delete_deployment},
    {.method = Method::get,
     .path = kStatuses,
     .operation = "repos/list-deployment-statuses",
     .docs = "deployments/statuses#list-deployment-statuses",
     .handle = list_statuses},
    {.method = Method::post,
     .path = kStatuses,
     .operation = "repos/create-deployment-status",
     .docs = "deployments/statuses#create-a-deployment-status",
     .body = {kCreateStatus},
     .handle = create_status},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses/{status_id}",
     .operation = "repos/get-deployment-status",
     .docs = "deployments/statuses#get-a-deployment-status",
     .handle = get_status},
};

}  // namespace

void write_deployment(JsonWriter& json, const Context& context, const model::Deployment& row) {
  const std::string repo = api_url(context, *context.repository);
  json.begin_object();
  link(json, "url", repo, "/deployments/", row.id);
  json.field("id", row.id).field("node_id", model::node_id("DE", row.repo, row.id)).field("task", row.task);
  json.field("original_environment", row.original_environment).field("environment", row.environment);
  json.field("description", row.description);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  link(json, "statuses_url", repo, "/deployments/", row.id, "/statuses");
  link(json, "repository_url", repo);
  write_user_or_null(json, context, "creator", row.creator);
  json.field("sha", row.sha.hex()).field("ref", row.ref).raw_field("payload", row.payload);
  json.field("transient_environment", row.transient).field("production_environment", row.production);
  json.null_field("performed_via_github_app").end_object();
}

void write_deployment_status(JsonWriter& json, const Context& context, const model::DeploymentStatus& row) {
  const std::string deployment = text::cat(api_url(context, *context.repository), "/deployments/", row.deployment);
  json.begin_object();
  link(json, "url", deployment, "/statuses/", row.id);
  json.field("id", row.id).field("node_id", model::node_id("DES", row.repo, row.id));
  json.field("state", model::word_of(model::kDeploymentStates, row.state));
  write_user_or_null(json, context, "creator", row.creator);
  json.field("description", row.description).field("environment", row.environment).field("target_url", row.log_url);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.created_at);
  link(json, "deployment_url", deployment);
  link(json, "repository_url", api_url(context, *context.repository));
  json.field("environment_url", row.environment_url).field("log_url", row.log_url);
  json.null_field("performed_via_github_app").end_object();
}

std::span<const Route> deployment_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
