#include "core/twin/github/rest/shape_content.h"

#include <algorithm>

#include "core/base/encoding.h"

namespace pome::twin::github::rest {

namespace {

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

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// The value of `url` in the section of .gitmodules that has this `path`; empty when there is none.
std::string submodule_url(const Context& context, const Located& located) {
  const auto file = context.world.objects.find(located.root, ".gitmodules");
  const std::string* content = file ? context.world.objects.blob(file->id) : nullptr;
  if (!content) return {};
  std::string path;
  std::string url;
  for (const std::string_view line : text::lines(*content)) {
    const std::string_view trimmed = text::trim(line);
    if (!trimmed.empty() && trimmed.front() == '[') path.clear(), url.clear();
    const std::size_t equals = trimmed.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = text::trim(trimmed.substr(0, equals));
    if (key == "path") path = text::trim(trimmed.substr(equals + 1));
    if (key == "url") url = text::trim(trimmed.substr(equals + 1));
    if (path == located.path && !url.empty()) return url;
  }
  return {};
}

/// "owner/name" of a github.com address; empty for others.
std::string_view github_name(std::string_view url) {
  for (const std::string_view start : {"https://github.com/", "git@github.com:", "git://github.com/"}) {
    if (url.substr(0, start.size()) != start) continue;
    url.remove_prefix(start.size());
    constexpr std::string_view kEnd = ".git";
    if (url.size() > kEnd.size() && url.substr(url.size() - kEnd.size()) == kEnd) url.remove_suffix(kEnd.size());
    return url;
  }
  return {};
}

void write_link(JsonWriter& json, std::string_view name, const std::string& url) {
  if (url.empty()) {
    json.null_field(name);
  } else {
    link(json, name, url);
  }
}

/// Where an entry can be found; an empty text stands for null.
struct EntryLinks {
  std::string self;
  std::string html;
  std::string git;
  std::string download;
};

EntryLinks links_of(const Context& context, const Located& located) {
  const model::Repository& repository = *context.repository;
  const std::string repo = api_url(context, repository);
  const bool folder = located.entry.mode == git::Mode::tree;
  const std::string path = encoded_path(located.path);
  const std::string ref = encoded_path(located.ref);
  const std::string sha = located.entry.id.hex();
  EntryLinks out;
  out.self = text::cat(repo, "/contents/", path, "?ref=", encoded_segment(located.ref));
  if (located.entry.mode == git::Mode::commit) {
    const std::string url = submodule_url(context, located);
    const std::string_view name = github_name(url);
    if (name.empty()) return out;
    out.html = text::cat(kWeb, "/", name, "/tree/", sha);
    out.git = text::cat(context.call.base_url, "/repos/", name, "/git/trees/", sha);
    return out;
  }
  out.html = text::cat(web_url(repository), folder ? "/tree/" : "/blob/", ref, "/", path);
  out.git = text::cat(repo, folder ? "/git/trees/" : "/git/blobs/", sha);
  if (!folder) {
    out.download =
        text::cat("https://raw.githubusercontent.com/", repository.owner, "/", repository.name, "/", ref, "/", path);
  }
  return out;
}

}  // namespace

std::string wrapped_base64(std::string_view bytes) {
  constexpr std::size_t kLine = 60;
  const std::string text = encoding::base64(bytes);
  std::string out;
  out.reserve(text.size() + text.size() / kLine + 1);
  for (std::size_t at = 0; at < text.size(); at += kLine) out.append(text, at, kLine).push_back('\n');
  return out;
}

void write_entry_members(JsonWriter& json, const Context& context, const Located& located, bool is_row) {
  const std::string* blob = context.world.objects.blob(located.entry.id);
  const EntryLinks links = links_of(context, located);
  const bool submodule = located.entry.mode == git::Mode::commit;
  json.field("name", name_of(located.path)).field("path", located.path).field("sha", located.entry.id.hex());
  json.field("size", blob ? blob->size() : std::size_t{0});
  link(json, "url", links.self);
  write_link(json, "html_url", links.html);
  write_link(json, "git_url", links.git);
  write_link(json, "download_url", links.download);
  json.field("type", submodule && is_row ? "file" : type_of(located.entry.mode));
  if (submodule && !is_row) json.field("submodule_git_url", submodule_url(context, located));
  json.key("_links").begin_object();
  link(json, "self", links.self);
  write_link(json, "git", links.git);
  write_link(json, "html", links.html);
  json.end_object();
}

void write_file_members(JsonWriter& json, const Context& context, const Located& located, const std::string& content) {
  constexpr std::size_t kInline = std::size_t{1} << 20;
  write_entry_members(json, context, located, false);
  if (located.entry.mode == git::Mode::symlink) {
    json.field("target", content);
  } else if (located.entry.mode != git::Mode::commit) {
    const bool fits = content.size() <= kInline;
    json.field("content", fits ? wrapped_base64(content) : std::string());
    json.field("encoding", fits ? "base64" : "none");
  }
}

void write_file(JsonWriter& json, const Context& context, const Located& located, const std::string& content) {
  json.begin_object();
  write_file_members(json, context, located, content);
  json.end_object();
}

void write_folder(JsonWriter& json, const Context& context, const Located& folder, const git::Tree& tree) {
  constexpr std::size_t kMost = 1000;
  json.begin_array();
  for (std::size_t i = 0; i < std::min(tree.entries.size(), kMost); ++i) {
    Located row = folder;
    row.entry = tree.entries[i];
    row.path = folder.path.empty() ? row.entry.name : text::cat(folder.path, "/", row.entry.name);
    json.begin_object();
    write_entry_members(json, context, row, true);
    json.end_object();
  }
  json.end_array();
}

}  // namespace pome::twin::github::rest
