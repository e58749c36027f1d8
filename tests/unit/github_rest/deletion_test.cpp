#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/twin/github/model/repository_lifecycle.h"
#include "core/twin/github/model/state_export.h"
#include "core/twin/github/model/world.h"
#include "tests/support/data.h"
#include "tests/unit/github_rest/twin.h"

/// What is left of a deleted repository, in worlds that hold whatever the rows of tests/data/twin make.
namespace pome::test {

namespace {

namespace model = twin::github::model;

/// Every write of the rows that start from a seed, one after the other, as far as each still goes through.
model::World filled_world(const std::string& seed, const std::vector<Json>& documents) {
  Twin twin(seed);
  const auto send = [&](const Json& row) {
    const http::Request request = request_of(row);
    if (request.method != "GET" && request.method != "DELETE") twin.send(request, actor_of(row));
  };
  for (const Json& document : documents) {
    for (const Json& row : document.at("cases")) {
      if (row.value("seed", document.value("seed", "world")) != seed) continue;
      if (row.contains("given")) {
        for (const Json& step : row.at("given")) send(step);
      }
      send(row);
    }
  }
  return twin.world;
}

/// The world without the repository, deleted by somebody who may.
model::World without(model::World world, model::Id repo) {
  constexpr std::string_view kAdmin = "janitor";
  model::Collaborator admin;
  admin.repo = repo;
  admin.login = kAdmin;
  admin.role = model::Role::admin;
  const model::NameKey key = admin.key();
  world.collaborators.put(key, std::make_shared<const model::Collaborator>(std::move(admin)));
  model::Journal journal;
  model::Action action{world, kAdmin, journal};
  EXPECT_FALSE(model::delete_repository(action, repo));
  return world;
}

/// Where a text holds these digits as a number of their own; npos when it does not.
std::size_t find_number(std::string_view text, std::string_view digits) {
  const auto is_digit_at = [&](std::size_t at) { return at < text.size() && text::is_digit(text[at]); };
  std::size_t at = text.find(digits);
  while (at != std::string_view::npos && (is_digit_at(at - 1) || is_digit_at(at + digits.size()))) {
    at = text.find(digits, at + 1);
  }
  return at;
}

std::string around(const std::string& text, std::size_t at) {
  constexpr std::size_t kContext = 300;
  return at == std::string::npos ? std::string() : text.substr(at < kContext ? 0 : at - kContext, 2 * kContext);
}

template <class Rows>
std::size_t rows_below(const Rows& table, model::Id repo) {
  std::size_t count = 0;
  for (const auto& entry : table) count += entry.key.repo == repo ? 1 : 0;
  return count;
}

/// Rows in the tables that a state does not show by themselves.
std::size_t hidden_rows(const model::World& world, model::Id repo) {
  return rows_below(world.labels_by_id, repo) + rows_below(world.milestone_tallies, repo) +
         rows_below(world.pulls, repo) + rows_below(world.comments, repo) + rows_below(world.comments_by_id, repo) +
         rows_below(world.issue_events, repo) + rows_below(world.issue_events_by_id, repo) +
         rows_below(world.reactions, repo) + rows_below(world.reviews, repo) + rows_below(world.review_comments, repo) +
         rows_below(world.dependencies_by_blocking, repo) + rows_below(world.sub_issues_by_parent, repo) +
         rows_below(world.deployment_statuses, repo) + rows_below(world.release_assets, repo) +
         rows_below(world.hook_deliveries, repo) + rows_below(world.former_branches, repo) +
         rows_below(world.kept_objects, repo);
}

/// The state with the bare repository put back, so that whatever still speaks of its id shows.
Json revived_state(model::World world, const model::RepositoryPtr& repository) {
  world.repositories.put(repository->full_name(), repository);
  world.repositories_by_id.put(repository->id, repository);
  world.hook_deliveries = {};  // what other repositories' hooks told of it was said
  Result<Json> state = json::parse(model::export_state(world));
  return state ? std::move(state).value() : Json();
}

/// Takes the repository's own object out of the state. Its lists have to be empty.
void take_out_empty(Json& state, const model::Repository& repository) {
  Json& list = state["repositories"];
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]["id"] != repository.id) continue;
    for (const auto& [name, value] : list[i].items()) {
      const bool is_fact = !value.is_array() || name == "topics";
      EXPECT_TRUE(is_fact || value.empty()) << name << ": " << json::dump(value);
    }
    EXPECT_EQ(0, list[i]["entity_counter"]);
    list.erase(i);
    return;
  }
  ADD_FAILURE() << "the state does not show the repository";
}

TEST(DeletedRepository, LeavesNothingBehind) {
  std::vector<Json> documents;
  for (const std::string& file : list_files("tests/data/twin", ".json")) documents.push_back(read_json(file));
  for (const std::string& seed : seed_names()) {
    const model::World full = filled_world(seed, documents);
    for (const auto& entry : full.repositories_by_id) {
      const model::RepositoryPtr repository = entry.row;
      SCOPED_TRACE(text::cat(seed, ": ", repository->full_name()));
      const model::World rest = without(full, repository->id);
      EXPECT_EQ(0u, hidden_rows(rest, repository->id));
      Json state = revived_state(rest, repository);
      take_out_empty(state, *repository);
      const std::string others = json::dump(state);
      const std::size_t id = find_number(others, text::cat(repository->id));
      EXPECT_EQ(std::string::npos, id) << around(others, id);
      const std::size_t name = others.find(text::cat("\"", repository->full_name(), "\""));
      EXPECT_EQ(std::string::npos, name) << around(others, name);
    }
  }
}

}  // namespace

}  // namespace pome::test
