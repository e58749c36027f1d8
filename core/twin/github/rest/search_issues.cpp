#include <algorithm>

#include "core/twin/github/rest/issue_filter.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/search_issue_terms.h"
#include "core/twin/github/rest/shapes.h"

/// Search for issues and pull requests.
namespace pome::twin::github::rest {

namespace {

constexpr std::string_view kSorts[] = {
    "comments",        "reactions",      "reactions-+1", "reactions--1", "reactions-smile", "reactions-thinking_face",
    "reactions-heart", "reactions-tada", "interactions", "created",      "updated"};

struct Hit {
  IssueRow row;
  std::int64_t rank = 0;
};

/// What a sort word counts; the number of reactions of one content for "reactions-...".
std::int64_t rank_of(const Context& context, std::string_view sort, const model::Issue& issue) {
  if (sort == "created") return issue.created_at;
  if (sort == "updated") return issue.updated_at;
  if (sort == "comments") return issue.comments;
  struct Word {
    std::string_view sort;
    model::ReactionContent content;
  };
  constexpr Word kWords[] = {
      {"reactions-+1", model::ReactionContent::plus_one}, {"reactions--1", model::ReactionContent::minus_one},
      {"reactions-smile", model::ReactionContent::laugh}, {"reactions-thinking_face", model::ReactionContent::confused},
      {"reactions-heart", model::ReactionContent::heart}, {"reactions-tada", model::ReactionContent::hooray}};
  const auto counts = model::reaction_counts(context.world, issue.repo, issue.id);
  for (const Word& word : kWords) {
    if (word.sort == sort) return counts[static_cast<std::size_t>(word.content)];
  }
  std::int64_t all = sort == "interactions" ? issue.comments : 0;
  for (const model::Id count : counts) all += count;
  return all;
}

/// The issues that satisfy the query, best first.
std::vector<Hit> find_hits(const Context& context, const Search& search) {
  IssueTexts texts;
  texts.title = search.looks_in("title", true);
  texts.body = search.looks_in("body", true);
  texts.comments = search.looks_in("comments", true);
  const auto terms = search.texts();
  std::vector<Hit> out;
  for (const model::RepositoryPtr& repository :
       model::visible_repositories(context.world, context.call.login, std::string_view())) {
    for (const auto& entry : model::rows_of(context.world.issues, repository->id)) {
      const model::Issue& issue = *entry.row;
      if (!repository->has_issues && !issue.is_pull_request) continue;
      const SearchedIssue row{context.world, *repository, issue,
                              issue.is_pull_request ? context.world.pulls.find(issue.key()) : nullptr};
      const bool fits = model::satisfies(
          search.root, [&](const model::SearchNode& term) { return issue_term_holds(row, term, texts); });
      if (!fits) continue;
      const std::int64_t rank =
          search.sort.empty() ? name_score(terms, issue.title) : rank_of(context, search.sort, issue);
      out.push_back({{repository.get(), &issue}, rank});
    }
  }
  // Equal ranks: newest first.
  std::sort(out.begin(), out.end(), [&](const Hit& a, const Hit& b) {
    if (a.rank != b.rank) return search.descending ? a.rank > b.rank : a.rank < b.rank;
    if (a.row.issue->created_at != b.row.issue->created_at) return a.row.issue->created_at > b.row.issue->created_at;
    return a.row.issue->id > b.row.issue->id;
  });
  return out;
}

void write_hit(JsonWriter& json, const Context& context, const Search& search, const Hit& hit) {
  const model::Issue& issue = *hit.row.issue;
  const std::string_view body = issue.body ? std::string_view(*issue.body) : std::string_view();
  const FoundObject found{text::cat(api_url(context, *hit.row.repository), "/issues/", issue.number),
                          issue.is_pull_request ? "PullRequest" : "Issue",
                          {{"title", issue.title}, {"body", body}}};
  write_found(json, search, found, [&](JsonWriter& row) { write_issue(row, context, *hit.row.repository, issue); });
}

/// The reasons GitHub names for answering a wish for semantic search by words.
std::string_view fallback_reason(const Search& search) {
  const auto terms = search.texts();
  if (terms.empty()) return "no_text_terms";
  const bool quoted = std::any_of(terms.begin(), terms.end(), [](const auto* term) { return term->quoted; });
  return quoted ? "quoted_text" : "service_unavailable";
}

Reply search_issues(Context& context) {
  const Search search = read_search(context, kIssueQualifiers, kSorts);
  if (context.refusal) return errors::not_found();
  const std::vector<Hit> hits = find_hits(context, search);
  const std::string_view wish = context.query.get("search_type").value_or(std::string_view());
  return search_page(
      context, hits.size(), [&](JsonWriter& json, std::size_t i) { write_hit(json, context, search, hits[i]); },
      [&](JsonWriter& json) {
        json.field("search_type", "lexical");
        if (wish != "semantic" && wish != "hybrid") return;
        json.key("lexical_fallback_reason").begin_array().value(fallback_reason(search)).end_array();
      });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/search/issues",
     .operation = "search/issues-and-pull-requests",
     .docs = "search/search#search-issues-and-pull-requests",
     .access = Access::account,
     .tools = {"search_issues", "search_pull_requests"},
     .handle = search_issues},
};

}  // namespace

std::span<const Route> search_issue_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
