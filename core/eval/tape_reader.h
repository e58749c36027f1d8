#pragma once
#include <string_view>

#include "core/base/result.h"
#include "core/criteria/world.h"

namespace pome::eval {

/// Reads recorder rows: a JSON array of them, or one after the other (NDJSON). Rows of other kinds and of other twins
/// are passed over; `TapeTruncatedEvent` adds its `dropped`. Bodies and deltas stay text and point into `text`, which
/// must outlive the tape. Fails with `bad-evidence` when the text is not that.
Result<criteria::Tape> read_tape(std::string_view text);

}  // namespace pome::eval
