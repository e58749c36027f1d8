#include <algorithm>
#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/workflow_shapes.h"

namespace pome::twin::github::rest {

namespace {

Reply list_run_artifacts(Context& context) {
  const model::WorkflowRunPtr run = run_at(context, 2);
  if (!run) return errors::not_found();
  std::vector<model::ArtifactPtr> rows = model::artifacts_of(context.world, *run);
  const auto name = context.query.get("name");
  std::erase_if(rows, [&](const model::ArtifactPtr& row) { return name && !name->empty() && row->name != *name; });
  if (lenient_choice(context, "direction", {"desc", "asc"}) == "desc") std::reverse(rows.begin(), rows.end());
  return wrapped_page(context, "artifacts", rows.size(),
                      [&](JsonWriter& json, std::size_t i) { write_artifact(json, context, *run, *rows[i]); });
}

model::ArtifactPtr artifact_at(const Context& context) {
  const auto id = context.number(2);
  return id ? model::find_artifact(context.world, context.repo(), *id) : nullptr;
}

Reply download_artifact(Context& context) {
  const model::ArtifactPtr artifact = artifact_at(context);
  if (!artifact || context.path[3] != "zip") return errors::not_found();
  if (artifact->expired) return errors::artifact_expired();
  return redirect(
      text::cat(api_url(context, *context.repository), "/actions/artifacts/", artifact->id, "/zip/download"));
}

Reply download_artifact_zip(Context& context) {
  const model::ArtifactPtr artifact = artifact_at(context);
  if (!artifact || artifact->expired) return errors::not_found();
  git::FileMap files;
  files[artifact->name] = git::NewFile{std::make_shared<const std::string>(artifact->content)};
  return zip_answer(files, artifact->created_at, text::cat(artifact->name, ".zip"));
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
     .operation = "actions/list-workflow-run-artifacts",
     .docs = "actions/artifacts#list-workflow-run-artifacts",
     .tools = {"actions_list", "list_workflow_run_artifacts"},
     .handle = list_run_artifacts},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
     .operation = "actions/download-artifact",
     .docs = "actions/artifacts#download-an-artifact",
     .tools = {"actions_get", "download_workflow_run_artifact"},
     .handle = download_artifact},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip/download",
     .operation = "",
     .docs = "actions/artifacts#download-an-artifact",
     .tools = {"actions_get", "download_workflow_run_artifact"},
     .handle = download_artifact_zip},
};

}  // namespace

std::span<const Route> workflow_artifact_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
