#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Stars and watching.
namespace pome::twin::github::rest {

namespace {

constexpr Field kWatch[] = {optional("subscribed", Type::flag), optional("ignored", Type::flag)};

/// The media type that adds the time of each star.
bool wants_times(const Context& context) {
  return text::contains(context.call.request.headers.get("accept").value_or(""), "github.v3.star") ||
         text::contains(context.call.request.headers.get("accept").value_or(""), "github.star");
}

Reply with_star_type(Reply reply, bool timed) {
  if (timed) reply.answer().media_type = "star";
  return reply;
}

Reply list_stargazers(Context& context) {
  const bool timed = wants_times(context);
  const std::vector<model::StarPtr> rows = model::stars_of(context.world, context.repo());
  return with_star_type(list_answer(context, rows,
                                    [&](JsonWriter& json, const model::StarPtr& row) {
                                      if (!timed) return write_user(json, context, row->login);
                                      json.begin_object();
                                      write_time(json, "starred_at", row->created_at);
                                      json.key("user");
                                      write_user(json, context, row->login);
                                      json.end_object();
                                    }),
                        timed);
}

struct Starred {
  model::RepositoryPtr repository;
  model::Time time = 0;
};

Reply starred_page(const Context& context, std::string_view login) {
  const bool by_update = lenient_choice(context, "sort", {"created", "updated"}) == "updated";
  const bool ascending = lenient_choice(context, "direction", {"desc", "asc"}) == "asc";
  const bool timed = wants_times(context);
  std::vector<Starred> rows;
  for (const model::RepositoryPtr& row : model::visible_repositories(context.world, context.call.login, {})) {
    if (const model::StarPtr star = model::find_star(context.world, row->id, login)) {
      rows.push_back({row, star->created_at});
    }
  }
  sort_stably(rows, [&](const Starred& a, const Starred& b) {
    const Starred& first = ascending ? a : b;
    const Starred& second = ascending ? b : a;
    return by_update ? first.repository->updated_at < second.repository->updated_at : first.time < second.time;
  });
  return with_star_type(list_answer(context, rows,
                                    [&](JsonWriter& json, const Starred& row) {
                                      if (!timed) {
                                        return write_repository(json, context, *row.repository, Detail::normal);
                                      }
                                      json.begin_object();
                                      write_time(json, "starred_at", row.time);
                                      json.key("repo");
                                      write_repository(json, context, *row.repository, Detail::normal);
                                      json.end_object();
                                    }),
                        timed);
}

Reply list_starred(Context& context) { return starred_page(context, context.call.login); }

Reply list_starred_by_user(Context& context) {
  if (!model::find_user(context.world, context.path[0])) return errors::not_found();
  return starred_page(context, context.path[0]);
}

model::RepositoryPtr repository_at(const Context& context) {
  return model::visible_repository(context.world, context.call.login, context.path[0], context.path[1]);
}

Reply check_star(Context& context) {
  const model::RepositoryPtr repository = repository_at(context);
  const bool starred = repository && model::find_star(context.world, repository->id, context.call.login);
  return starred ? no_content() : Reply(errors::not_found());
}

Reply star(Context& context) {
  const model::RepositoryPtr repository = repository_at(context);
  if (!repository) return errors::not_found();
  model::star_repository(context.action, repository->id);
  return no_content();
}

Reply unstar(Context& context) {
  const model::RepositoryPtr repository = repository_at(context);
  if (!repository) return errors::not_found();
  model::unstar_repository(context.action, repository->id);
  return no_content();
}

Reply list_watchers(Context& context) {
  const std::vector<model::WatchPtr> rows = model::watches_of(context.world, context.repo());
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::WatchPtr& row) { write_user(json, context, row->login); });
}

Reply list_watched(Context& context) {
  std::vector<model::RepositoryPtr> rows = model::visible_repositories(context.world, context.call.login, {});
  std::erase_if(rows, [&](const model::RepositoryPtr& row) {
    const model::WatchPtr watch = model::find_watch(context.world, row->id, context.call.login);
    return !watch || !watch->subscribed;
  });
  return list_answer(context, rows, [&](JsonWriter& json, const model::RepositoryPtr& row) {
    write_repository(json, context, *row, Detail::minimal);
  });
}

