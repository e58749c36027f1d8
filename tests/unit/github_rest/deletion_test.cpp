#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

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

/// Rows that stand in a table the state does not show.
std::size_t hidden_rows(const model::World& world, model::Id repo) {
  const auto count = [](const auto& rows) {
    std::size_t out = 0;
    for (auto at = rows.begin(); !(at == rows.end()); ++at) ++out;
    return out;
  };
  std::size_t out =
      count(model::rows_of(world.labels_by_id, repo)) + count(model::rows_of(world.comments_by_id, repo)) +
      count(model::rows_of(world.issue_events_by_id, repo)) + count(model::rows_of(world.milestone_tallies, repo)) +
      count(model::rows_of(world.kept_objects, repo)) + count(model::rows_of(world.hook_deliveries, repo)) +
      count(model::rows_of(world.former_branches, repo));
  for (const auto& entry : world.sub_issues_by_parent) out += entry.row->repo == repo || entry.key.repo == repo;
  for (const auto& entry : world.dependencies_by_blocking) out += entry.row->repo == repo || entry.key.repo == repo;
  for (const auto& entry : world.reactions) out += entry.key.repo == repo;
  return out + (world.totals.find(repo) ? 1 : 0);
}

TEST(DeletedRepository, LeavesNothingBehind) {
  std::vector<Json> documents;
  for (const std::string& file : list_files("tests/data/twin", ".json")) documents.push_back(read_json(file));
  for (const std::string& file : list_files("tests/data/twin/seed", ".json")) {
    const std::size_t slash = file.rfind('/') + 1;
    const std::string seed = file.substr(slash, file.rfind('.') - slash);
    const model::World full = filled_world(seed, documents);
    for (const auto& entry : full.repositories_by_id) {
      const model::RepositoryPtr repository = entry.row;
      SCOPED_TRACE(text::cat(seed, ": ", repository->full_name()));
      model::World rest = without(full, repository->id);
      EXPECT_EQ(0u, hidden_rows(rest, repository->id));
      rest.hook_deliveries = {};  // what others were told of it was said
      const std::string state = model::export_state(rest);
      const std::size_t id = find_number(state, text::cat(repository->id));
      EXPECT_EQ(std::string::npos, id) << around(state, id);
      const std::size_t name = state.find(text::cat("\"", repository->full_name(), "\""));
      EXPECT_EQ(std::string::npos, name) << around(state, name);
    }
  }
}

}  // namespace

}  // namespace pome::test
