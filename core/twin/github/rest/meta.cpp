#include <algorithm>

#include "core/twin/github/rest/rate_limit.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// What GitHub tells about its interface itself.
namespace pome::twin::github::rest {

namespace {

void write_rate(JsonWriter& json, std::string_view name, const RateLimit& rate) {
  json.key(name).begin_object();
  json.field("limit", rate.limit).field("used", rate.used).field("remaining", rate.remaining());
  json.field("reset", rate.reset).end_object();
}

/// Families the twin lacks are untouched.
Reply get_rate_limit(Context& context) {
  const RateLimit core = rate_limit_before(context.world, context.call);
  const auto untouched = [&](std::int64_t limit) { return RateLimit{.limit = limit, .used = 0, .reset = core.reset}; };
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().key("resources").begin_object();
    write_rate(json, "core", core);
    write_rate(json, "search", untouched(30));
    write_rate(json, "graphql", untouched(5000));
    write_rate(json, "integration_manifest", untouched(5000));
    write_rate(json, "source_import", untouched(100));
    write_rate(json, "code_search", untouched(10));
    json.end_object();
    write_rate(json, "rate", core);
    json.end_object();
  });
}

struct RootLink {
  std::string_view name;
  std::string_view path;
};

constexpr RootLink kRootLinks[] = {
    {"current_user_url", "/user"},
    {"authorizations_url", "/authorizations"},
    {"code_search_url", "/search/code?q={query}{&page,per_page,sort,order}"},
    {"commit_search_url", "/search/commits?q={query}{&page,per_page,sort,order}"},
    {"emails_url", "/user/emails"},
    {"emojis_url", "/emojis"},
    {"events_url", "/events"},
    {"feeds_url", "/feeds"},
    {"followers_url", "/user/followers"},
    {"following_url", "/user/following{/target}"},
    {"gists_url", "/gists{/gist_id}"},
    {"hub_url", "/hub"},
    {"issue_search_url", "/search/issues?q={query}{&page,per_page,sort,order}"},
    {"issues_url", "/issues"},
    {"keys_url", "/user/keys"},
    {"label_search_url", "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}"},
    {"notifications_url", "/notifications"},
    {"organization_url", "/orgs/{org}"},
    {"organization_repositories_url", "/orgs/{org}/repos{?type,page,per_page,sort}"},
    {"organization_teams_url", "/orgs/{org}/teams"},
    {"public_gists_url", "/gists/public"},
    {"rate_limit_url", "/rate_limit"},
    {"repository_url", "/repos/{owner}/{repo}"},
    {"repository_search_url", "/search/repositories?q={query}{&page,per_page,sort,order}"},
    {"current_user_repositories_url", "/user/repos{?type,page,per_page,sort}"},
    {"starred_url", "/user/starred{/owner}{/repo}"},
    {"starred_gists_url", "/gists/starred"},
    {"topic_search_url", "/search/topics?q={query}{&page,per_page}"},
    {"user_url", "/users/{user}"},
    {"user_organizations_url", "/user/orgs"},
    {"user_repositories_url", "/users/{user}/repos{?type,page,per_page,sort}"},
    {"user_search_url", "/search/users?q={query}{&page,per_page,sort,order}"},
};

Reply get_root(Context& context) {
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    link(json, "current_user_authorizations_html_url", kWeb, "/settings/connections/applications{/client_id}");
    for (const RootLink& row : kRootLinks) link(json, row.name, context.call.base_url, row.path);
    json.end_object();
  });
}

struct Emoji {
  std::string_view name;
  std::string_view code;  ///< of the picture's file
};

/// The shortcodes people write most.
constexpr Emoji kEmojis[] = {
    {"+1", "1f44d"},       {"-1", "1f44e"},           {"bug", "1f41b"},
    {"confused", "1f615"}, {"construction", "1f6a7"}, {"eyes", "1f440"},
    {"fire", "1f525"},     {"heart", "2764"},         {"hooray", "1f389"},
    {"laughing", "1f606"}, {"lock", "1f512"},         {"memo", "1f4dd"},
    {"rocket", "1f680"},   {"smile", "1f604"},        {"sparkles", "2728"},
    {"tada", "1f389"},     {"warning", "26a0"},       {"white_check_mark", "2705"},
    {"x", "274c"},         {"zap", "26a1"},
};

Reply get_emojis(Context&) {
  return json_answer(200, [](JsonWriter& json) {
    json.begin_object();
    for (const Emoji& emoji : kEmojis) {
      link(json, emoji.name, "https://github.githubassets.com/images/icons/emoji/unicode/", emoji.code, ".png?v8");
    }
    json.end_object();
  });
}

/// GitHub's address ranges (documented examples of each family) and host names.
Reply get_meta(Context&) {
  return json_answer(200, [](JsonWriter& json) {
    json.begin_object().field("verifiable_password_authentication", false);
    json.raw_field("hooks", R"(["192.30.252.0/22","185.199.108.0/22","140.82.112.0/20","143.55.64.0/20"])");
    json.raw_field("web", R"(["192.30.252.0/22","185.199.108.0/22","140.82.112.0/20","143.55.64.0/20"])");
    json.raw_field("api", R"(["192.30.252.0/22","185.199.108.0/22","140.82.112.0/20","143.55.64.0/20"])");
    json.raw_field("git", R"(["192.30.252.0/22","185.199.108.0/22","140.82.112.0/20","143.55.64.0/20"])");
    json.raw_field("domains", R"({"website":["*.github.com","*.github.dev","*.githubassets.com"]})");
    json.end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/emojis",
     .operation = "emojis/get",
     .docs = "emojis/emojis#get-emojis",
     .access = Access::account,
     .handle = get_emojis},
    {.method = Method::get,
     .path = "/meta",
     .operation = "meta/get",
     .docs = "meta/meta#get-apiname-meta-information",
     .access = Access::account,
     .handle = get_meta},
    {.method = Method::get,
     .path = "/rate_limit",
     .operation = "rate-limit/get",
     .docs = "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
     .access = Access::account,
     .handle = get_rate_limit},
    {.method = Method::get,
     .path = "/",
     .operation = "meta/root",
     .docs = "meta/meta#github-api-root",
     .access = Access::account,
     .handle = get_root},
};

}  // namespace

std::span<const Route> meta_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
