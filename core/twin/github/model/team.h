#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/collaborator.h"

namespace pome::twin::github::model {

struct TeamMember {
  std::string login;
  bool maintainer = false;
};

struct TeamRepository {
  Id repo = 0;
  Role role = Role::read;
};

/// A team of an organization. Its members have the team's role in each of its repositories.
struct Team {
  Id organization = 0;  ///< the organization's user id
  Id id = 0;
  std::string slug;
  std::string name;
  std::optional<std::string> description;
  bool secret = false;
  std::vector<TeamMember> members;           ///< by login
  std::vector<TeamRepository> repositories;  ///< by id
  Time created_at = 0;
  Time updated_at = 0;

  NameKey key() const { return {organization, slug}; }
  static const RowKind kind;
};
using TeamPtr = std::shared_ptr<const Team>;

TeamPtr find_team(const World& world, Id organization, std::string_view slug);
/// The team of that slug in the organization that owns the repository, or nullptr.
TeamPtr find_owners_team(const World& world, Id repo, std::string_view slug);
/// By slug.
std::vector<TeamPtr> teams_of(const World& world, Id organization);
bool is_member(const Team& team, std::string_view login);
/// The role a team has in a repository; none when the repository is not the team's.
Role role_of(const Team& team, Id repo);
/// The best role that teams of the repository's owner give a login.
Role team_role(const World& world, const Repository& repo, std::string_view login);

void export_teams(JsonWriter& out, const World& world);

/// Seed: the root's "teams" with their members; before the repositories, whose pull requests name teams.
void seed_teams(Seeding& seed, const Node& root);
/// Seed: the repositories of those teams.
void seed_team_repositories(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
