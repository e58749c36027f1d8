#pragma once
#include <optional>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {

struct SeedResult {
  std::optional<World> world;  ///< present unless `diagnostics` holds an error
  Diagnostics diagnostics;     ///< all problems of the text, in the order of their positions
};

/// Builds the world a seed describes. Empty text = the default seed. Unknown keys are warnings with a suggestion; wrong
/// types, missing members, duplicates and references to nothing are errors at their line and column.
SeedResult build_world(std::string_view json);

/// The seed used when a scenario has none.
std::string_view default_seed();

}  // namespace pome::twin::github::model
