#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kAddAssignees[] = {optional("assignees", Type::names)};
constexpr Field kRemoveAssignees[] = {required("assignees", Type::names)};

Reply issue_answer(const Context& context, int status, const model::Issue& issue) {
  return json_answer(status, [&](JsonWriter& json) { write_issue(json, context, *context.repository, issue); });
}

Reply list_assignees(Context& context) {
  return list_answer(context, model::collaborator_logins(context.world, context.repository->id),
                     [&](JsonWriter& json, const std::string& login) { write_user(json, context, login); });
}

Reply check_user_can_be_assigned(Context& context) {
  if (!model::is_assignable(context.world, context.repository->id, context.path[2])) return errors::not_found();
  return no_content();
}

Reply add_assignees(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto issue =
      model::add_assignees(context.action, context.repository->id, *number, context.body.texts("assignees"));
  if (!issue) return issue.refusal();
  return issue_answer(context, 201, **issue);
}

Reply remove_assignees(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto issue =
      model::remove_assignees(context.action, context.repository->id, *number, context.body.texts("assignees"));
  if (!issue) return issue.refusal();
  return issue_answer(context, 200, **issue);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/assignees",
     .operation = "issues/list-assignees",
     .docs = "issues/assignees#list-assignees",
     .handle = list_assignees},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/assignees/{assignee}",
     .operation = "issues/check-user-can-be-assigned",
     .docs = "issues/assignees#check-if-a-user-can-be-assigned",
     .handle = check_user_can_be_assigned},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/assignees",
     .operation = "issues/add-assignees",
     .docs = "issues/assignees#add-assignees-to-an-issue",
     .tools = {"add_assignees"},
     .body = {kAddAssignees},
     .handle = add_assignees},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/assignees",
     .operation = "issues/remove-assignees",
     .docs = "reference/issues#remove-assignees-from-an-issue",
     .tools = {"remove_assignees"},
     .body = {kRemoveAssignees},
     .handle = remove_assignees},
};

}  // namespace

std::span<const Route> assignee_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
