#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Invitations to repositories, from both ends.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 5> kRoles = {"read", "write", "maintain", "triage", "admin"};
constexpr Field kUpdateInvitation[] = {one_of(optional("permissions"), kRoles)};

Reply invitation_list(const Context& context, const std::vector<model::CollaboratorPtr>& rows) {
  return list_answer(context, rows, [&](JsonWriter& json, const model::CollaboratorPtr& row) {
    write_invitation(json, context, *row);
  });
}

Reply list_invitations(Context& context) {
  return invitation_list(context, model::invitations_of(context.world, context.repo()));
}

Reply list_own_invitations(Context& context) {
  return invitation_list(context, model::invitations_for(context.world, context.call.login));
}

Reply update_invitation(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto permissions = context.body.text("permissions");
  const auto updated = model::update_invitation(context.action, context.repo(), *id,
                                                permissions ? model::role_from(*permissions) : std::nullopt);
  if (!updated) return updated.refusal();
  return json_answer(200, [&](JsonWriter& json) { write_invitation(json, context, **updated); });
}

Reply delete_invitation(Context& context) {
  const auto id = context.number(2);
  if (!id) return errors::not_found();
  const auto refusal = model::delete_invitation(context.action, context.repo(), *id);
  return no_content_unless(refusal);
}

Reply accept_invitation(Context& context) {
  const auto id = context.number(0);
  if (!id) return errors::not_found();
  const auto refusal = model::accept_invitation(context.action, *id);
  return no_content_unless(refusal);
}

Reply decline_invitation(Context& context) {
  const auto id = context.number(0);
  if (!id) return errors::not_found();
  const auto refusal = model::decline_invitation(context.action, *id);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/invitations",
     .operation = "repos/list-invitations",
     .docs = "collaborators/invitations#list-repository-invitations",
     .access = Access::admin,
     .handle = list_invitations},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/invitations/{invitation_id}",
     .operation = "repos/update-invitation",
     .docs = "collaborators/invitations#update-a-repository-invitation",
     .access = Access::admin,
     .body = {kUpdateInvitation},
     .handle = update_invitation},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/invitations/{invitation_id}",
     .operation = "repos/delete-invitation",
     .docs = "collaborators/invitations#delete-a-repository-invitation",
     .access = Access::admin,
     .handle = delete_invitation},
    {.method = Method::get,
     .path = "/user/repository_invitations",
     .operation = "repos/list-invitations-for-authenticated-user",
     .docs = "collaborators/invitations#list-repository-invitations-for-the-authenticated-user",
     .access = Access::account,
     .handle = list_own_invitations},
    {.method = Method::patch,
     .path = "/user/repository_invitations/{invitation_id}",
     .operation = "repos/accept-invitation-for-authenticated-user",
     .docs = "collaborators/invitations#accept-a-repository-invitation",
     .access = Access::account,
     .handle = accept_invitation},
    {.method = Method::del,
     .path = "/user/repository_invitations/{invitation_id}",
     .operation = "repos/decline-invitation-for-authenticated-user",
     .docs = "collaborators/invitations#decline-a-repository-invitation",
     .access = Access::account,
     .handle = decline_invitation},
};

}  // namespace

void write_invitation(JsonWriter& json, const Context& context, const model::Collaborator& row) {
  const model::RepositoryPtr repository = context.world.repositories_by_id.get(row.repo);
  if (!repository) return;
  json.begin_object();
  json.field("id", row.invitation_id).field("node_id", model::node_id("RI", row.repo, row.invitation_id));
  json.key("repository");
  write_repository(json, context, *repository, Detail::minimal);
  write_user_or_null(json, context, "invitee", row.login);
  write_user_or_null(json, context, "inviter", row.invited_by);
  json.field("permissions", model::role_name(row.role));
  write_time(json, "created_at", row.created_at);
  json.field("expired", model::is_expired(context.world, row));
  link(json, "url", context.call.base_url, "/user/repository_invitations/", row.invitation_id);
  link(json, "html_url", kWeb, "/", repository->owner, "/", repository->name, "/invitations");
  json.end_object();
}

std::span<const Route> invitation_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
