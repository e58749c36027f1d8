#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {

// Out of line: a world has so many members that inlined copies would make up a good part of the program.
World::World() = default;
World::World(const World& other) = default;
World::World(World&& other) noexcept = default;
World& World::operator=(const World& other) = default;
World& World::operator=(World&& other) noexcept = default;
World::~World() = default;

}  // namespace pome::twin::github::model
