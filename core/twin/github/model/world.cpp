#include "core/twin/github/model/world.h"

/// Dozens of tables: copied, moved and destroyed by one function each.
namespace pome::twin::github::model {

World::World() = default;
World::World(const World&) = default;
World::World(World&&) noexcept = default;
World& World::operator=(const World&) = default;
World& World::operator=(World&&) noexcept = default;
World::~World() = default;

}  // namespace pome::twin::github::model
