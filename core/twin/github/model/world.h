#pragma once

namespace pome::twin::github::model {

/// Everything one GitHub twin knows. Copies in O(1): every collection is a copy-on-write Table.
struct World {};

}  // namespace pome::twin::github::model
