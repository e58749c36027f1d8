#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"

namespace pome::twin::github::rest {

namespace {

std::string_view branch_name(const model::Ref& ref) { return std::string_view(ref.name).substr(model::kHeads.size()); }

/// No branch is protected in the twin: `protected=true` lists none.
Reply list_branches(Context& context) {
  std::vector<model::RefPtr> branches;
  if (flag(context, "protected") != true) {
    branches = model::refs_of(context.world, context.repository->id, model::kHeads);
  }
  return list_answer(context, branches, [&](JsonWriter& json, const model::RefPtr& branch) {
    json.begin_object().field("name", branch_name(*branch));
    json.key("commit").begin_object().field("sha", branch->target.hex());
    link(json, "url", context.call.base_url, "/repos/", context.repository->owner, "/", context.repository->name,
         "/commits/", branch->target.hex());
    json.end_object().field("protected", false).end_object();
  });
}

Reply get_branch(Context& context) {
  const model::RefPtr branch = model::find_branch(context.world, context.repository->id, context.path[2]);
  if (!branch) return errors::branch_not_found();
  const model::Repository& repository = *context.repository;
  const std::string name = encoded_path(branch_name(*branch));
  const std::string url =
      text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name, "/branches/", name);
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("name", branch_name(*branch));
    json.key("commit");
    write_commit(json, context, repository, branch->target);
    json.key("_links").begin_object();
    link(json, "self", url);
    link(json, "html", kWeb, "/", repository.owner, "/", repository.name, "/tree/", name);
    json.end_object().field("protected", false);
    json.raw_field(
        "protection",
        R"({"enabled":false,"required_status_checks":{"enforcement_level":"off","contexts":[],"checks":[]}})");
    link(json, "protection_url", url, "/protection");
    json.end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/branches",
     .operation = "repos/list-branches",
     .docs = "branches/branches#list-branches",
     .tools = {"list_branches"},
     .handle = list_branches},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/branches/{branch}",
     .operation = "repos/get-branch",
     .docs = "branches/branches#get-a-branch",
     .tools = {"get_branch"},
     .tail = Tail::rest,
     .handle = get_branch},
};

}  // namespace

std::span<const Route> branch_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
