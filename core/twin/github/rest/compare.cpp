#include <algorithm>

#include "core/git/diff_text.h"
#include "core/git/graph.h"
#include "core/git/mail_patch.h"
#include "core/twin/github/model/changes.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/media.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_commit.h"

/// Two commits held against each other.
namespace pome::twin::github::rest {

namespace {

struct Side {
  model::RepositoryPtr repository;
  git::ObjectId commit;
};

/// "branch", "owner:branch" or "owner:repository:branch"; the first finds a fork or the parent of that owner.
std::optional<Side> side_of(const Context& context, std::string_view name) {
  model::RepositoryPtr repository = context.repository;
  const std::size_t colon = name.find(':');
  if (colon != std::string_view::npos) {
    const std::string_view owner = name.substr(0, colon);
    name.remove_prefix(colon + 1);
    const std::size_t second = name.find(':');
    const std::string_view repo =
        second == std::string_view::npos ? std::string_view(repository->name) : name.substr(0, second);
    if (second != std::string_view::npos) name.remove_prefix(second + 1);
    repository = model::visible_repository(context.world, context.call.login, owner, repo);
  }
  if (!repository || name.empty()) return std::nullopt;
  const auto commit = model::resolve_commit(context.world, repository->id, name);
  return commit ? std::optional(Side{repository, *commit}) : std::nullopt;
}

struct Comparison {
  Side base;
  Side head;
  git::ObjectId merge_base;
  std::vector<git::ObjectId> commits;  ///< oldest first
  std::vector<git::FileChange> files;
  git::Divergence distance;
};

std::string_view status_of(const git::Divergence& distance) {
  if (distance.ahead == 0) return distance.behind == 0 ? "identical" : "behind";
  return distance.behind == 0 ? "ahead" : "diverged";
}

void write_links(JsonWriter& json, const Context& context, const Comparison& result) {
  const std::string path = text::percent_encode(context.path[2], ":/.");
  const std::string web = text::cat(web_url(*context.repository), "/compare/");
  const auto permanent = [](const Side& side) { return text::cat(side.repository->owner, ":", side.commit.hex()); };
  link(json, "url", api_url(context, *context.repository), "/compare/", path);
  link(json, "html_url", web, path);
  link(json, "permalink_url", web, permanent(result.base), "...", permanent(result.head));
  link(json, "diff_url", web, path, ".diff");
  link(json, "patch_url", web, path, ".patch");
}

/// Commits come in pages (250 unless `per_page` says otherwise); files with the first page only.
Reply comparison_answer(const Context& context, const Comparison& result) {
  constexpr std::size_t kCommitsPerPage = 250;
  Page page = page_of(context.query);
  if (!context.query.get("per_page")) page.size = context.query.get("page") ? page.size : kCommitsPerPage;
  const std::size_t first = std::min((page.number - 1) * page.size, result.commits.size());
  const std::size_t last = std::min(first + page.size, result.commits.size());
  const model::Repository& head = *result.head.repository;
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_links(json, context, result);
    json.key("base_commit");
    write_commit(json, context, *result.base.repository, result.base.commit);
    json.key("merge_base_commit");
    write_commit(json, context, *result.base.repository, result.merge_base);
    json.field("status", status_of(result.distance));
    json.field("ahead_by", result.distance.ahead).field("behind_by", result.distance.behind);
    json.field("total_commits", result.distance.ahead).key("commits").begin_array();
    for (std::size_t i = first; i < last; ++i) write_commit(json, context, head, result.commits[i]);
    json.end_array().key("files").begin_array();
    const std::size_t files = page.number == 1 ? std::min(result.files.size(), kFilesPerPage) : 0;
    const DiffEnds ends{result.merge_base.hex(), result.head.commit.hex()};
    for (std::size_t i = 0; i < files; ++i) write_diff_entry(json, context, head, result.files[i], ends);
    json.end_array().end_object();
  });
  reply.link(link_header(context.call, page, result.commits.size()));
  return reply;
}

/// Compares from the merge base, as "base...head" does in git.
Reply compare_commits(Context& context) {
  const std::string_view asked = context.path[2];
  const std::size_t dots = asked.find("...");
  if (dots == std::string_view::npos) return errors::not_found();
  const std::string_view head_name = asked.substr(dots + 3);
  const auto base = side_of(context, asked.substr(0, dots));
  const auto head = side_of(context, head_name);
  if (!base || !head) return errors::not_found();
  const git::ObjectStore& objects = context.world.objects;
  const auto merge_base = git::merge_base(objects, base->commit, head->commit);
  if (!merge_base) {
    return errors::no_common_ancestor(asked.substr(0, dots), head_name);
  }
  Comparison result{*base,
                    *head,
                    *merge_base,
                    git::commits_between(objects, base->commit, head->commit),
                    model::changes_between(context.world, *merge_base, head->commit),
                    git::divergence(objects, base->commit, head->commit)};
  if (accepts(context, "diff")) return text_answer(git::diff_text(objects, result.files), "diff");
  if (accepts(context, "patch")) return text_answer(git::mail_patches(objects, result.commits), "patch");
  return comparison_answer(context, result);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/compare/{basehead}",
     .operation = "repos/compare-commits-with-basehead",
     .docs = "commits/commits#compare-two-commits",
     .tail = Tail::rest,
     .handle = compare_commits},
};

}  // namespace

std::span<const Route> compare_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
