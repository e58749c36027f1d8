#include "core/twin/github/model/environment.h"

#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr Id kLongestWait = 43200;
constexpr std::size_t kMostReviewers = 6;

UserPtr user_of_id(const World& world, Id id) {
  for (const auto& entry : world.users) {
    if (entry.row->id == id && entry.row->type == UserType::user) return entry.row;
  }
  return nullptr;
}

void write_environment(JsonWriter& out, const World&, const Environment& row) {
  out.field("id", row.id).field("name", row.name).field("wait_timer", row.wait_timer);
  out.field("prevent_self_review", row.prevent_self_review);
  list_field(out, "reviewers", row.reviewers);
  out.field("protected_branches", row.policy && row.policy->protected_branches);
  out.field("custom_branch_policies", row.policy && row.policy->custom_policies);
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind Environment::kind = row_kind<&World::environments, write_environment>("environment");

std::vector<EnvironmentPtr> environments_of(const World& world, Id repo) {
  std::vector<EnvironmentPtr> out;
  for (const auto& entry : rows_of(world.environments, repo)) out.push_back(entry.row);
  return out;
}

EnvironmentPtr find_environment(const World& world, Id repo, std::string_view name) {
  return world.environments.get(NameKeyView{repo, name});
}

Ruling<EnvironmentPtr> set_environment(Action& action, Id repo, std::string_view name, const EnvironmentInput& input) {
  World& world = action.world;
  if (permission_of(world, repo, action.actor) < Role::admin) return not_found();
  if (text::trim(name).empty()) return unprocessable("Name can't be blank");
  if (input.wait_timer < 0 || input.wait_timer > kLongestWait) {
    return unprocessable("Wait timer must be an integer between 0 and 43200");
  }
  if (input.reviewers.size() > kMostReviewers) return unprocessable("An environment can have at most 6 reviewers");
  if (input.policy && input.policy->protected_branches == input.policy->custom_policies) {
    return unprocessable("protected_branches and custom_branch_policies cannot have the same value");
  }
  const EnvironmentPtr current = find_environment(world, repo, name);
  Environment next = current ? *current : Environment{};
  next.repo = repo;
  next.wait_timer = input.wait_timer;
  next.prevent_self_review = input.prevent_self_review;
  next.policy = input.policy;
  next.reviewers.clear();
  for (const Id id : input.reviewers) {
    const UserPtr user = user_of_id(world, id);
    if (!user) return unprocessable(text::cat("There is no user with the id ", id));
    next.reviewers.push_back(user->login);
  }
  if (current && next == *current) return current;
  next.updated_at = begin_mutation(action);
  if (!current) {
    next.name = std::string(name);
    next.id = ++world.counters.environment;
    next.created_at = next.updated_at;
  }
  return put(action, std::move(next));
}

void need_environment(Action& action, Id repo, std::string_view name, Time now) {
  if (find_environment(action.world, repo, name)) return;
  Environment fresh;
  fresh.repo = repo;
  fresh.id = ++action.world.counters.environment;
  fresh.name = std::string(name);
  fresh.created_at = fresh.updated_at = now;
  put(action, std::move(fresh), Cause::followed);
}

Refused delete_environment(Action& action, Id repo, std::string_view name) {
  if (permission_of(action.world, repo, action.actor) < Role::admin) return not_found();
  const EnvironmentPtr current = find_environment(action.world, repo, name);
  if (!current) return not_found();
  begin_mutation(action);
  erase(action, current);
  return std::nullopt;
}

void export_environments(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.environments);
}

void seed_environments(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("environments", [&](const Node& entry) {
    const bool plain = entry.value().is_string();
    if (!plain && !entry.is_object("name wait_timer prevent_self_review reviewers branches")) return;
    Environment row;
    row.repo = repo.id;
    row.name = plain ? entry.as_text() : entry.required_text("name");
    if (row.name.empty()) return;
    if (find_environment(seed.world, repo.id, row.name)) {
      entry.error("duplicate", text::cat("The environment \"", row.name, "\" appears twice."));
      return;
    }
    if (!plain) {
      row.wait_timer = entry.positive("wait_timer").value_or(0);
      row.prevent_self_review = entry.flag("prevent_self_review", false);
      entry.each("reviewers", [&](const Node& login) { row.reviewers.push_back(seed.user(login, login.as_text())); });
      const auto policy_from = [](std::string_view word) -> std::optional<int> {
        if (word == "all") return 0;
        if (word == "protected") return 1;
        return word == "custom" ? std::optional(2) : std::nullopt;
      };
      const int policy = entry.word("branches", 0, policy_from, "all, protected, custom");
      if (policy != 0) row.policy = DeploymentPolicy{policy == 1, policy == 2};
    }
    row.created_at = row.updated_at = seed.world.epoch;
    row.id = ++seed.world.counters.environment;
    put(seed.action, std::move(row));
  });
}

}  // namespace pome::twin::github::model
