#pragma once
#include "core/criteria/world.h"

namespace pome::criteria {

/// The last call that changed the thing the evidence points at, after its recorded delta; the call that changed the
/// very member wins over one that changed another. Null when no call did, or when that cannot be told. Lives in the
/// tape.
const Call* last_touch(const Evidence& evidence, const World& world);

}  // namespace pome::criteria
