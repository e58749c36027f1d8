#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/repository_settings.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr Field kTopics[] = {required("names", Type::texts)};

Reply full_answer(const Context& context, const model::Repository& repository) {
  Reply reply = json_answer(200, [&](JsonWriter& json) { write_repository(json, context, repository, Detail::full); });
  reply.modified_at(repository.updated_at);
  return reply;
}

Reply get_repository(Context& context) { return full_answer(context, *context.repository); }

Reply update_repository(Context& context) {
  const auto updated = model::update_repository(context.action, context.repo(), repository_patch(context.body));
  if (!updated) return updated.refusal();
  return full_answer(context, **updated);
}

Reply topics_answer(const model::Repository& repository) {
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().key("names").begin_array();
    for (const std::string& topic : repository.topics) json.value(topic);
    json.end_array().end_object();
  });
}

/// One page of the topics: paging beyond the twenty a repository may have gives an empty list.
Reply get_topics(Context& context) {
  const Page page = page_of(context.query);
  model::Repository shown = *context.repository;
  const std::size_t first = std::min((page.number - 1) * page.size, shown.topics.size());
  const std::size_t last = std::min(first + page.size, shown.topics.size());
  shown.topics = {shown.topics.begin() + static_cast<std::ptrdiff_t>(first),
                  shown.topics.begin() + static_cast<std::ptrdiff_t>(last)};
  return topics_answer(shown);
}

Reply replace_topics(Context& context) {
  const auto updated = model::replace_topics(context.action, context.repo(), context.body.texts("names"));
  if (!updated) return updated.refusal();
  return topics_answer(**updated);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}",
     .operation = "repos/get",
     .docs = "repos/repos#get-a-repository",
     .tools = {"get_repository"},
     .handle = get_repository},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}",
     .operation = "repos/update",
     .docs = "repos/repos#update-a-repository",
     .access = Access::admin,
     .tools = {"update_repository"},
     .body = {kRepositorySettings},
     .in_archive = true,
     .handle = update_repository},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/topics",
     .operation = "repos/get-all-topics",
     .docs = "repos/repos#get-all-repository-topics",
     .handle = get_topics},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/topics",
     .operation = "repos/replace-all-topics",
     .docs = "repos/repos#replace-all-repository-topics",
     .access = Access::admin,
     .body = {kTopics},
     .handle = replace_topics},
};

}  // namespace

std::span<const Route> repository_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
