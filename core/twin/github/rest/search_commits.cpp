#include <algorithm>

#include "core/git/graph.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/search.h"
#include "core/twin/github/rest/shape_commit.h"

/// Search in the history of default branches.
namespace pome::twin::github::rest {

namespace {

using model::SearchNode;

constexpr SearchQualifier kQualifiers[] = {
    {"author"},
    {"author-date", SearchValue::date},
    {"author-email"},
    {"author-name"},
    {"committer"},
    {"committer-date", SearchValue::date},
    {"committer-email"},
    {"committer-name"},
    {"hash"},
    {"is"},
    {"merge"},
    {"org", SearchValue::place},
    {"parent"},
    {"repo", SearchValue::place},
    {"tree"},
    {"user", SearchValue::place},
};
constexpr std::string_view kSorts[] = {"author-date", "committer-date"};

struct Hit {
  model::RepositoryPtr repository;
  git::ObjectId id;
  const git::Commit* commit = nullptr;
};

bool begins(const git::ObjectId& id, std::string_view digits) {
  constexpr std::size_t kFewest = 7;
  return digits.size() >= kFewest && text::starts_with_ignore_case(id.hex(), digits);
}

bool signature_holds(const git::Signature& signature, std::string_view part, const SearchNode& term) {
  if (part == "date") return term.range.holds(signature.time);
  if (part == "email") return text::equals_ignore_case(signature.email, term.value);
  if (part == "name") return text::contains_ignore_case(signature.name, term.value);
  return text::equals_ignore_case(model::login_of(signature), term.value);
}

bool term_holds(const Hit& hit, const SearchNode& term) {
  const git::Commit& commit = *hit.commit;
  if (term.kind == SearchNode::Kind::text) return model::find_tokens(commit.message, term.tokens).has_value();
  const std::string_view name = term.name;
  const std::string_view part = name.substr(std::min(name.find('-'), name.size() - 1) + 1);
  if (text::starts_with_ignore_case(name, "author")) return signature_holds(commit.author, part, term);
  if (text::starts_with_ignore_case(name, "committer")) return signature_holds(commit.committer, part, term);
  if (name == "hash") return begins(hit.id, term.value);
  if (name == "tree") return begins(commit.tree, term.value);
  if (name == "merge") return (commit.parents.size() > 1) == (term.value == "true");
  if (name == "parent") {
    return std::any_of(commit.parents.begin(), commit.parents.end(),
                       [&](const git::ObjectId& id) { return begins(id, term.value); });
  }
  if (name == "is") return repository_is(*hit.repository, text::to_lower(term.value)).value_or(false);
  return is_place(term, *hit.repository);
}

std::vector<Hit> find_hits(const Context& context, const Search& search) {
  std::vector<Hit> out;
  for (const model::RepositoryPtr& repository :
       model::visible_repositories(context.world, context.call.login, std::string_view())) {
    const auto head = model::resolve_commit(context.world, repository->id, "");
    if (!head) continue;
    for (const git::ObjectId& id : git::history(context.world.objects, {*head})) {
      const Hit hit{repository, id, context.world.objects.commit(id)};
      if (!hit.commit) continue;
      const bool fits = model::satisfies(search.root, [&](const SearchNode& term) { return term_holds(hit, term); });
      if (fits) out.push_back(hit);
    }
  }
  const auto time_of = [&](const Hit& hit) {
    return search.sort == "author-date" ? hit.commit->author.time : hit.commit->committer.time;
  };
  std::stable_sort(out.begin(), out.end(), [&](const Hit& a, const Hit& b) {
    return search.descending ? time_of(a) > time_of(b) : time_of(a) < time_of(b);
  });
  return out;
}

Reply search_commits(Context& context) {
  const Search search = read_search(context, kQualifiers, kSorts);
  if (context.refusal) return errors::not_found();
  const std::vector<Hit> hits = find_hits(context, search);
  return search_page(context, hits.size(), [&](JsonWriter& json, std::size_t i) {
    const Hit& hit = hits[i];
    const FoundObject found{text::cat(api_url(context, *hit.repository), "/commits/", hit.id.hex()),
                            "Commit",
                            {{"message", hit.commit->message}}};
    write_found(json, search, found, [&](JsonWriter& row) {
      row.begin_object();
      write_commit_members(row, context, *hit.repository, hit.id);
      row.key("repository");
      write_repository(row, context, *hit.repository, Detail::minimal);
      row.end_object();
    });
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/search/commits",
     .operation = "search/commits",
     .docs = "search/search#search-commits",
     .access = Access::account,
     .tools = {"search_commits"},
     .handle = search_commits},
};

}  // namespace

std::span<const Route> search_commit_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
