#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Label definitions of a repository.
namespace pome::twin::github::rest {

namespace {

constexpr Field kCreateLabel[] = {required("name"), optional("color"), nullable("description")};
constexpr Field kUpdateLabel[] = {optional("new_name"), optional("color"), nullable("description")};

Reply label_answer(const Context& context, int status, const model::Label& label) {
  return json_answer(status, [&](JsonWriter& json) { write_label(json, context, *context.repository, label); });
}

Reply list_labels(Context& context) {
  return list_answer(
      context, model::labels_of(context.world, context.repository->id),
      [&](JsonWriter& json, const model::LabelPtr& label) { write_label(json, context, *context.repository, *label); });
}

Reply get_label(Context& context) {
  const model::LabelPtr label = model::find_label(context.world, context.repository->id, context.path[2]);
  if (!label) return errors::not_found();
  return label_answer(context, 200, *label);
}

Reply create_label(Context& context) {
  const Input& input = context.body;
  const auto label = model::create_label(
      context.action, context.repository->id,
      model::NewLabel{
          .name = input.text("name", ""), .color = input.text("color"), .description = input.text("description")});
  if (!label) return label.refusal();
  Reply reply = label_answer(context, 201, **label);
  reply.location(text::cat(api_url(context, *context.repository), "/labels/", encoded_segment((*label)->name)));
  return reply;
}

Reply update_label(Context& context) {
  const Input& input = context.body;
  const auto label = model::update_label(context.action, context.repository->id, context.path[2],
                                         model::LabelPatch{.new_name = input.text("new_name"),
                                                           .color = input.text("color"),
                                                           .description = input.text_patch("description")});
  if (!label) return label.refusal();
  return label_answer(context, 200, **label);
}

Reply delete_label(Context& context) {
  const auto refusal = model::delete_label(context.action, context.repository->id, context.path[2]);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/labels",
     .operation = "issues/list-labels-for-repo",
     .docs = "issues/labels#list-labels-for-a-repository",
     .tools = {"list_label", "list_labels", "list_repository_labels"},
     .handle = list_labels},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/labels",
     .operation = "issues/create-label",
     .docs = "issues/labels#create-a-label",
     .tools = {"label_write", "create_label"},
     .body = {kCreateLabel},
     .handle = create_label},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/labels/{name}",
     .operation = "issues/get-label",
     .docs = "issues/labels#get-a-label",
     .tools = {"get_label"},
     .handle = get_label},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/labels/{name}",
     .operation = "issues/update-label",
     .docs = "issues/labels#update-a-label",
     .tools = {"label_write", "update_label"},
     .body = {kUpdateLabel},
     .handle = update_label},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/labels/{name}",
     .operation = "issues/delete-label",
     .docs = "issues/labels#delete-a-label",
     .tools = {"label_write", "delete_label"},
     .handle = delete_label},
};

}  // namespace

std::span<const Route> label_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
