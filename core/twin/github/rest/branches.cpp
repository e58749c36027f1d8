#include "core/base/encoding.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

std::string_view branch_name(const model::Ref& ref) { return std::string_view(ref.name).substr(model::kHeads.size()); }

void write_signature(JsonWriter& json, std::string_view name, const git::Signature& signature) {
  json.key(name).begin_object().field("name", signature.name).field("email", signature.email);
  write_time(json, "date", signature.time);
  json.end_object();
}

/// The git half of a commit; the twin signs nothing.
void write_git_commit(JsonWriter& json, const git::Commit& commit, std::string_view repo, std::string_view sha) {
  json.key("commit").begin_object();
  write_signature(json, "author", commit.author);
  write_signature(json, "committer", commit.committer);
  std::string_view message = commit.message;
  if (!message.empty() && message.back() == '\n') message.remove_suffix(1);
  json.field("message", message);
  json.key("tree").begin_object().field("sha", commit.tree.hex());
  link(json, "url", repo, "/git/trees/", commit.tree.hex());
  json.end_object();
  link(json, "url", repo, "/git/commits/", sha);
  json.field("comment_count", 0);
  json.raw_field("verification",
                 R"({"verified":false,"reason":"unsigned","signature":null,"payload":null,"verified_at":null})");
  json.end_object();
}

void write_commit(JsonWriter& json, const Context& context, const git::Commit& commit, const git::ObjectId& id) {
  const model::Repository& repository = *context.repository;
  const std::string repo = text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name);
  const std::string web = text::cat(kWeb, "/", repository.owner, "/", repository.name, "/commit/");
  const std::string sha = id.hex();
  json.begin_object().field("sha", sha);
  json.field("node_id", text::cat("C_", encoding::base64url(text::cat("0:", repository.id, ":", sha))));
  write_git_commit(json, commit, repo, sha);
  link(json, "url", repo, "/commits/", sha);
  link(json, "html_url", web, sha);
  link(json, "comments_url", repo, "/commits/", sha, "/comments");
  write_user_or_null(json, context, "author", model::login_of(commit.author));
  write_user_or_null(json, context, "committer", model::login_of(commit.committer));
  json.key("parents").begin_array();
  for (const git::ObjectId& parent : commit.parents) {
    json.begin_object().field("sha", parent.hex());
    link(json, "url", repo, "/commits/", parent.hex());
    link(json, "html_url", web, parent.hex());
    json.end_object();
  }
  json.end_array().end_object();
}

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
  const git::Commit* commit = branch ? context.world.objects.commit(branch->target) : nullptr;
  if (!commit) return errors::branch_not_found();
  const model::Repository& repository = *context.repository;
  const std::string name = encoded_path(branch_name(*branch));
  const std::string url =
      text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name, "/branches/", name);
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("name", branch_name(*branch));
    json.key("commit");
    write_commit(json, context, *commit, branch->target);
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
