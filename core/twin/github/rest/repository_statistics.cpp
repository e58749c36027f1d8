#include <algorithm>

#include "core/git/graph.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Tags, people and languages of a repository, all read from its commits.
namespace pome::twin::github::rest {

namespace {

/// Names from the last to the first, as GitHub lists tags.
Reply list_tags(Context& context) {
  std::vector<model::RefPtr> tags;
  for (const model::RefPtr& ref : model::refs_of(context.world, context.repo(), model::kTags)) {
    if (model::commit_of(context.world, *ref)) tags.push_back(ref);
  }
  std::reverse(tags.begin(), tags.end());
  const std::string repo = api_url(context, *context.repository);
  return list_answer(context, tags, [&](JsonWriter& json, const model::RefPtr& tag) {
    const std::string path = encoded_path(tag->name);
    const std::string sha = model::commit_of(context.world, *tag)->hex();
    json.begin_object().field("name", std::string_view(tag->name).substr(model::kTags.size()));
    link(json, "zipball_url", repo, "/zipball/", path);
    link(json, "tarball_url", repo, "/tarball/", path);
    json.key("commit").begin_object().field("sha", sha);
    link(json, "url", repo, "/commits/", sha);
    json.end_object().field("node_id", model::node_id("REF", context.repo(), tag->name)).end_object();
  });
}

/// Somebody who wrote commits: with an account, or known by an address only.
struct Contributor {
  std::string login;
  git::Signature signature;
  std::int64_t contributions = 0;
};

void count(std::vector<Contributor>& people, const git::Signature& author) {
  const std::string_view login = model::login_of(author);
  for (Contributor& one : people) {
    const bool same = login.empty() ? one.login.empty() && text::equals_ignore_case(one.signature.email, author.email)
                                    : text::equals_ignore_case(one.login, login);
    if (!same) continue;
    ++one.contributions;
    return;
  }
  people.push_back({std::string(login), author, 1});
}

void write_contributor(JsonWriter& json, const Context& context, const Contributor& one) {
  json.begin_object();
  if (one.login.empty()) {
    json.field("email", one.signature.email).field("name", one.signature.name).field("type", "Anonymous");
  } else {
    write_user_members(json, context, *model::user_or_stranger(context.world, one.login));
  }
  json.field("contributions", one.contributions).end_object();
}

/// Authors of the default branch, the busiest first. Merges count as well.
Reply list_contributors(Context& context) {
  const auto head = model::resolve_commit(context.world, context.repo(), "");
  if (!head) return no_content();
  const bool anonymous = flag(context, "anon") == true;
  std::vector<Contributor> people;
  git::History walk(context.world.objects, {*head});
  while (const std::optional<git::ObjectId> id = walk.next()) {
    const git::Signature& author = context.world.objects.commit(*id)->author;
    if (anonymous || !model::login_of(author).empty()) count(people, author);
  }
  std::stable_sort(people.begin(), people.end(),
                   [](const Contributor& a, const Contributor& b) { return a.contributions > b.contributions; });
  return list_answer(context, people,
                     [&](JsonWriter& json, const Contributor& one) { write_contributor(json, context, one); });
}

/// Bytes of each language on the default branch, most first.
Reply list_languages(Context& context) {
  const std::vector<LanguageBytes> rows = languages_of(context.world, *context.repository);
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    for (const LanguageBytes& row : rows) json.field(row.language, row.bytes);
    json.end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/tags",
     .operation = "repos/list-tags",
     .docs = "repos/repos#list-repository-tags",
     .tools = {"list_tags"},
     .handle = list_tags},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/contributors",
     .operation = "repos/list-contributors",
     .docs = "repos/repos#list-repository-contributors",
     .handle = list_contributors},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/languages",
     .operation = "repos/list-languages",
     .docs = "repos/repos#list-repository-languages",
     .handle = list_languages},
};

}  // namespace

std::span<const Route> repository_statistics_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
