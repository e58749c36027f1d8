#pragma once
#include "core/twin/github/model/world.h"

/// What goes with a repository. Internal to the model.
namespace pome::twin::github::model {

/// Removes every row that belongs to a repository or speaks of it, but for the repository itself, its former names and
/// its forks. The journal does not list them: GitHub tells of the deleted repository alone.
void drop_contents(World& world, Id repo);

}  // namespace pome::twin::github::model
