#pragma once
#include <string_view>

#include "core/base/result.h"
#include "core/proof/solution.h"

/// Solutions from what an agent did.
namespace pome::proof {

/// The calls of a tape that wrote something and were not refused, each expecting the status it had. Ids and digests
/// that came from the answer of an earlier one of them become placeholders. `events` is a JSON array or NDJSON. Fails
/// with `bad-tape`.
Result<Solution> record(std::string_view events);

}  // namespace pome::proof
