#include <algorithm>
#include <utility>

#include "core/base/encoding.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Reading files and folders.
namespace pome::twin::github::rest {

namespace {

/// A tree entry under the ref it was asked for.
struct Located {
  std::string path;  ///< "" = the root
  std::string ref;   ///< as links repeat it
  git::TreeEntry entry;
  model::Time modified_at = 0;
  bool as_license = false;  ///< the answer names the licence too
};

enum class Media { json, raw, object };

Media media_of(const Context& context) {
  const std::string_view accept = context.call.request.headers.get("accept").value_or(std::string_view());
  for (const std::string_view word : {"application/vnd.github.raw", "application/vnd.github.v3.raw"}) {
    if (text::contains(accept, word)) return Media::raw;
  }
  if (text::contains(accept, "application/vnd.github.object")) return Media::object;
  return text::contains(accept, "application/vnd.github.v3.object") ? Media::object : Media::json;
}

std::string_view type_of(git::Mode mode) {
  switch (mode) {
    case git::Mode::tree:
      return "dir";
    case git::Mode::symlink:
      return "symlink";
    case git::Mode::commit:
      return "submodule";
    default:
      return "file";
  }
}

/// Base64 in lines of 60, as GitHub breaks it.
std::string wrapped_base64(std::string_view bytes) {
  constexpr std::size_t kLine = 60;
  const std::string text = encoding::base64(bytes);
  std::string out;
  out.reserve(text.size() + text.size() / kLine + 1);
  for (std::size_t at = 0; at < text.size(); at += kLine) out.append(text, at, kLine).push_back('\n');
  return out;
}

void write_entry_links(JsonWriter& json, const Context& context, const Located& located) {
  const model::Repository& repository = *context.repository;
  const std::string repo = text::cat(context.call.base_url, "/repos/", repository.owner, "/", repository.name);
  const bool folder = located.entry.mode == git::Mode::tree;
  const std::string path = encoded_path(located.path);
  const std::string ref = encoded_path(located.ref);
  const std::string self = text::cat(repo, "/contents/", path, "?ref=", encoded_segment(located.ref));
  const std::string html =
      text::cat(kWeb, "/", repository.owner, "/", repository.name, folder ? "/tree/" : "/blob/", ref, "/", path);
  const std::string git = text::cat(repo, folder ? "/git/trees/" : "/git/blobs/", located.entry.id.hex());
  link(json, "url", self);
  link(json, "html_url", html);
  link(json, "git_url", git);
  if (folder) {
    json.null_field("download_url");
  } else {
    link(json, "download_url", "https://raw.githubusercontent.com/", repository.owner, "/", repository.name, "/", ref,
         "/", path);
  }
  json.field("type", type_of(located.entry.mode));
  json.key("_links").begin_object();
  link(json, "self", self);
  link(json, "git", git);
  link(json, "html", html);
  json.end_object();
}

/// What files and folder entries share; ends inside the object.
void begin_entry(JsonWriter& json, const Context& context, const Located& located) {
  const std::string* blob = context.world.objects.blob(located.entry.id);
  const std::size_t slash = located.path.rfind('/');
  json.begin_object();
  json.field("name", slash == std::string::npos ? located.path : located.path.substr(slash + 1));
  json.field("path", located.path).field("sha", located.entry.id.hex());
  json.field("size", blob ? blob->size() : std::size_t{0});
  write_entry_links(json, context, located);
}

/// Content up to one megabyte stands inside; larger files say so with encoding "none".
void write_file(JsonWriter& json, const Context& context, const Located& located, const std::string& content) {
  constexpr std::size_t kInline = std::size_t{1} << 20;
  begin_entry(json, context, located);
  if (located.entry.mode == git::Mode::symlink) {
    json.field("target", content).end_object();
    return;
  }
  const bool fits = content.size() <= kInline;
  json.field("content", fits ? wrapped_base64(content) : std::string());
  json.field("encoding", fits ? "base64" : "none");
  if (located.as_license) {
    json.key("license");
    write_license(json, context, model::recognise_license(content));
  }
  json.end_object();
}

void write_folder(JsonWriter& json, const Context& context, const Located& folder, const git::Tree& tree) {
  json.begin_array();
  for (const git::TreeEntry& entry : tree.entries) {
    const std::string path = folder.path.empty() ? entry.name : text::cat(folder.path, "/", entry.name);
    begin_entry(json, context, Located{path, folder.ref, entry, folder.modified_at});
    json.end_object();
  }
  json.end_array();
}

Reply raw_answer(const std::string& content) {
  Answer answer;
  answer.body = content;
  answer.content_type = "application/vnd.github.raw+json; charset=utf-8";
  answer.media_type = "raw";
  return answer;
}

Reply folder_answer(const Context& context, const Located& located, const git::Tree& tree, Media media) {
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    if (media != Media::object) return write_folder(json, context, located, tree);
    begin_entry(json, context, located);
    json.key("entries");
    write_folder(json, context, located, tree);
    json.end_object();
  });
  if (media == Media::object) reply.answer().media_type = "object";
  return reply;
}

