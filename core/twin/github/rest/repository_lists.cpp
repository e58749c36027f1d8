#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Lists of repositories: of the actor, of a user, of an organization, of a fork network.
namespace pome::twin::github::rest {

namespace {

using Rows = std::vector<model::RepositoryPtr>;

/// Sorted as asked: names ascend and dates descend unless `direction` says otherwise.
Reply repository_page(const Context& context, Rows rows, std::string_view sort, Detail detail) {
  const bool by_name = sort == "full_name";
  const std::string_view direction = by_name ? lenient_choice(context, "direction", {"asc", "desc"})
                                             : lenient_choice(context, "direction", {"desc", "asc"});
  const auto date = [&](const model::Repository& row) {
    if (sort == "updated") return row.updated_at;
    return sort == "pushed" ? row.pushed_at : row.created_at;
  };
  sort_stably(rows, [&](const model::RepositoryPtr& a, const model::RepositoryPtr& b) {
    const model::Repository& first = direction == "desc" ? *b : *a;
    const model::Repository& second = direction == "desc" ? *a : *b;
    if (by_name) return text::compare_ignore_case(first.full_name(), second.full_name()) < 0;
    return date(first) != date(second) ? date(first) < date(second) : first.id < second.id;
  });
  return list_answer(context, rows, [&](JsonWriter& json, const model::RepositoryPtr& row) {
    write_repository(json, context, *row, detail);
  });
}

/// How the actor comes to a repository.
std::string_view affiliation_with(const Context& context, const model::Repository& row) {
  if (text::equals_ignore_case(row.owner, context.call.login)) return "owner";
  if (context.world.memberships.find(text::cat(row.owner, "/", context.call.login))) return "organization_member";
  return model::is_collaborator(context.world, row.id, context.call.login) ? "collaborator" : "none";
}

struct OwnFilter {
  std::string_view visibility;
  std::vector<std::string_view> affiliation;
  std::string_view type;
  std::optional<model::Time> since;
  std::optional<model::Time> before;
};

bool passes(const Context& context, const OwnFilter& filter, const model::Repository& row) {
  const std::string_view affiliation = affiliation_with(context, row);
  if (affiliation == "none") return false;
  if (std::find(filter.affiliation.begin(), filter.affiliation.end(), affiliation) == filter.affiliation.end()) {
    return false;
  }
  if (filter.visibility != "all" && row.is_private != (filter.visibility == "private")) return false;
  if ((filter.type == "public" && row.is_private) || (filter.type == "private" && !row.is_private)) return false;
  if (filter.type == "owner" && affiliation != "owner") return false;
  if (filter.type == "member" && affiliation == "owner") return false;
  if (filter.since && row.updated_at < *filter.since) return false;
  return !filter.before || row.updated_at <= *filter.before;
}

Reply list_for_authenticated_user(Context& context) {
  if (context.query.get("type") && (context.query.get("visibility") || context.query.get("affiliation"))) {
    return errors::unprocessable("If you specify visibility or affiliation, you cannot specify type.");
  }
  const auto visibility = choice(context, "visibility", {"all", "public", "private"}, "Search");
  const auto type = choice(context, "type", {"all", "owner", "public", "private", "member"}, "Search");
  const auto sort = choice(context, "sort", {"full_name", "created", "updated", "pushed"}, "Search");
  const auto since = instant(context, "since", "Search");
  const auto before = instant(context, "before", "Search");
  OwnFilter filter{visibility, comma_list(context, "affiliation"), type, since, before};
  if (filter.affiliation.empty()) filter.affiliation = {"owner", "collaborator", "organization_member"};
  Rows rows = model::visible_repositories(context.world, context.call.login, {});
  std::erase_if(rows, [&](const model::RepositoryPtr& row) { return !passes(context, filter, *row); });
  return repository_page(context, std::move(rows), sort, Detail::normal);
}

/// Public repositories only, whoever asks.
Reply list_for_user(Context& context) {
  const std::string_view login = context.path[0];
  if (!model::find_user(context.world, login) && !text::equals_ignore_case(login, context.call.login)) {
    return errors::not_found();
  }
  const std::string_view type = lenient_choice(context, "type", {"owner", "all", "member"});
  const std::string_view sort = lenient_choice(context, "sort", {"full_name", "created", "updated", "pushed"});
  Rows rows = model::visible_repositories(context.world, context.call.login, {});
  std::erase_if(rows, [&](const model::RepositoryPtr& row) {
    if (row->is_private) return true;
    const bool owner = text::equals_ignore_case(row->owner, login);
    const bool member = !owner && model::is_collaborator(context.world, row->id, login);
    return !((type != "member" && owner) || (type != "owner" && member));
  });
  return repository_page(context, std::move(rows), sort, Detail::minimal);
}

/// The repositories made from this one that the actor may see.
Reply list_forks(Context& context) {
  const std::string_view sort = choice(context, "sort", {"newest", "oldest", "stargazers", "watchers"}, "Fork");
  Rows rows = model::visible_repositories(context.world, context.call.login, {});
  std::erase_if(rows, [&](const model::RepositoryPtr& row) { return row->parent != context.repo(); });
  sort_stably(rows, [&](const model::RepositoryPtr& a, const model::RepositoryPtr& b) {
    return sort == "oldest" ? a->id < b->id : a->id > b->id;
  });
  return list_answer(context, rows, [&](JsonWriter& json, const model::RepositoryPtr& row) {
    write_repository(json, context, *row, Detail::minimal);
  });
}

Reply list_for_org(Context& context) {
  const model::UserPtr organization = model::find_user(context.world, context.path[0]);
  if (!organization || organization->type != model::UserType::organization) return errors::not_found();
  const std::string_view type =
      lenient_choice(context, "type", {"all", "public", "private", "forks", "sources", "member"});
  const std::string_view sort = lenient_choice(context, "sort", {"created", "updated", "pushed", "full_name"});
  Rows rows = model::visible_repositories(context.world, context.call.login, organization->login);
  std::erase_if(rows, [&](const model::RepositoryPtr& row) {
    if (type == "public") return row->is_private;
    if (type == "private") return !row->is_private;
    if (type == "forks") return row->parent == 0;
    if (type == "sources") return row->parent != 0;
    return type == "member" && !model::is_collaborator(context.world, row->id, context.call.login);
  });
  return repository_page(context, std::move(rows), sort, Detail::minimal);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/user/repos",
     .operation = "repos/list-for-authenticated-user",
     .docs = "repos/repos#list-repositories-for-the-authenticated-user",
     .access = Access::account,
     .handle = list_for_authenticated_user},
    {.method = Method::get,
     .path = "/users/{username}/repos",
     .operation = "repos/list-for-user",
     .docs = "repos/repos#list-repositories-for-a-user",
     .access = Access::account,
     .handle = list_for_user},
    {.method = Method::get,
     .path = "/orgs/{org}/repos",
     .operation = "repos/list-for-org",
     .docs = "repos/repos#list-organization-repositories",
     .access = Access::account,
     .handle = list_for_org},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/forks",
     .operation = "repos/list-forks",
     .docs = "repos/forks#list-forks",
     .handle = list_forks},
};

}  // namespace

std::span<const Route> repository_list_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
