#include <algorithm>
#include <utility>

#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/media.h"
#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_content.h"

/// Reading files and folders.
namespace pome::twin::github::rest {

namespace {

enum class Media { json, raw, html, object };

Media media_of(const Context& context) {
  if (accepts(context, "raw")) return Media::raw;
  if (accepts(context, "html")) return Media::html;
  return accepts(context, "object") ? Media::object : Media::json;
}

/// The page GitHub shows for a file, without Markdown's layout: the text as it is.
std::string html_page(std::string_view path, std::string_view content) {
  std::string escaped;
  for (const char c : content) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return text::cat("<div id=\"file\" class=\"plain\" data-path=\"", path,
                   "\"><div class=\"plain\"><pre style=\"white-space: pre-wrap\">", escaped, "</pre></div></div>");
}

Reply folder_answer(const Context& context, const Located& located, const git::Tree& tree, Media media) {
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    if (media != Media::object) return write_folder(json, context, located, tree);
    json.begin_object();
    write_entry_members(json, context, located, false);
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
  if (media == Media::raw) return text_answer(content, "raw");
  if (media == Media::html) return text_answer(html_page(located.path, content), "html");
  return json_answer(200, [&](JsonWriter& json) { write_file(json, context, located, content); });
}

/// The file of the repository that a link points to: GitHub answers it in the link's place.
std::optional<Located> link_target(const Context& context, const Located& located) {
  if (located.entry.mode != git::Mode::symlink) return std::nullopt;
  const std::string* target = context.world.objects.blob(located.entry.id);
  if (!target || target->empty() || target->front() == '/') return std::nullopt;
  std::vector<std::string> segments;
  const std::string joined = text::cat(located.path, "/../", *target);
  for (const std::string_view segment : text::split(joined, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      segments.emplace_back(segment);
    } else if (segments.empty()) {
      return std::nullopt;
    } else {
      segments.pop_back();
    }
  }
  const std::string path = text::join(segments, "/");
  const auto entry = context.world.objects.find(located.root, path);
  if (!entry || (entry->mode != git::Mode::file && entry->mode != git::Mode::executable)) return std::nullopt;
  Located out = located;
  out.path = path;
  out.entry = *entry;
  return out;
}

Reply entry_answer(const Context& context, const Located& located) {
  const Media media = media_of(context);
  if (const auto target = link_target(context, located)) return entry_answer(context, *target);
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
  return Located{std::string(path), std::string(ref), *entry, commit->tree, commit->committer.time};
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

/// The licence file of the root, with what licence it is.
Reply get_license(Context& context) {
  const auto root = locate(context, "");
  const std::string path = root ? license_path(context.world.objects, root->root) : std::string();
  const auto located = path.empty() ? std::nullopt : locate(context, path);
  const std::string* content = located ? context.world.objects.blob(located->entry.id) : nullptr;
  if (!content) return errors::not_found();
  const Media media = media_of(context);
  if (media == Media::raw || media == Media::html) return file_answer(context, *located, media);
  Reply reply = json_answer(200, [&](JsonWriter& json) {
    json.begin_object();
    write_file_members(json, context, *located, *content);
    json.key("license");
    write_license(json, context, model::recognise_license(*content));
    json.end_object();
  });
  reply.modified_at(located->modified_at);
  return reply;
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
