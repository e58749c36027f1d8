#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/search.h"
#include "core/twin/github/rest/shapes.h"

/// Search in the labels of one repository.
namespace pome::twin::github::rest {

namespace {

constexpr std::string_view kSorts[] = {"created", "updated"};

Reply search_labels(Context& context) {
  const std::string_view written = context.query.get("repository_id").value_or(std::string_view());
  if (written.empty()) return errors::missing("Search", "repository_id");
  const Search search = read_search(context, {}, kSorts);
  if (context.refusal) return errors::not_found();
  const auto id = text::to_integer(written);
  const model::RepositoryPtr repository = id ? context.world.repositories_by_id.get(*id) : nullptr;
  if (!repository || model::permission_of(context.world, *id, context.call.login) == model::Role::none) {
    return errors::not_found();
  }
  std::vector<model::LabelPtr> hits;
  // Ids grow with time and labels keep none of their own: both sort words mean the order of creation.
  for (const auto& entry : model::rows_of(context.world.labels_by_id, repository->id)) {
    const model::Label& label = *entry.row;
    const bool fits = model::satisfies(search.root, [&](const model::SearchNode& term) {
      return model::find_tokens(label.name, term.tokens) ||
             (label.description && model::find_tokens(*label.description, term.tokens));
    });
    if (fits) hits.push_back(entry.row);
  }
  if (!search.sort.empty() && search.descending) hits = {hits.rbegin(), hits.rend()};
  return search_page(context, hits.size(), [&](JsonWriter& json, std::size_t i) {
    const model::Label& label = *hits[i];
    const std::string_view description = label.description ? std::string_view(*label.description) : std::string_view();
    const FoundObject found{text::cat(api_url(context, *repository), "/labels/", encoded_segment(label.name)),
                            "Label",
                            {{"name", label.name}, {"description", description}}};
    write_found(json, search, found, [&](JsonWriter& row) { write_label(row, context, *repository, label); });
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/search/labels",
     .operation = "search/labels",
     .docs = "search/search#search-labels",
     .access = Access::account,
     .handle = search_labels},
};

}  // namespace

std::span<const Route> search_label_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
