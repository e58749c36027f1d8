#include <algorithm>
#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Organizations and who belongs to them. Every membership is public in the twin.
namespace pome::twin::github::rest {

namespace {

void optional_field(JsonWriter& json, std::string_view name, const std::optional<std::string>& value) {
  if (value) json.field(name, *value);
}

const model::Membership* own_membership(const Context& context, const model::User& organization) {
  return model::membership_of(context.world, organization.login, context.call.login);
}

struct OrganizationCounts {
  std::int64_t open_to_all = 0;
  std::int64_t closed = 0;
};

OrganizationCounts counts_of(const model::World& world, const model::User& organization) {
  OrganizationCounts counts;
  for (const auto& entry : world.repositories_by_id) {
    if (!text::equals_ignore_case(entry.row->owner, organization.login)) continue;
    ++(entry.row->is_private ? counts.closed : counts.open_to_all);
  }
  return counts;
}

/// What only owners see.
void write_owner_part(JsonWriter& json, const model::User& organization, const OrganizationCounts& counts) {
  json.field("total_private_repos", counts.closed).field("owned_private_repos", counts.closed);
  json.field("private_gists", 0).field("default_repository_permission", model::role_name(organization.base_permission));
  json.field("members_can_create_repositories", true).field("two_factor_requirement_enabled", false);
  json.raw_field("plan", R"({"name":"free","space":976562499,"private_repos":10000})");
}

Reply get_organization(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  const OrganizationCounts counts = counts_of(context.world, *organization);
  const model::Membership* membership = own_membership(context, *organization);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_organization_members(json, context, *organization);
    json.field("name", organization->name.value_or(organization->login));
    optional_field(json, "company", organization->company);
    optional_field(json, "blog", organization->blog);
    optional_field(json, "location", organization->location);
    optional_field(json, "email", organization->email);
    json.null_field("twitter_username").field("is_verified", false).field("has_organization_projects", true);
    json.field("has_repository_projects", true).field("public_repos", counts.open_to_all).field("public_gists", 0);
    json.field("followers", model::follower_count(context.world, organization->login)).field("following", 0);
    link(json, "html_url", kWeb, "/", organization->login);
    write_time(json, "created_at", organization->created_at);
    write_time(json, "updated_at", organization->updated_at);
    json.null_field("archived_at").field("type", "Organization");
    if (membership && membership->owner) write_owner_part(json, *organization, counts);
    json.end_object();
  });
  reply.modified_at(organization->updated_at);
  return reply;
}

/// The organizations a login belongs to.
Reply organizations_of(const Context& context, std::string_view login) {
  std::vector<model::UserPtr> rows;
  for (const auto& entry : context.world.users) {
    const bool organization = entry.row->type == model::UserType::organization;
    if (organization && model::membership_of(context.world, entry.row->login, login)) rows.push_back(entry.row);
  }
  return list_answer(context, rows, [&](JsonWriter& json, const model::UserPtr& row) {
    json.begin_object();
    write_organization_members(json, context, *row);
    json.end_object();
  });
}

Reply list_own(Context& context) { return organizations_of(context, context.call.login); }

Reply list_for_user(Context& context) {
  if (!model::find_user(context.world, context.path[0])) return errors::not_found();
  return organizations_of(context, context.path[0]);
}

Reply member_page(const Context& context, const model::User& organization, std::string_view role) {
  std::vector<std::string_view> rows;
  for (const auto& entry : context.world.memberships) {
    const model::Membership& row = *entry.row;
    if (!text::equals_ignore_case(row.organization, organization.login)) continue;
    if (role == "all" || row.owner == (role == "admin")) rows.push_back(row.login);
  }
  return list_answer(context, rows,
                     [&](JsonWriter& json, std::string_view login) { write_user(json, context, login); });
}

/// Everybody in the twin has two-factor authentication: the filters for those without find nobody.
Reply list_members(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  const std::string_view role = choice(context, "role", {"all", "admin", "member"}, "Member");
  const std::string_view filter = choice(context, "filter", {"all", "2fa_disabled", "2fa_insecure"}, "Member");
  if (filter == "all") return member_page(context, *organization, role);
  const model::Membership* own = own_membership(context, *organization);
  if (!own || !own->owner) return errors::unprocessable("Only owners can use this filter.");
  return list_page(context, 0, [](JsonWriter&, std::size_t) {});
}

