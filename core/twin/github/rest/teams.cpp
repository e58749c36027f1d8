#include <algorithm>
#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

/// Members of the organization see its closed teams; secret ones are for their members and for owners.
bool sees_team(const Context& context, const model::User& organization, const model::Team& team) {
  const model::Membership* own = model::membership_of(context.world, organization.login, context.call.login);
  if (!own) return false;
  return !team.secret || own->owner || model::is_member(team, context.call.login);
}

/// The members team and team-full share.
void write_team_members(JsonWriter& json, const Context& context, const model::User& organization,
                        const model::Team& team, model::Role role) {
  const std::string url = text::cat(context.call.base_url, "/organizations/", organization.id, "/team/", team.id);
  json.field("name", team.name).field("id", team.id).field("node_id", model::node_id("T", organization.id, team.id));
  json.field("slug", team.slug).field("description", team.description);
  json.field("privacy", team.secret ? "secret" : "closed").field("notification_setting", "notifications_enabled");
  link(json, "url", url);
  link(json, "html_url", kWeb, "/orgs/", organization.login, "/teams/", team.slug);
  link(json, "members_url", url, "/members{/member}");
  link(json, "repositories_url", url, "/repos");
  json.field("type", "organization").field("organization_id", organization.id);
  json.field("permission", model::permission_word(role)).null_field("parent");
}

/// team with what a role in a repository lets it do.
void write_team_with_role(JsonWriter& json, const Context& context, const model::User& organization,
                          const model::Team& team, model::Role role) {
  json.begin_object();
  write_team_members(json, context, organization, team, role);
  json.key("permissions");
  write_permissions(json, role);
  json.field("access_source", "direct").end_object();
}

Reply list_teams(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  if (!model::membership_of(context.world, organization->login, context.call.login)) {
    return errors::must_be_a_member(organization->login);
  }
  std::vector<model::TeamPtr> rows = model::teams_of(context.world, organization->id);
  const bool none = lenient_choice(context, "team_type", {"all", "enterprise", "organization"}) == "enterprise";
  std::erase_if(rows, [&](const model::TeamPtr& row) { return none || !sees_team(context, *organization, *row); });
  return list_answer(context, rows, [&](JsonWriter& json, const model::TeamPtr& row) {
    write_team_with_role(json, context, *organization, *row, model::Role::read);
  });
}

/// The team of the path, as far as the actor sees it.
model::TeamPtr team_at(const Context& context) {
  const model::UserPtr organization = organization_at(context);
  model::TeamPtr team = organization ? model::find_team(context.world, organization->id, context.path[1]) : nullptr;
  return team && sees_team(context, *organization, *team) ? team : nullptr;
}

void write_team_organization(JsonWriter& json, const Context& context, const model::User& organization) {
  std::int64_t repositories = 0;
  for (const auto& entry : context.world.repositories_by_id) {
    const model::Repository& row = *entry.row;
    if (!row.is_private && text::equals_ignore_case(row.owner, organization.login)) ++repositories;
  }
  json.key("organization").begin_object();
  write_organization_members(json, context, organization);
  json.field("name", organization.name.value_or(organization.login)).field("is_verified", false);
  json.field("has_organization_projects", true).field("has_repository_projects", true);
  json.field("public_repos", repositories).field("public_gists", 0).field("followers", 0).field("following", 0);
  link(json, "html_url", kWeb, "/", organization.login);
  write_time(json, "created_at", organization.created_at);
  write_time(json, "updated_at", organization.updated_at);
  json.null_field("archived_at").field("type", "Organization").end_object();
}

Reply get_team(Context& context) {
  const model::UserPtr organization = organization_at(context);
  const model::TeamPtr team = team_at(context);
  if (!team) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_team_members(json, context, *organization, *team, model::Role::read);
    write_time(json, "created_at", team->created_at);
    write_time(json, "updated_at", team->updated_at);
    json.field("members_count", team->members.size()).field("repos_count", team->repositories.size());
    write_team_organization(json, context, *organization);
    json.end_object();
  });
}

/// Owners of the organization count as maintainers of all its teams.
Reply list_members(Context& context) {
  const model::UserPtr organization = organization_at(context);
  const model::TeamPtr team = team_at(context);
  if (!team) return errors::not_found();
  const std::string_view role = lenient_choice(context, "role", {"all", "member", "maintainer"});
  std::vector<model::TeamMember> rows = team->members;
  for (model::TeamMember& row : rows) {
    const model::Membership* membership = model::membership_of(context.world, organization->login, row.login);
    row.maintainer = row.maintainer || (membership && membership->owner);
  }
  std::erase_if(
      rows, [&](const model::TeamMember& row) { return role != "all" && row.maintainer != (role == "maintainer"); });
  return list_answer(context, rows, [&](JsonWriter& json, const model::TeamMember& row) {
    json.begin_object();
    write_user_members(json, context, *model::user_or_stranger(context.world, row.login));
    json.field("role", row.maintainer ? "maintainer" : "member").field("inherited", false).end_object();
  });
}

Reply list_repositories(Context& context) {
  const model::TeamPtr team = team_at(context);
  if (!team) return errors::not_found();
  std::vector<model::RepositoryPtr> rows;
  for (const model::TeamRepository& entry : team->repositories) {
    const model::RepositoryPtr row = context.world.repositories_by_id.get(entry.repo);
    if (row && model::permission_of(context.world, row->id, context.call.login) != model::Role::none) {
      rows.push_back(row);
    }
  }
  return list_answer(context, rows, [&](JsonWriter& json, const model::RepositoryPtr& row) {
    write_repository(json, context, *row, Detail::minimal);
  });
}

Reply list_repository_teams(Context& context) {
  const model::UserPtr organization = model::find_user(context.world, context.repository->owner);
  std::vector<model::TeamPtr> rows;
  if (organization) rows = model::teams_of(context.world, organization->id);
  std::erase_if(rows, [&](const model::TeamPtr& row) {
    return model::role_of(*row, context.repo()) == model::Role::none || !sees_team(context, *organization, *row);
  });
  return list_answer(context, rows, [&](JsonWriter& json, const model::TeamPtr& row) {
    write_team_with_role(json, context, *organization, *row, model::role_of(*row, context.repo()));
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/orgs/{org}/teams",
     .operation = "teams/list",
     .docs = "teams/teams#list-teams",
     .access = Access::account,
     .tools = {"get_teams"},
     .handle = list_teams},
    {.method = Method::get,
     .path = "/orgs/{org}/teams/{team_slug}",
     .operation = "teams/get-by-name",
     .docs = "teams/teams#get-a-team-by-name",
     .access = Access::account,
     .handle = get_team},
    {.method = Method::get,
     .path = "/orgs/{org}/teams/{team_slug}/members",
     .operation = "teams/list-members-in-org",
     .docs = "teams/members#list-team-members",
     .access = Access::account,
     .tools = {"get_team_members"},
     .handle = list_members},
    {.method = Method::get,
     .path = "/orgs/{org}/teams/{team_slug}/repos",
     .operation = "teams/list-repos-in-org",
     .docs = "teams/teams#list-team-repositories",
     .access = Access::account,
     .handle = list_repositories},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/teams",
     .operation = "repos/list-teams",
     .docs = "repos/repos#list-repository-teams",
     .handle = list_repository_teams},
};

}  // namespace

void write_team(JsonWriter& json, const Context& context, const model::Team& team) {
  json.begin_object();
  write_team_members(json, context, *model::user_or_stranger(context.world, context.repository->owner), team,
                     model::Role::read);
  json.end_object();
}

std::span<const Route> team_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
