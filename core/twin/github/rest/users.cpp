#include <algorithm>

#include "core/base/sort.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/listing.h"
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

struct PersonCounts {
  std::int64_t public_gists = 0;
  std::int64_t secret_gists = 0;
  std::int64_t followers = 0;
};

bool follows(const model::User& user, std::string_view login) {
  return std::any_of(user.following.begin(), user.following.end(),
                     [&](const std::string& followed) { return text::equals_ignore_case(followed, login); });
}

PersonCounts person_counts(const model::World& world, std::string_view login) {
  PersonCounts counts;
  for (const model::GistPtr& gist : model::gists_of(world, login, login)) {
    ++(gist->is_public ? counts.public_gists : counts.secret_gists);
  }
  counts.followers = model::follower_count(world, login);
  return counts;
}

/// What public-user and private-user share. Profile texts nobody set are null.
void write_profile(JsonWriter& json, const Context& context, const model::User& user, const RepositoryCounts& counts,
                   const PersonCounts& people) {
  write_user_members(json, context, user);
  json.field("name", user.name).field("company", user.company).field("blog", user.blog.value_or(""));
  json.field("location", user.location).field("email", user.email).null_field("hireable").field("bio", user.bio);
  json.null_field("twitter_username").field("notification_email", user.email);
  json.field("public_repos", counts.open_to_all).field("public_gists", people.public_gists);
  json.field("followers", people.followers).field("following", user.following.size());
  write_time(json, "created_at", user.created_at);
  write_time(json, "updated_at", user.updated_at);
}

Reply get_authenticated(Context& context) {
  const model::UserPtr user = model::user_or_stranger(context.world, context.call.login);
  const RepositoryCounts counts = repository_counts(context.world, user->login);
  const PersonCounts people = person_counts(context.world, user->login);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_profile(json, context, *user, counts, people);
    json.field("private_gists", people.secret_gists).field("total_private_repos", counts.closed);
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
    write_profile(json, context, *user, repository_counts(context.world, user->login),
                  person_counts(context.world, user->login));
    json.end_object();
  });
  reply.modified_at(user->updated_at);
  return reply;
}

/// By id; `since` is the last id already seen, so the next page is named by it.
Reply list_users(Context& context) {
  const model::Id since = text::to_integer(context.query.get("since").value_or("")).value_or(0);
  std::vector<model::UserPtr> rows;
  for (const auto& entry : context.world.users) {
    if (entry.row->id > since) rows.push_back(entry.row);
  }
  sort_stably(rows, [](const auto& a, const auto& b) { return a->id < b->id; });
  const std::size_t size = page_of(context.query).size;
  const bool more = rows.size() > size;
  if (more) rows.resize(size);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_array();
    for (const model::UserPtr& row : rows) write_user(json, context, row->login);
    json.end_array();
  });
  if (more) {
    reply.link(
        text::cat("<", context.call.base_url, "/users?per_page=", size, "&since=", rows.back()->id, ">; rel=\"next\""));
  }
  return reply;
}

/// The address of the profile comes first; everybody has one at GitHub that hides it.
Reply list_emails(Context& context) {
  const model::UserPtr user = model::user_or_stranger(context.world, context.call.login);
  std::vector<std::string> rows;
  if (user->email) rows.push_back(*user->email);
  rows.push_back(text::cat(user->id, "+", user->login, "@users.noreply.github.com"));
  return list_page(context, rows.size(), [&](JsonWriter& json, std::size_t i) {
    const bool shown = user->email && i == 0;
    json.begin_object().field("email", rows[i]).field("primary", i == 0).field("verified", true);
    json.field("visibility", shown ? std::optional<std::string_view>("public") : std::nullopt).end_object();
  });
}

Reply list_followers(Context& context) {
  const model::UserPtr user = model::find_user(context.world, context.path[0]);
  if (!user) return errors::not_found();
  std::vector<std::string> rows;
  for (const auto& entry : context.world.users) {
    if (follows(*entry.row, user->login)) rows.push_back(entry.row->login);
  }
  return list_answer(context, rows,
                     [&](JsonWriter& json, const std::string& login) { write_user(json, context, login); });
}

Reply list_following(Context& context) {
  const model::UserPtr user = model::find_user(context.world, context.path[0]);
  if (!user) return errors::not_found();
  return list_answer(context, user->following,
                     [&](JsonWriter& json, const std::string& login) { write_user(json, context, login); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/users",
     .operation = "users/list",
     .docs = "users/users#list-users",
     .access = Access::account,
     .handle = list_users},
    {.method = Method::get,
     .path = "/user/emails",
     .operation = "users/list-emails-for-authenticated-user",
     .docs = "users/emails#list-email-addresses-for-the-authenticated-user",
     .access = Access::account,
     .handle = list_emails},
    {.method = Method::get,
     .path = "/users/{username}/followers",
     .operation = "users/list-followers-for-user",
     .docs = "users/followers#list-followers-of-a-user",
     .access = Access::account,
     .handle = list_followers},
    {.method = Method::get,
     .path = "/users/{username}/following",
     .operation = "users/list-following-for-user",
     .docs = "users/followers#list-the-people-a-user-follows",
     .access = Access::account,
     .handle = list_following},
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