Reply list_public_members(Context& context) {
  const model::UserPtr organization = organization_at(context);
  return organization ? member_page(context, *organization, "all") : Reply(errors::not_found());
}

/// Outsiders are sent to the public list.
Reply check_member(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  if (!own_membership(context, *organization)) {
    return redirect(text::cat(context.call.base_url, "/orgs/", organization->login, "/public_members/",
                              encoded_segment(context.path[1])));
  }
  const bool member = model::membership_of(context.world, organization->login, context.path[1]) != nullptr;
  return member ? no_content() : Reply(errors::not_found());
}

Reply check_public_member(Context& context) {
  const model::UserPtr organization = organization_at(context);
  const bool member = organization && model::membership_of(context.world, organization->login, context.path[1]);
  return member ? no_content() : Reply(errors::not_found());
}

Reply get_membership(Context& context) {
  const model::UserPtr organization = organization_at(context);
  if (!organization) return errors::not_found();
  if (!own_membership(context, *organization)) return errors::must_be_a_member(organization->login);
  const model::Membership* row = model::membership_of(context.world, organization->login, context.path[1]);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) {
    const std::string url = text::cat(context.call.base_url, "/orgs/", organization->login);
    json.begin_object();
    link(json, "url", url, "/memberships/", row->login);
    json.field("state", "active").field("role", row->owner ? "admin" : "member").field("direct_membership", true);
    json.raw_field("enterprise_teams_providing_indirect_membership", "[]");
    link(json, "organization_url", url);
    write_user_or_null(json, context, "user", row->login);
    json.key("organization").begin_object();
    write_organization_members(json, context, *organization);
    json.end_object().end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/orgs/{org}",
     .operation = "orgs/get",
     .docs = "orgs/orgs#get-an-organization",
     .access = Access::account,
     .handle = get_organization},
    {.method = Method::get,
     .path = "/user/orgs",
     .operation = "orgs/list-for-authenticated-user",
     .docs = "orgs/orgs#list-organizations-for-the-authenticated-user",
     .access = Access::account,
     .handle = list_own},
    {.method = Method::get,
     .path = "/users/{username}/orgs",
     .operation = "orgs/list-for-user",
     .docs = "orgs/orgs#list-organizations-for-a-user",
     .access = Access::account,
     .handle = list_for_user},
    {.method = Method::get,
     .path = "/orgs/{org}/members",
     .operation = "orgs/list-members",
     .docs = "orgs/members#list-organization-members",
     .access = Access::account,
     .handle = list_members},
    {.method = Method::get,
     .path = "/orgs/{org}/public_members",
     .operation = "orgs/list-public-members",
     .docs = "orgs/members#list-public-organization-members",
     .access = Access::account,
     .handle = list_public_members},
    {.method = Method::get,
     .path = "/orgs/{org}/members/{username}",
     .operation = "orgs/check-membership-for-user",
     .docs = "orgs/members#check-organization-membership-for-a-user",
     .access = Access::account,
     .handle = check_member},
    {.method = Method::get,
     .path = "/orgs/{org}/public_members/{username}",
     .operation = "orgs/check-public-membership-for-user",
     .docs = "orgs/members#check-public-organization-membership-for-a-user",
     .access = Access::account,
     .handle = check_public_member},
    {.method = Method::get,
     .path = "/orgs/{org}/memberships/{username}",
     .operation = "orgs/get-membership-for-user",
     .docs = "orgs/members#get-organization-membership-for-a-user",
     .access = Access::account,
     .handle = get_membership},
};

}  // namespace

model::UserPtr organization_at(const Context& context) {
  model::UserPtr row = model::find_user(context.world, context.path[0]);
  return row && row->type == model::UserType::organization ? row : nullptr;
}

void write_organization_members(JsonWriter& json, const Context& context, const model::User& organization) {
  const std::string url = text::cat(context.call.base_url, "/orgs/", organization.login);
  json.field("login", organization.login).field("id", organization.id);
  json.field("node_id", model::node_id("O", 0, organization.id));
  link(json, "url", url);
  link(json, "repos_url", url, "/repos");
  link(json, "events_url", url, "/events");
  link(json, "hooks_url", url, "/hooks");
  link(json, "issues_url", url, "/issues");
  link(json, "members_url", url, "/members{/member}");
  link(json, "public_members_url", url, "/public_members{/member}");
  link(json, "avatar_url", "https://avatars.githubusercontent.com/u/", organization.id, "?v=4");
  json.field("description", organization.bio);
}

std::span<const Route> organization_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