Reply watch_answer(const Context& context, const model::Watch& watch) {
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("subscribed", watch.subscribed).field("ignored", watch.ignored).null_field("reason");
    write_time(json, "created_at", watch.created_at);
    link(json, "url", api_url(context, *context.repository), "/subscription");
    link(json, "repository_url", api_url(context, *context.repository));
    json.end_object();
  });
}

Reply get_watch(Context& context) {
  const model::WatchPtr watch = model::find_watch(context.world, context.repo(), context.call.login);
  return watch ? watch_answer(context, *watch) : Reply(errors::not_found());
}

/// Ignoring a repository ends a subscription unless both are asked for.
Reply set_watch(Context& context) {
  const bool ignored = context.body.flag("ignored", false);
  const bool subscribed = context.body.flag("subscribed", !ignored);
  return watch_answer(context, *model::watch_repository(context.action, context.repo(), subscribed, ignored));
}

Reply delete_watch(Context& context) {
  model::unwatch_repository(context.action, context.repo());
  return no_content();
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/stargazers",
     .operation = "activity/list-stargazers-for-repo",
     .docs = "activity/starring#list-stargazers",
     .handle = list_stargazers},
    {.method = Method::get,
     .path = "/user/starred",
     .operation = "activity/list-repos-starred-by-authenticated-user",
     .docs = "activity/starring#list-repositories-starred-by-the-authenticated-user",
     .access = Access::account,
     .tools = {"list_starred_repositories"},
     .handle = list_starred},
    {.method = Method::get,
     .path = "/users/{username}/starred",
     .operation = "activity/list-repos-starred-by-user",
     .docs = "activity/starring#list-repositories-starred-by-a-user",
     .access = Access::account,
     .tools = {"list_starred_repositories"},
     .handle = list_starred_by_user},
    {.method = Method::get,
     .path = "/user/starred/{owner}/{repo}",
     .operation = "activity/check-repo-is-starred-by-authenticated-user",
     .docs = "activity/starring#check-if-a-repository-is-starred-by-the-authenticated-user",
     .access = Access::account,
     .handle = check_star},
    {.method = Method::put,
     .path = "/user/starred/{owner}/{repo}",
     .operation = "activity/star-repo-for-authenticated-user",
     .docs = "activity/starring#star-a-repository-for-the-authenticated-user",
     .access = Access::account,
     .tools = {"star_repository"},
     .handle = star},
    {.method = Method::del,
     .path = "/user/starred/{owner}/{repo}",
     .operation = "activity/unstar-repo-for-authenticated-user",
     .docs = "activity/starring#unstar-a-repository-for-the-authenticated-user",
     .access = Access::account,
     .tools = {"unstar_repository"},
     .handle = unstar},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/subscribers",
     .operation = "activity/list-watchers-for-repo",
     .docs = "activity/watching#list-watchers",
     .handle = list_watchers},
    {.method = Method::get,
     .path = "/user/subscriptions",
     .operation = "activity/list-watched-repos-for-authenticated-user",
     .docs = "activity/watching#list-repositories-watched-by-the-authenticated-user",
     .access = Access::account,
     .handle = list_watched},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/subscription",
     .operation = "activity/get-repo-subscription",
     .docs = "activity/watching#get-a-repository-subscription",
     .tools = {"manage_repository_notification_subscription"},
     .handle = get_watch},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/subscription",
     .operation = "activity/set-repo-subscription",
     .docs = "activity/watching#set-a-repository-subscription",
     .tools = {"manage_repository_notification_subscription"},
     .body = {kWatch},
     .handle = set_watch},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/subscription",
     .operation = "activity/delete-repo-subscription",
     .docs = "activity/watching#delete-a-repository-subscription",
     .tools = {"manage_repository_notification_subscription"},
     .handle = delete_watch},
};

}  // namespace

std::span<const Route> starring_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
