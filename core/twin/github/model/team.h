#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A team of an organization. Review requests name it by its slug.
struct Team {
  Id id = 0;
  std::string organization;  ///< login
  std::string slug;
  std::string name;
  std::optional<std::string> description;
  bool secret = false;               ///< seen by its members and the organization's owners only
  std::vector<std::string> members;  ///< logins

  std::string key() const { return organization + "/" + slug; }
  bool operator==(const Team&) const = default;
};
using TeamPtr = std::shared_ptr<const Team>;

/// The team of that slug in the organization that owns the repository, or nullptr.
TeamPtr find_team(const World& world, Id repo, std::string_view slug);

/// The rows of "teams" in the state export.
void export_teams(JsonWriter& out, const World& world);

/// Seed: the root's "teams".
void seed_teams(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
