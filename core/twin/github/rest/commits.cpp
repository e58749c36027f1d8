#include <algorithm>

#include "core/base/time.h"
#include "core/git/diff_text.h"
#include "core/git/graph.h"
#include "core/git/mail_patch.h"
#include "core/twin/github/model/changes.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/media.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"

/// Histories and single commits.
namespace pome::twin::github::rest {

namespace {

/// Who a list of commits asks for: a login or an address.
bool is_by(const git::Signature& signature, std::string_view asked) {
  return asked.empty() || text::equals_ignore_case(signature.email, asked) ||
         text::equals_ignore_case(model::login_of(signature), asked);
}

std::optional<model::Time> time_in(const Context& context, std::string_view name) {
  const auto value = context.query.get(name);
  return value ? time::parse_iso8601(*value) : std::nullopt;
}

std::string_view query(const Context& context, std::string_view name) {
  return context.query.get(name).value_or(std::string_view());
}

std::vector<git::ObjectId> asked_commits(const Context& context, const git::ObjectId& head) {
  git::HistoryOptions options;
  options.path = std::string(query(context, "path"));
  while (!options.path.empty() && options.path.back() == '/') options.path.pop_back();
  const std::string_view author = query(context, "author");
  const std::string_view committer = query(context, "committer");
  const std::optional<model::Time> since = time_in(context, "since");
  const std::optional<model::Time> until = time_in(context, "until");
  std::vector<git::ObjectId> out;
  git::History walk(context.world.objects, {head}, std::move(options));
  while (const std::optional<git::ObjectId> id = walk.next()) {
    const git::Commit& commit = *context.world.objects.commit(*id);
    if (since && commit.committer.time < *since) continue;
    if (until && commit.committer.time > *until) continue;
    if (is_by(commit.author, author) && is_by(commit.committer, committer)) out.push_back(*id);
  }
  return out;
}

Reply list_commits(Context& context) {
  if (model::branch_heads(context.world, context.repo()).empty()) return errors::git_repository_is_empty();
  const auto head = model::resolve_commit(context.world, context.repo(), query(context, "sha"));
  if (!head) return errors::not_found();
  return list_answer(context, asked_commits(context, *head), [&](JsonWriter& json, const git::ObjectId& id) {
    write_commit(json, context, *context.repository, id);
  });
}

void write_stats(JsonWriter& json, const Context& context, const std::vector<git::FileChange>& changes) {
  std::int64_t additions = 0;
  std::int64_t deletions = 0;
  for (const git::FileChange& change : changes) {
    const git::Patch lines = git::counts_of(context.world.objects, change);
    additions += lines.additions;
    deletions += lines.deletions;
  }
  json.key("stats").begin_object().field("total", additions + deletions);
  json.field("additions", additions).field("deletions", deletions).end_object();
}

Reply commit_answer(const Context& context, const git::ObjectId& id) {
  const git::Commit& commit = *context.world.objects.commit(id);
  const std::vector<git::FileChange> changes = model::changes_of(context.world, id);
  const DiffEnds ends{commit.parents.empty() ? id.hex() : commit.parents.front().hex(), id.hex()};
  Page page = page_of(context.query);
  if (!context.query.get("per_page")) page.size = kFilesPerPage;
  const std::size_t count = std::min(changes.size(), kMostFiles);
  const std::size_t first = std::min((page.number - 1) * page.size, count);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_commit_members(json, context, *context.repository, id);
    write_stats(json, context, changes);
    json.key("files").begin_array();
    for (std::size_t i = first; i < std::min(first + page.size, count); ++i) {
      write_diff_entry(json, context, *context.repository, changes[i], ends);
    }
    json.end_array().end_object();
  });
  reply.modified_at(commit.committer.time).link(link_header(context.call, page, count));
  return reply;
}

Reply get_commit(Context& context) {
  if (model::branch_heads(context.world, context.repo()).empty()) return errors::git_repository_is_empty();
  const std::string_view asked = context.path[2];
  const auto id = model::resolve_commit(context.world, context.repo(), asked);
  if (asked.empty() || !id) return *model::no_commit_for(asked);
  if (accepts(context, "sha")) return text_answer(id->hex(), "sha");
  if (accepts(context, "patch")) return text_answer(git::mail_patches(context.world.objects, {*id}), "patch");
  if (accepts(context, "diff")) {
    return text_answer(git::diff_text(context.world.objects, model::changes_of(context.world, *id)), "diff");
  }
  return commit_answer(context, *id);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits",
     .operation = "repos/list-commits",
     .docs = "commits/commits#list-commits",
     .tools = {"list_commits"},
     .handle = list_commits},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{ref}",
     .operation = "repos/get-commit",
     .docs = "commits/commits#get-a-commit",
     .tools = {"get_commit"},
     .tail = Tail::rest,
     .handle = get_commit},
};

}  // namespace

std::span<const Route> commit_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
