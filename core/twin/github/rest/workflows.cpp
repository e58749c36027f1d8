#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/workflow_shapes.h"

/// Workflows and how they are started by hand.
namespace pome::twin::github::rest {

namespace {

constexpr Field kDispatch[] = {required("ref"), optional("inputs", Type::object),
                               optional("return_run_details", Type::flag)};

Reply list_workflows(Context& context) {
  std::vector<model::WorkflowPtr> rows;
  for (const auto& entry : model::rows_of(context.world.workflows, context.repo())) rows.push_back(entry.row);
  return wrapped_page(context, "workflows", rows.size(),
                      [&](JsonWriter& json, std::size_t i) { write_workflow(json, context, *rows[i]); });
}

Reply get_workflow(Context& context) {
  const model::WorkflowPtr workflow =
      model::find_workflow(context.world, context.repo(), std::string_view(context.path[2]));
  if (!workflow) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_workflow(json, context, *workflow); });
}

/// Inputs arrive as texts; booleans and numbers mean their spelling.
model::InputValues input_values(const Input& body) {
  model::InputValues out;
  const Input inputs = body.object("inputs");
  for (const std::string& name : body.keys("inputs")) {
    const std::optional<bool> flag = inputs.flag(name);
    std::string value = flag ? std::string(*flag ? "true" : "false") : inputs.text(name, "");
    out.push_back({name, std::move(value)});
  }
  return out;
}

Reply dispatch_workflow(Context& context) {
  const model::WorkflowPtr workflow =
      model::find_workflow(context.world, context.repo(), std::string_view(context.path[2]));
  if (!workflow) return errors::not_found();
  const Input& body = context.body;
  const auto run = model::dispatch_workflow(context.action, *workflow, body.text("ref", ""), input_values(body));
  if (!run) return run.refusal();
  if (!body.flag("return_run_details", false)) return no_content();
  return json_answer(200, [&](JsonWriter& json) {
    const model::Id id = (*run)->id;
    json.begin_object().field("workflow_run_id", id);
    link(json, "run_url", api_url(context, *context.repository), "/actions/runs/", id);
    link(json, "html_url", web_url(*context.repository), "/actions/runs/", id);
    json.end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/workflows",
     .operation = "actions/list-repo-workflows",
     .docs = "actions/workflows#list-repository-workflows",
     .tools = {"actions_list", "list_workflows"},
     .handle = list_workflows},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/workflows/{workflow_id}",
     .operation = "actions/get-workflow",
     .docs = "actions/workflows#get-a-workflow",
     .tools = {"actions_get"},
     .handle = get_workflow},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
     .operation = "actions/create-workflow-dispatch",
     .docs = "actions/workflows#create-a-workflow-dispatch-event",
     .access = Access::push,
     .tools = {"actions_run_trigger", "run_workflow"},
     .body = {kDispatch},
     .handle = dispatch_workflow},
};

}  // namespace

std::span<const Route> workflow_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
