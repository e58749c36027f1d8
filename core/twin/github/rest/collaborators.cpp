#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kAddCollaborator[] = {optional("permission")};

/// GitHub's four classic levels: maintain counts as write, triage as read.
std::string_view classic_level(model::Role role) {
  if (role >= model::Role::admin) return "admin";
  if (role >= model::Role::write) return "write";
  return role >= model::Role::read ? "read" : "none";
}

/// A collaborator: simple-user with what they may do here.
void write_collaborator(JsonWriter& json, const Context& context, const model::User& user, model::Role role) {
  json.begin_object();
  write_user_members(json, context, user);
  json.key("permissions");
  write_permissions(json, role);
  json.field("role_name", model::role_name(role));
  json.end_object();
}

/// Outside collaborators are those of an organization's repository who are not members of the organization.
bool is_outside(const Context& context, std::string_view login) {
  const model::UserPtr owner = model::find_user(context.world, context.repository->owner);
  if (!owner || owner->type != model::UserType::organization) return false;
  return !context.world.memberships.find(text::cat(context.repository->owner, "/", login));
}

Reply list_collaborators(Context& context) {
  if (context.role < model::Role::write) return errors::must_have_push_access_to_view_collaborators();
  const std::string_view affiliation = lenient_choice(context, "affiliation", {"all", "outside", "direct"});
  const auto least =
      model::role_from(lenient_choice(context, "permission", {"pull", "triage", "push", "maintain", "admin"}));
  std::vector<std::string> logins;
  for (std::string& login : model::collaborator_logins(context.world, context.repository->id)) {
    if (model::permission_of(context.world, context.repository->id, login) < least) continue;
    if (affiliation == "outside" && !is_outside(context, login)) continue;
    const bool direct = model::find_collaborator(context.world, context.repository->id, login) ||
                        text::equals_ignore_case(login, context.repository->owner);
    if (affiliation == "direct" && !direct) continue;
    logins.push_back(std::move(login));
  }
  return list_answer(context, logins, [&](JsonWriter& json, const std::string& login) {
    write_collaborator(json, context, *model::user_or_stranger(context.world, login),
                       model::permission_of(context.world, context.repository->id, login));
  });
}

Reply check_collaborator(Context& context) {
  if (context.role < model::Role::write) return errors::must_have_push_access_to_view_collaborators();
  if (!model::is_collaborator(context.world, context.repository->id, context.path[2])) return errors::not_found();
  return no_content();
}

Reply get_permission_level(Context& context) {
  if (context.role < model::Role::write) return errors::must_have_push_access_to_view_collaborators();
  const std::string_view login = context.path[2];
  const bool known =
      model::find_user(context.world, login) || model::find_collaborator(context.world, context.repository->id, login);
  if (!known) return errors::not_found();
  const model::Role role = model::permission_of(context.world, context.repository->id, login);
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("permission", classic_level(role));
    json.key("user");
    write_collaborator(json, context, *model::user_or_stranger(context.world, login), role);
    json.field("role_name", model::role_name(role)).end_object();
  });
}

Reply add_collaborator(Context& context) {
  const std::string permission = context.body.text("permission", "push");
  const std::optional<model::Role> role = model::role_from(permission);
  if (!role || *role == model::Role::none) return errors::invalid_value("Repository", "permission", permission);
  if (!model::is_valid_login(context.path[2])) return errors::not_found();
  const auto added = model::add_collaborator(context.action, context.repository->id, context.path[2], *role);
  if (!added) return added.refusal();
  if (!added->created) return no_content();
  return json_answer(201, [&](JsonWriter& json) { write_invitation(json, context, *added->row); });
}

Reply remove_collaborator(Context& context) {
  const auto refusal = model::remove_collaborator(context.action, context.repository->id, context.path[2]);
  return no_content_unless(refusal);
}

constexpr std::string_view kCollaborator = "/repos/{owner}/{repo}/collaborators/{username}";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/collaborators",
     .operation = "repos/list-collaborators",
     .docs = "collaborators/collaborators#list-repository-collaborators",
     .tools = {"list_repository_collaborators", "list_collaborators"},
     .handle = list_collaborators},
    {.method = Method::get,
     .path = kCollaborator,
     .operation = "repos/check-collaborator",
     .docs = "collaborators/collaborators#check-if-a-user-is-a-repository-collaborator",
     .handle = check_collaborator},
    {.method = Method::put,
     .path = kCollaborator,
     .operation = "repos/add-collaborator",
     .docs = "collaborators/collaborators#add-a-repository-collaborator",
     .access = Access::admin,
     .tools = {"add_collaborator"},
     .body = {kAddCollaborator},
     .handle = add_collaborator},
    {.method = Method::del,
     .path = kCollaborator,
     .operation = "repos/remove-collaborator",
     .docs = "collaborators/collaborators#remove-a-repository-collaborator",
     .handle = remove_collaborator},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/collaborators/{username}/permission",
     .operation = "repos/get-collaborator-permission-level",
     .docs = "collaborators/collaborators#get-repository-permissions-for-a-user",
     .handle = get_permission_level},
};

}  // namespace

std::span<const Route> collaborator_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
