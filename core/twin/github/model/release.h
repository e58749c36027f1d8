#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Release {
  Id repo = 0;
  Id id = 0;
  std::string tag_name;
  std::string target_commitish;
  std::optional<std::string> name;
  std::optional<std::string> body;
  bool draft = false;
  bool prerelease = false;
  std::string author;
  Time created_at = 0;
  std::optional<Time> published_at;  ///< absent on drafts

  NumberKey key() const { return {repo, id}; }
  bool operator==(const Release&) const = default;
  static const RowKind kind;
};
using ReleasePtr = std::shared_ptr<const Release>;

/// The rows of "releases" in the state export.
void export_releases(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "releases".
void seed_releases(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
