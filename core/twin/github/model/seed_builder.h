#pragma once
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/seed_reader.h"
#include "core/twin/github/model/world.h"

/// The seed's path into the world, part by part. Internal to the model.
namespace pome::twin::github::model {

inline constexpr std::string_view kAgentLogin = "pome-agent";

/// A world under construction. Every row carries the seed's time unless the seed gives another.
struct Seeding {
  World world;
  Journal journal;  ///< thrown away
  Action action{world, kAgentLogin, journal};
  std::set<std::string> declared;  ///< lower-cased logins that `users` lists
  std::set<Id> numbers;            ///< asked for by issues and pull requests of the current repository

  Seeding() = default;
  Seeding(const Seeding&) = delete;
  Seeding& operator=(const Seeding&) = delete;

  /// Stores a user of that login unless there is one, and answers the login as stored. Notes what no login can be.
  std::string user(const Node& where, std::string_view login, UserType type = UserType::user);
  /// The login a member names (the first of `keys` that is there), or pome-agent.
  std::string author(const Node& node, std::initializer_list<std::string_view> keys);
};

void seed_user(Seeding& seed, const Node& node);
void seed_repository(Seeding& seed, const Node& node);
void seed_labels(Seeding& seed, const Repository& repo, const Node& node);
void seed_milestones(Seeding& seed, const Repository& repo, const Node& node);
void seed_files(Seeding& seed, const Repository& repo, const Node& node);
void seed_tags_and_releases(Seeding& seed, const Repository& repo, const Node& node);
void seed_issues(Seeding& seed, const Repository& repo, const Node& node);
void seed_pull_requests(Seeding& seed, const Repository& repo, const Node& node);

/// The part issues and pull requests share: number, texts, state, labels, assignees, milestone, lock, times.
Issue read_issue(Seeding& seed, const Repository& repo, const Node& node);
/// Collects the numbers asked for under `key` and notes repeated ones.
void collect_numbers(Seeding& seed, const Node& node, std::string_view key);
/// Notes a member that git would not take as a branch or tag name.
bool check_ref_name(const Node& node, std::string_view key);
void seed_comments(Seeding& seed, const Issue& issue, const Node& node);

}  // namespace pome::twin::github::model
