#include <algorithm>

#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/search.h"
#include "core/twin/github/rest/shapes.h"

/// Search for people and organizations.
namespace pome::twin::github::rest {

namespace {

using model::SearchNode;

constexpr SearchQualifier kQualifiers[] = {
    {"created", SearchValue::date},
    {"followers", SearchValue::number},
    {"fullname"},
    {"in"},
    {"language"},
    {"location"},
    {"org", SearchValue::person},
    {"repos", SearchValue::number},
    {"type"},
    {"user", SearchValue::person},
};
constexpr std::string_view kSorts[] = {"followers", "repositories", "joined"};

std::int64_t public_repositories(const model::World& world, std::string_view login) {
  std::int64_t count = 0;
  for (const auto& entry : world.repositories_by_id) {
    if (!entry.row->is_private && text::equals_ignore_case(entry.row->owner, login)) ++count;
  }
  return count;
}

/// Whether most of a public repository of theirs is written in that language.
bool writes_in(const model::World& world, const model::User& row, std::string_view language) {
  return std::any_of(world.repositories_by_id.begin(), world.repositories_by_id.end(), [&](const auto& entry) {
    return !entry.row->is_private && text::equals_ignore_case(entry.row->owner, row.login) &&
           text::equals_ignore_case(file_facts(world, *entry.row).language, language);
  });
}

struct Places {
  bool login = true;
  bool name = true;
};

bool term_holds(const model::World& world, const model::User& row, const SearchNode& term, const Places& places) {
  if (term.kind == SearchNode::Kind::text) {
    return (places.login && text::contains_ignore_case(row.login, term.value)) ||
           (places.name && row.name && model::find_tokens(*row.name, term.tokens));
  }
  if (term.name == "type") {
    const bool organization = row.type == model::UserType::organization;
    return organization ? term.value == "org" || term.value == "organization" : term.value == "user";
  }
  if (term.name == "created") return term.range.holds(row.created_at);
  if (term.name == "followers") return term.range.holds(model::follower_count(world, row.login));
  if (term.name == "location") return row.location && text::contains_ignore_case(*row.location, term.value);
  if (term.name == "repos") return term.range.holds(public_repositories(world, row.login));
  if (term.name == "language") return writes_in(world, row, term.value);
  if (term.name == "fullname") return row.name && text::contains_ignore_case(*row.name, term.value);
  if (term.name == "in") return true;
  return text::equals_ignore_case(row.login, term.value);
}

struct Hit {
  model::UserPtr row;
  std::int64_t rank = 0;
};

std::int64_t rank_of(const model::World& world, const Search& search, const model::User& row) {
  if (search.sort == "repositories") return public_repositories(world, row.login);
  if (search.sort == "joined") return row.created_at;
  return search.sort == "followers" ? model::follower_count(world, row.login) : name_score(search.texts(), row.login);
}

Reply search_users(Context& context) {
  const Search search = read_search(context, kQualifiers, kSorts);
  if (context.refusal) return errors::not_found();
  const Places places{search.looks_in("login", true), search.looks_in("name", true)};
  std::vector<Hit> hits;
  for (const auto& entry : context.world.users) {
    const bool fits = model::satisfies(
        search.root, [&](const SearchNode& term) { return term_holds(context.world, *entry.row, term, places); });
    if (fits) hits.push_back({entry.row, rank_of(context.world, search, *entry.row)});
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [&](const Hit& a, const Hit& b) { return search.descending ? a.rank > b.rank : a.rank < b.rank; });
  return search_page(context, hits.size(), [&](JsonWriter& json, std::size_t i) {
    const model::User& row = *hits[i].row;
    const std::string_view name = row.name ? std::string_view(*row.name) : std::string_view();
    const FoundObject found{
        text::cat(context.call.base_url, "/users/", row.login), "User", {{"login", row.login}, {"name", name}}};
    write_found(json, search, found, [&](JsonWriter& inner) { write_user(inner, context, row.login); });
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/search/users",
     .operation = "search/users",
     .docs = "search/search#search-users",
     .access = Access::account,
     .tools = {"search_users", "search_orgs"},
     .handle = search_users},
};

}  // namespace

std::span<const Route> search_people_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
