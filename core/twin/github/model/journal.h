#pragma once

namespace pome::twin::github::model {

/// One mutation: which entity, and its rows before and after.
struct Change {};

}  // namespace pome::twin::github::model
