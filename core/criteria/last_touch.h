#pragma once
#include <string>

#include "core/criteria/world.h"

namespace pome::criteria {

/// request_id of the last call that changed the thing the evidence points at, after its recorded delta; the call that
/// changed the very member wins over one that changed another. Empty when no call did, or when that cannot be told.
std::string last_touch(const Evidence& evidence, const World& world);

}  // namespace pome::criteria
