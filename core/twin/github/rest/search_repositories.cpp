#include <algorithm>
#include <map>

#include "core/twin/github/rest/repository_facts.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/search.h"
#include "core/twin/github/rest/shapes.h"

/// Search for repositories and for the topics they have.
namespace pome::twin::github::rest {

namespace {

using model::SearchNode;

constexpr SearchQualifier kQualifiers[] = {
    {"archived"},
    {"created", SearchValue::date},
    {"fork"},
    {"forks", SearchValue::number},
    {"good-first-issues", SearchValue::number},
    {"help-wanted-issues", SearchValue::number},
    {"in"},
    {"is"},
    {"language"},
    {"org", SearchValue::place},
    {"pushed", SearchValue::date},
    {"repo", SearchValue::place},
    {"size", SearchValue::number},
    {"stars", SearchValue::number},
    {"topic"},
    {"topics", SearchValue::number},
    {"updated", SearchValue::date},
    {"user", SearchValue::place},
};
constexpr std::string_view kSorts[] = {"stars", "forks", "help-wanted-issues", "updated"};

struct Places {
  bool name = true;
  bool description = true;
  bool topics = true;
  bool readme = false;
};

std::string_view readme_of(const Context& context, const model::Repository& repository) {
  const model::RefPtr branch = model::find_branch(context.world, repository.id, repository.default_branch);
  const git::Commit* commit = branch ? context.world.objects.commit(branch->target) : nullptr;
  const auto entry = commit ? context.world.objects.find(commit->tree, "README.md") : std::nullopt;
  const std::string* content = entry ? context.world.objects.blob(entry->id) : nullptr;
  return content ? std::string_view(*content) : std::string_view();
}

std::int64_t open_issues_with(const Context& context, const model::Repository& repository, std::string_view name) {
  const model::LabelPtr label = model::find_label(context.world, repository.id, name);
  if (!label) return 0;
  const auto issues = model::rows_of(context.world.issues, repository.id);
  return std::count_if(issues.begin(), issues.end(), [&](const auto& entry) {
    return entry.row->state == model::OpenState::open && model::has_label(*entry.row, *label);
  });
}

/// Names are found by any part, the other texts by whole words.
bool text_holds(const Context& context, const model::Repository& row, const SearchNode& term, const Places& places) {
  if (places.name &&
      (text::contains_ignore_case(row.name, term.value) || text::equals_ignore_case(row.full_name(), term.value))) {
    return true;
  }
  if (places.description && row.description && model::find_tokens(*row.description, term.tokens)) return true;
  if (places.topics && std::any_of(row.topics.begin(), row.topics.end(), [&](const std::string& topic) {
        return model::find_tokens(topic, term.tokens).has_value();
      })) {
    return true;
  }
  return places.readme && model::find_tokens(readme_of(context, row), term.tokens);
}

std::int64_t star_count(const Context& context, const model::Repository& repository) {
  return static_cast<std::int64_t>(model::stars_of(context.world, repository.id).size());
}

bool term_holds(const Context& context, const model::Repository& row, const SearchNode& term, const Places& places) {
  if (term.kind == SearchNode::Kind::text) return text_holds(context, row, term, places);
  if (term.name == "archived") return row.archived == (term.value == "true");
  if (term.name == "created") return term.range.holds(row.created_at);
  if (term.name == "pushed") return term.range.holds(row.pushed_at);
  if (term.name == "updated") return term.range.holds(row.updated_at);
  if (term.name == "stars") return term.range.holds(star_count(context, row));
  if (term.name == "forks") return term.range.holds(fork_count(context.world, row));
  if (term.name == "size") return term.range.holds(file_facts(context.world, row).kilobytes);
  if (term.name == "language") {
    return text::equals_ignore_case(file_facts(context.world, row).language, term.value);
  }
  if (term.name == "topic") {
    return std::find(row.topics.begin(), row.topics.end(), text::to_lower(term.value)) != row.topics.end();
  }
  if (term.name == "topics") return term.range.holds(static_cast<std::int64_t>(row.topics.size()));
  if (term.name == "good-first-issues") {
    return term.range.holds(open_issues_with(context, row, "good first issue"));
  }
  if (term.name == "help-wanted-issues") return term.range.holds(open_issues_with(context, row, "help wanted"));
  if (term.name == "is") return repository_is(row, text::to_lower(term.value)).value_or(false);
  if (term.name == "fork" || term.name == "in") return true;
  return is_place(term, row);
}

std::int64_t rank_of(const Context& context, const Search& search, const model::Repository& row) {
  if (search.sort == "updated") return row.updated_at;
  if (search.sort == "forks") return fork_count(context.world, row);
  if (search.sort == "help-wanted-issues") return open_issues_with(context, row, "help wanted");
  return search.sort == "stars" ? star_count(context, row) : name_score(search.texts(), row.name);
}

struct Hit {
  model::RepositoryPtr row;
  std::int64_t rank = 0;
};

/// Forks are found only when asked for.
std::vector<Hit> find_hits(const Context& context, const Search& search) {
  const Places places{search.looks_in("name", true), search.looks_in("description", true),
                      search.looks_in("topics", true), search.looks_in("readme", false)};
  const std::string_view forks = search.value_of("is") == "fork" ? "only" : search.value_of("fork");
  std::vector<Hit> out;
  for (const model::RepositoryPtr& row :
       model::visible_repositories(context.world, context.call.login, std::string_view())) {
    if (row->parent != 0 ? forks != "true" && forks != "only" : forks == "only") continue;
    const bool fits =
        model::satisfies(search.root, [&](const SearchNode& term) { return term_holds(context, *row, term, places); });
    if (fits) out.push_back({row, rank_of(context, search, *row)});
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](const Hit& a, const Hit& b) { return search.descending ? a.rank > b.rank : a.rank < b.rank; });
  return out;
}

Reply search_repositories(Context& context) {
  const Search search = read_search(context, kQualifiers, kSorts);
  if (context.refusal) return errors::not_found();
  const std::vector<Hit> hits = find_hits(context, search);
  return search_page(context, hits.size(), [&](JsonWriter& json, std::size_t i) {
    const model::Repository& row = *hits[i].row;
    const std::string_view description = row.description ? std::string_view(*row.description) : std::string_view();
    const FoundObject found{api_url(context, row), "Repository", {{"name", row.name}, {"description", description}}};
    write_found(json, search, found, [&](JsonWriter& inner) { write_repository(inner, context, row, Detail::normal); });
  });
}

constexpr SearchQualifier kTopicQualifiers[] = {
    {"created", SearchValue::date}, {"is"}, {"repositories", SearchValue::number}};

/// A topic is what the repositories that carry it make of it.
struct Topic {
  model::Id repositories = 0;
  model::Time created_at = 0;
  model::Time updated_at = 0;
};

std::map<std::string, Topic> topics_of(const Context& context) {
  std::map<std::string, Topic> out;
  for (const model::RepositoryPtr& row :
       model::visible_repositories(context.world, context.call.login, std::string_view())) {
    for (const std::string& name : row->topics) {
      Topic& topic = out[name];
      const bool first = topic.repositories++ == 0;
      topic.created_at = first ? row->created_at : std::min(topic.created_at, row->created_at);
      topic.updated_at = std::max(topic.updated_at, row->updated_at);
    }
  }
  return out;
}

bool topic_holds(const std::string& name, const Topic& topic, const SearchNode& term) {
  if (term.kind == SearchNode::Kind::text) return text::contains_ignore_case(name, term.value);
  if (term.name == "created") return term.range.holds(topic.created_at);
  if (term.name == "repositories") return term.range.holds(topic.repositories);
  return term.value == "not-featured" || term.value == "not-curated";
}

void write_topic(JsonWriter& json, const std::string& name, const Topic& topic) {
  json.begin_object()
      .field("name", name)
      .null_field("display_name")
      .null_field("short_description")
      .null_field("description");
  json.null_field("created_by").null_field("released");
  write_time(json, "created_at", topic.created_at);
  write_time(json, "updated_at", topic.updated_at);
  json.field("featured", false).field("curated", false).field("repository_count", topic.repositories);
  json.end_object();
}

Reply search_topics(Context& context) {
  const Search search = read_search(context, kTopicQualifiers, {});
  if (context.refusal) return errors::not_found();
  const std::map<std::string, Topic> topics = topics_of(context);
  std::vector<const std::pair<const std::string, Topic>*> hits;
  for (const auto& entry : topics) {
    const bool fits = model::satisfies(
        search.root, [&](const SearchNode& term) { return topic_holds(entry.first, entry.second, term); });
    if (fits) hits.push_back(&entry);
  }
  return search_page(context, hits.size(), [&](JsonWriter& json, std::size_t i) {
    const std::string url = text::cat(kWeb, "/topics/", hits[i]->first);
    write_found(json, search, FoundObject{url, "Topic", {{"name", hits[i]->first}}},
                [&](JsonWriter& row) { write_topic(row, hits[i]->first, hits[i]->second); });
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/search/repositories",
     .operation = "search/repos",
     .docs = "search/search#search-repositories",
     .access = Access::account,
     .tools = {"search_repositories"},
     .handle = search_repositories},
    {.method = Method::get,
     .path = "/search/topics",
     .operation = "search/topics",
     .docs = "search/search#search-topics",
     .access = Access::account,
     .handle = search_topics},
};

}  // namespace

std::span<const Route> search_repository_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
