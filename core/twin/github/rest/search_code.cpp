#include <algorithm>

#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/search.h"
#include "core/twin/github/rest/shapes.h"

/// Search in the files of default branches.
namespace pome::twin::github::rest {

namespace {

using model::SearchNode;

constexpr SearchQualifier kQualifiers[] = {
    {"extension"},
    {"filename"},
    {"fork"},
    {"in"},
    {"is"},
    {"language"},
    {"org", SearchValue::place},
    {"path"},
    {"repo", SearchValue::place},
    {"size", SearchValue::number},
    {"user", SearchValue::place},
};
constexpr std::string_view kSorts[] = {"indexed"};

struct Hit {
  model::RepositoryPtr repository;
  git::ObjectId commit;
  git::FileEntry file;
  const std::string* content = nullptr;
  std::int64_t rank = 0;
};

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extension_of(std::string_view path) {
  const std::string_view name = name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

/// `path:src` and `path:src/app` name folders, or the file itself; "/" is the root folder.
bool is_below(std::string_view path, std::string_view wanted) {
  if (wanted == "/") return path.find('/') == std::string_view::npos;
  while (!wanted.empty() && wanted.front() == '/') wanted.remove_prefix(1);
  while (!wanted.empty() && wanted.back() == '/') wanted.remove_suffix(1);
  if (path.substr(0, wanted.size()) != wanted) return false;
  return path.size() == wanted.size() || path[wanted.size()] == '/';
}

struct Places {
  bool file = true;
  bool path = true;
};

bool term_holds(const Hit& hit, const SearchNode& term, const Places& places) {
  const std::string& path = hit.file.path;
  if (term.kind == SearchNode::Kind::text) {
    return (places.path && model::find_tokens(path, term.tokens)) ||
           (places.file && model::find_tokens(*hit.content, term.tokens));
  }
  if (term.name == "extension") {
    std::string_view wanted = term.value;
    if (!wanted.empty() && wanted.front() == '.') wanted.remove_prefix(1);
    return text::equals_ignore_case(extension_of(path), wanted);
  }
  if (term.name == "filename") return text::contains_ignore_case(name_of(path), term.value);
  if (term.name == "path") return is_below(path, term.value);
  if (term.name == "language") return text::equals_ignore_case(language_of(path), term.value);
  if (term.name == "size") return term.range.holds(static_cast<std::int64_t>(hit.content->size()));
  if (term.name == "is") return repository_is(*hit.repository, text::to_lower(term.value)).value_or(false);
  if (term.name == "fork" || term.name == "in") return true;
  return is_place(term, *hit.repository);
}

/// GitHub indexes text files below 384 KB.
bool is_indexed(const std::string& content) {
  constexpr std::size_t kMost = 384 * 1024;
  return content.size() < kMost && content.find('\0') == std::string::npos;
}

void add_hits(const Context& context, const Search& search, const model::RepositoryPtr& repository,
              std::vector<Hit>& out) {
  const model::RefPtr branch = model::find_branch(context.world, repository->id, repository->default_branch);
  const git::Commit* commit = branch ? context.world.objects.commit(branch->target) : nullptr;
  if (!commit) return;
  const Places places{search.looks_in("file", true), search.looks_in("path", true)};
  const auto terms = search.texts();
  for (git::FileEntry& file : context.world.objects.list_files(commit->tree)) {
    Hit hit{repository, branch->target, std::move(file), nullptr, 0};
    hit.content = context.world.objects.blob(hit.file.id);
    if (!hit.content || !is_indexed(*hit.content)) continue;
    const bool fits =
        model::satisfies(search.root, [&](const SearchNode& term) { return term_holds(hit, term, places); });
    if (!fits) continue;
    hit.rank = name_score(terms, hit.file.path);
    out.push_back(std::move(hit));
  }
}

void write_file(JsonWriter& json, const Context& context, const Hit& hit, std::string_view url) {
  json.begin_object().field("name", name_of(hit.file.path)).field("path", hit.file.path);
  json.field("sha", hit.file.id.hex());
  link(json, "url", url);
  link(json, "git_url", api_url(context, *hit.repository), "/git/blobs/", hit.file.id.hex());
  link(json, "html_url", web_url(*hit.repository), "/blob/", hit.commit.hex(), "/", encoded_path(hit.file.path));
  json.key("repository");
  write_repository(json, context, *hit.repository, Detail::minimal);
  json.end_object();
}

void write_hit(JsonWriter& json, const Context& context, const Search& search, const Hit& hit) {
  const std::string url = text::cat(api_url(context, *hit.repository), "/contents/", encoded_path(hit.file.path),
                                    "?ref=", hit.commit.hex());
  const FoundObject found{url, "FileContent", {{"path", hit.file.path}, {"content", *hit.content}}};
  write_found(json, search, found, [&](JsonWriter& row) { write_file(row, context, hit, url); });
}

Reply search_code(Context& context) {
  const Search search = read_search(context, kQualifiers, kSorts);
  if (context.refusal) return errors::not_found();
  const std::string_view forks = search.value_of("fork");
  std::vector<Hit> hits;
  for (const model::RepositoryPtr& repository :
       model::visible_repositories(context.world, context.call.login, std::string_view())) {
    const bool is_fork = repository->parent != 0;
    if (is_fork ? forks != "true" && forks != "only" : forks == "only") continue;
    add_hits(context, search, repository, hits);
  }
  if (search.sort == "indexed") {
    std::stable_sort(hits.begin(), hits.end(), [&](const Hit& a, const Hit& b) {
      const model::Time first = a.repository->pushed_at;
      const model::Time second = b.repository->pushed_at;
      return search.descending ? first > second : first < second;
    });
  } else {
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.rank > b.rank; });
  }
  return search_page(context, hits.size(),
                     [&](JsonWriter& json, std::size_t i) { write_hit(json, context, search, hits[i]); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/search/code",
     .operation = "search/code",
     .docs = "search/search#search-code",
     .access = Access::account,
     .tools = {"search_code"},
     .handle = search_code},
};

}  // namespace

std::span<const Route> search_code_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
