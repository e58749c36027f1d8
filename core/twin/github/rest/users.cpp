#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

struct RepositoryCounts {
  std::int64_t open_to_all = 0;
  std::int64_t closed = 0;
  std::int64_t kilobytes = 0;
  std::int64_t collaborators = 0;  ///< people with a role in the private ones
};

RepositoryCounts repository_counts(const model::World& world, std::string_view login) {
  RepositoryCounts counts;
  for (const auto& [id, row] : world.repositories_by_id) {
    if (!text::equals_ignore_case(row->owner, login)) continue;
    counts.kilobytes += file_facts(world, *row).kilobytes;
    if (!row->is_private) {
      ++counts.open_to_all;
      continue;
    }
    ++counts.closed;
    counts.collaborators += static_cast<std::int64_t>(model::collaborator_logins(world, row->id).size()) - 1;
  }
  return counts;
}

/// What public-user and private-user share. Profile texts nobody can set in the twin are null.
void write_profile(JsonWriter& json, const Context& context, const model::User& user, const RepositoryCounts& counts) {
  write_user_members(json, context, user);
  json.field("name", user.name).null_field("company").field("blog", "").null_field("location").null_field("email");
  json.null_field("hireable").null_field("bio").null_field("twitter_username").null_field("notification_email");
  json.field("public_repos", counts.open_to_all).field("public_gists", 0).field("followers", 0).field("following", 0);
  write_time(json, "created_at", user.created_at);
  write_time(json, "updated_at", user.updated_at);
}

Reply get_authenticated(Context& context) {
  const model::UserPtr user = model::user_or_stranger(context.world, context.call.login);
  const RepositoryCounts counts = repository_counts(context.world, user->login);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_profile(json, context, *user, counts);
    json.field("private_gists", 0).field("total_private_repos", counts.closed);
    json.field("owned_private_repos", counts.closed).field("disk_usage", counts.kilobytes);
    json.field("collaborators", counts.collaborators).field("two_factor_authentication", true);
    json.raw_field("plan", R"({"name":"free","space":976562499,"collaborators":0,"private_repos":10000})");
    json.end_object();
  });
  reply.modified_at(user->updated_at);
  return reply;
}

Reply get_by_username(Context& context) {
  const std::string_view login = context.path[0];
  const bool me = text::equals_ignore_case(login, context.call.login);
  if (!me && !model::find_user(context.world, login)) return errors::user_not_found();
  const model::UserPtr user = model::user_or_stranger(context.world, login);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_profile(json, context, *user, repository_counts(context.world, user->login));
    json.end_object();
  });
  reply.modified_at(user->updated_at);
  return reply;
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/user",
     .operation = "users/get-authenticated",
     .docs = "users/users#get-the-authenticated-user",
     .access = Access::account,
     .tools = {"get_me"},
     .handle = get_authenticated},
    {.method = Method::get,
     .path = "/users/{username}",
     .operation = "users/get-by-username",
     .docs = "users/users#get-a-user",
     .access = Access::account,
     .handle = get_by_username},
};

}  // namespace

std::span<const Route> user_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
