#include <utility>

#include "core/git/archive.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// A repository's files as one download. GitHub redirects to codeload.github.com; the twin serves the same paths
/// itself, to whoever may read the repository.
namespace pome::twin::github::rest {

namespace {

/// The ref as codeload spells it: branches and tags in full.
std::string full_ref(const Context& context, std::string_view asked) {
  const std::string_view name = asked.empty() ? std::string_view(context.repository->default_branch) : asked;
  for (const std::string_view folder : {model::kHeads, model::kTags}) {
    const std::string full = text::cat(folder, name);
    if (model::find_ref(context.world, context.repo(), full)) return full;
  }
  return std::string(name);
}

/// Whether the ref exists shows when the redirect is followed, as on GitHub.
Reply redirect_to(const Context& context, std::string_view format) {
  return redirect(text::cat(api_url(context, *context.repository), "/legacy.", format, "/",
                            encoded_path(full_ref(context, context.path[2]))));
}

Reply tarball(Context& context) { return redirect_to(context, "tar.gz"); }
Reply zipball(Context& context) { return redirect_to(context, "zip"); }

/// The bytes of the path's commit, in a folder named after repository and commit.
Reply download(const Context& context, bool zip) {
  const auto id = model::resolve_commit(context.world, context.repo(), context.path[2]);
  const git::Commit* commit = id ? context.world.objects.commit(*id) : nullptr;
  if (!commit) return errors::not_found();
  constexpr std::size_t kShort = 7;
  const model::Repository& repository = *context.repository;
  const std::string name = text::cat(repository.owner, "-", repository.name, "-", id->hex().substr(0, kShort));
  const git::ArchiveOptions options{name, commit->committer.time, *id};
  Answer answer;
  if (zip) {
    Result<std::string> archive = git::zip_archive(context.world.objects, commit->tree, options);
    if (!archive) return errors::unprocessable(archive.error().message);
    answer.body = std::move(archive).value();
  } else {
    answer.body = git::gzip_stored(git::tar_archive(context.world.objects, commit->tree, options));
  }
  answer.content_type = zip ? "application/zip" : "application/x-gzip";
  answer.disposition = text::cat("attachment; filename=", name, zip ? ".zip" : ".tar.gz");
  return answer;
}

Reply download_tarball(Context& context) { return download(context, false); }
Reply download_zipball(Context& context) { return download(context, true); }

constexpr std::string_view kTarDocs = "repos/contents#download-a-repository-archive-tar";
constexpr std::string_view kZipDocs = "repos/contents#download-a-repository-archive-zip";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/tarball/{ref}",
     .operation = "repos/download-tarball-archive",
     .docs = kTarDocs,
     .tail = Tail::rest,
     .handle = tarball},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/legacy.tar.gz/{ref}",
     .operation = "",
     .docs = kTarDocs,
     .tail = Tail::rest,
     .handle = download_tarball},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/zipball/{ref}",
     .operation = "repos/download-zipball-archive",
     .docs = kZipDocs,
     .tail = Tail::rest,
     .handle = zipball},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/legacy.zip/{ref}",
     .operation = "",
     .docs = kZipDocs,
     .tail = Tail::rest,
     .handle = download_zipball},
};

}  // namespace

std::span<const Route> archive_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
