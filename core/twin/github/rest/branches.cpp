#include <algorithm>

#include "core/twin/github/model/branch_rules.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_branch.h"
#include "core/twin/github/rest/shape_commit.h"

/// Branches: lists, renames, merges.
namespace pome::twin::github::rest {

namespace {

constexpr Field kRename[] = {required("new_name")};
constexpr Field kMerge[] = {required("base"), required("head"), optional("commit_message")};
constexpr Field kMergeUpstream[] = {required("branch")};

std::string_view branch_name(const model::Ref& ref) { return std::string_view(ref.name).substr(model::kHeads.size()); }

Reply list_branches(Context& context) {
  std::vector<model::RefPtr> branches = model::refs_of(context.world, context.repo(), model::kHeads);
  if (const std::optional<bool> wanted = flag(context, "protected")) {
    std::erase_if(branches, [&](const model::RefPtr& branch) {
      return model::is_protected(context.world, context.repo(), branch_name(*branch)) != *wanted;
    });
  }
  return list_answer(context, branches, [&](JsonWriter& json, const model::RefPtr& branch) {
    write_short_branch(json, context, *branch);
  });
}

/// Sends readers of an old name to the new one.
Reply moved_branch(const Context& context, std::string_view new_name) {
  const std::string url = text::cat(api_url(context, *context.repository), "/branches/", encoded_path(new_name));
  Reply reply = json_answer(301, [&](JsonWriter& json) {
    json.begin_object().field("message", "Moved Permanently").field("url", url);
    json.field("documentation_url", text::cat(errors::kDocs, "/", context.route.docs)).end_object();
  });
  reply.location(url);
  return reply;
}

Reply get_branch(Context& context) {
  const std::string_view name = context.path[2];
  const model::RefPtr branch = model::find_branch(context.world, context.repo(), name);
  if (branch) return json_answer(200, [&](JsonWriter& json) { write_branch(json, context, *branch); });
  const std::string renamed = model::renamed_branch(context.world, context.repo(), name);
  return renamed.empty() ? Reply(errors::branch_not_found()) : moved_branch(context, renamed);
}

Reply rename_branch(Context& context) {
  const auto branch =
      model::rename_branch(context.action, context.repo(), context.path[2], context.body.text("new_name", ""));
  if (!branch) return branch.refusal();
  context.repository = context.world.repositories_by_id.get(context.repo());
  return json_answer(201, [&](JsonWriter& json) { write_branch(json, context, **branch); });
}

Reply merge_branch(Context& context) {
  const auto commit = model::merge_branch(context.action, context.repo(), context.body.text("base", ""),
                                          context.body.text("head", ""), context.body.text("commit_message"));
  if (!commit) return commit.refusal();
  if (!*commit) return no_content();
  return json_answer(201, [&](JsonWriter& json) { write_commit(json, context, *context.repository, **commit); });
}

std::string sync_message(const model::Synced& synced) {
  switch (synced.kind) {
    case model::SyncKind::none:
      return text::cat("This branch is not behind the upstream ", synced.upstream, ".");
    case model::SyncKind::fast_forward:
      return text::cat("Successfully fetched and fast-forwarded from upstream ", synced.upstream, ".");
    case model::SyncKind::merge:
      return text::cat("Successfully fetched and merged from upstream ", synced.upstream, ".");
  }
  return {};
}

Reply merge_upstream(Context& context) {
  constexpr std::string_view kKinds[] = {"none", "fast-forward", "merge"};
  const auto synced = model::merge_upstream(context.action, context.repo(), context.body.text("branch", ""));
  if (!synced) return synced.refusal();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("message", sync_message(*synced));
    json.field("merge_type", kKinds[static_cast<std::size_t>(synced->kind)]);
    json.field("base_branch", synced->upstream).end_object();
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
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/branches/{branch}/rename",
     .operation = "repos/rename-branch",
     .docs = "branches/branches#rename-a-branch",
     .body = {kRename},
     .handle = rename_branch},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/merges",
     .operation = "repos/merge",
     .docs = "branches/branches#merge-a-branch",
     .body = {kMerge},
     .handle = merge_branch},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/merge-upstream",
     .operation = "repos/merge-upstream",
     .docs = "branches/branches#sync-a-fork-branch-with-the-upstream-repository",
     .body = {kMergeUpstream},
     .handle = merge_upstream},
};

}  // namespace

std::span<const Route> branch_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
