#include <utility>

#include "core/twin/github/rest/input.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Label definitions of a repository.
namespace pome::twin::github::rest {

namespace {

struct CreateLabel {
  std::string name;
  std::optional<std::string> color;
  Nullable<std::string> description;

  static constexpr auto fields() {
    return std::tuple{required("name", &CreateLabel::name), optional("color", &CreateLabel::color),
                      optional("description", &CreateLabel::description)};
  }
};

struct UpdateLabel {
  std::optional<std::string> new_name;
  std::optional<std::string> color;
  Nullable<std::string> description;

  static constexpr auto fields() {
    return std::tuple{optional("new_name", &UpdateLabel::new_name), optional("color", &UpdateLabel::color),
                      optional("description", &UpdateLabel::description)};
  }
};

Answer label_answer(const Context& context, int status, const model::Label& label) {
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

Reply create_label(Context& context, const CreateLabel& input) {
  const auto label = model::create_label(
      context.action, context.repository->id,
      model::NewLabel{.name = input.name, .color = input.color, .description = input.description.value});
  if (!label) return refused(label.refusal());
  Answer answer = label_answer(context, 201, **label);
  answer.location = text::cat(context.call.base_url, "/repos/", context.repository->owner, "/",
                              context.repository->name, "/labels/", encoded_segment((*label)->name));
  return answer;
}

Reply update_label(Context& context, const UpdateLabel& input) {
  const auto label = model::update_label(
      context.action, context.repository->id, context.path[2],
      model::LabelPatch{.new_name = input.new_name, .color = input.color, .description = input.description.patch()});
  if (!label) return refused(label.refusal());
  return label_answer(context, 200, **label);
}

Reply delete_label(Context& context) {
  const auto refusal = model::delete_label(context.action, context.repository->id, context.path[2]);
  if (refusal) return refused(*refusal);
  return no_content();
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
     .handle = with_input<create_label>},
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
     .handle = with_input<update_label>},
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
