#include "core/twin/github/rest/pull_changes.h"

#include <utility>

#include "core/git/diff_text.h"
#include "core/git/mail_patch.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"
#include "core/twin/github/rest/shape_pull.h"

/// What a pull request changes: its files and its commits; and the pull requests a commit came with.
namespace pome::twin::github::rest {

namespace {

constexpr std::size_t kMostCommits = 250;

Reply list_files(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull) return errors::not_found();
  std::vector<git::FileChange> files = model::files_of(context.world, *pull);
  if (files.size() > kMostFiles) files.resize(kMostFiles);
  const DiffEnds ends{model::base_tip(context.world, *pull).hex(), pull->head.sha.hex()};
  return list_answer(context, files, [&](JsonWriter& json, const git::FileChange& file) {
    write_diff_entry(json, context, *context.repository, file, ends);
  });
}

Reply list_commits(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull) return errors::not_found();
  std::vector<git::ObjectId> commits = model::commits_of(context.world, *pull);
  if (commits.size() > kMostCommits) commits.resize(kMostCommits);
  return list_answer(context, commits, [&](JsonWriter& json, const git::ObjectId& id) {
    write_commit(json, context, *context.repository, id);
  });
}

/// An unknown commit is refused as repos/get-commit refuses it.
Reply list_pulls_of_commit(Context& context) {
  if (model::branch_heads(context.world, context.repo()).empty()) return errors::git_repository_is_empty();
  const std::string_view asked = context.path[2];
  const auto commit = model::resolve_commit(context.world, context.repo(), asked);
  if (!commit) return *model::no_commit_for(asked);
  const std::vector<model::PullRequestPtr> pulls = model::pulls_with_commit(context.world, context.repo(), *commit);
  return list_answer(context, pulls, [&](JsonWriter& json, const model::PullRequestPtr& pull) {
    write_pull_simple(json, context, *pull);
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/files",
     .operation = "pulls/list-files",
     .docs = "pulls/pulls#list-pull-requests-files",
     .tools = {"pull_request_read", "get_pull_request_files"},
     .handle = list_files},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/commits",
     .operation = "pulls/list-commits",
     .docs = "pulls/pulls#list-commits-on-a-pull-request",
     .tools = {"pull_request_read", "get_pull_request_commits"},
     .handle = list_commits},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{commit_sha}/pulls",
     .operation = "repos/list-pull-requests-associated-with-commit",
     .docs = "commits/commits#list-pull-requests-associated-with-a-commit",
     .handle = list_pulls_of_commit},
};

}  // namespace

Reply change_text(const Context& context, const model::PullRequest& pull, std::string_view format) {
  const git::ObjectStore& objects = context.world.objects;
  Answer answer;
  if (format == "diff") {
    answer.body = git::diff_text(objects, model::files_of(context.world, pull));
    answer.content_type = "application/vnd.github.diff; charset=utf-8";
    answer.media_type = "diff";
  } else {
    answer.body = git::mail_patches(objects, model::commits_of(context.world, pull));
    answer.content_type = "application/vnd.github.patch; charset=utf-8";
    answer.media_type = "patch";
  }
  return answer;
}

std::span<const Route> pull_change_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
