#pragma once
#include <cstddef>
#include <string>

#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {

/// Files up to this size are exported with their content; larger ones by blob id (`content` null).
inline constexpr std::size_t kInlineContent = std::size_t{64} << 10;

/// The whole world as one JSON object (unredacted): what `GET /_pome/state` answers and criteria read.
/// Shape: the published state contract (booleans as 0/1 where it has them), and more: users, collaborators, milestones,
/// tags, releases, commits, the clock, and GitHub's further issue and pull request members.
std::string export_state(const World& world);

}  // namespace pome::twin::github::model