Reply file_answer(const Context& context, const Located& located, Media media) {
  const std::string* blob = context.world.objects.blob(located.entry.id);
  const std::string content = blob ? *blob : std::string();
  if (media == Media::raw) return raw_answer(content);
  return json_answer(200, [&](JsonWriter& json) { write_file(json, context, located, content); });
}

Reply entry_answer(const Context& context, const Located& located) {
  const Media media = media_of(context);
  const git::Tree* tree = context.world.objects.tree(located.entry.id);
  Reply reply = tree ? folder_answer(context, located, *tree, media) : file_answer(context, located, media);
  reply.modified_at(located.modified_at);
  return reply;
}

/// Finds a path at the `ref` parameter, or at the default branch. What is not there is noted in GitHub's words.
std::optional<Located> locate(Context& context, std::string_view path) {
  const auto missing = [&](ApiError error) {
    context.refuse(std::move(error));
    return std::nullopt;
  };
  const std::string_view asked = context.query.get("ref").value_or(std::string_view());
  const auto commit_id = model::resolve_commit(context.world, context.repository->id, asked);
  if (!commit_id) return missing(asked.empty() ? errors::empty_repository() : errors::no_commit_for_ref(asked));
  const git::Commit* commit = context.world.objects.commit(*commit_id);
  if (!commit) return missing(errors::not_found());
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  const auto entry = context.world.objects.find(commit->tree, path);
  if (!entry) return missing(errors::not_found());
  const std::string_view ref = asked.empty() ? std::string_view(context.repository->default_branch) : asked;
  return Located{std::string(path), std::string(ref), *entry, commit->committer.time};
}

Reply get_content(Context& context) {
  const auto located = locate(context, context.path[2]);
  return located ? entry_answer(context, *located) : errors::not_found();
}

/// How well a file name serves as a readme; 0 = not one. Markdown first, as GitHub prefers it.
int readme_rank(std::string_view name) {
  if (text::equals_ignore_case(name, "readme.md")) return 4;
  if (text::equals_ignore_case(name, "readme")) return 2;
  if (text::equals_ignore_case(name, "readme.txt")) return 1;
  return text::starts_with_ignore_case(name, "readme.") ? 3 : 0;
}

/// The readme of one folder: its path, or nothing.
std::string readme_in(const git::ObjectStore& objects, const git::ObjectId& root, std::string_view folder) {
  const auto entry = objects.find(root, folder);
  const git::Tree* tree = entry ? objects.tree(entry->id) : nullptr;
  std::string best;
  int best_rank = 0;
  if (!tree) return best;
  for (const git::TreeEntry& row : tree->entries) {
    if (row.mode == git::Mode::tree || readme_rank(row.name) <= best_rank) continue;
    best_rank = readme_rank(row.name);
    best = folder.empty() ? row.name : text::cat(folder, "/", row.name);
  }
  return best;
}

/// Looks where GitHub looks: `.github`, the root, `docs`.
Reply get_readme(Context& context) {
  const auto root = locate(context, "");
  if (!root) return errors::not_found();
  for (const std::string_view folder : {".github", "", "docs"}) {
    const std::string path = readme_in(context.world.objects, root->entry.id, folder);
    if (path.empty()) continue;
    if (const auto located = locate(context, path)) return entry_answer(context, *located);
  }
  return errors::not_found();
}

Reply get_license(Context& context) {
  const auto root = locate(context, "");
  const std::string path = root ? license_path(context.world.objects, root->entry.id) : std::string();
  if (path.empty()) return errors::not_found();
  auto located = locate(context, path);
  if (!located) return errors::not_found();
  located->as_license = true;
  return entry_answer(context, *located);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/contents/{path}",
     .operation = "repos/get-content",
     .docs = "repos/contents#get-repository-content",
     .tools = {"get_file_contents"},
     .tail = Tail::rest,
     .handle = get_content},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/readme",
     .operation = "repos/get-readme",
     .docs = "repos/contents#get-a-repository-readme",
     .tools = {"get_file_contents"},
     .handle = get_readme},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/license",
     .operation = "licenses/get-for-repo",
     .docs = "licenses/licenses#get-the-license-for-a-repository",
     .handle = get_license},
};

}  // namespace

std::span<const Route> content_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
