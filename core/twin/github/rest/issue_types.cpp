#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

Reply list_issue_types(Context& context) {
  const model::UserPtr organization = model::find_user(context.world, context.path[0]);
  if (!organization || organization->type != model::UserType::organization) return errors::not_found();
  const auto types = model::issue_types_of(context.world, organization->login);
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_array();
    for (const model::IssueTypePtr& type : types) write_issue_type(json, type.get());
    json.end_array();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/orgs/{org}/issue-types",
     .operation = "orgs/list-issue-types",
     .docs = "orgs/issue-types#list-issue-types-for-an-organization",
     .access = Access::account,
     .tools = {"list_issue_types"},
     .handle = list_issue_types},
};

}  // namespace

std::span<const Route> issue_type_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
