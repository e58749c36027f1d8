#pragma once
#include <cstdint>

#include "core/twin/github/rest/api.h"

namespace pome::twin::github::rest {

/// The budget GitHub grants a token per hour. The twin counts but never refuses.
struct RateLimit {
  std::int64_t limit = 5000;
  std::int64_t used = 0;
  std::int64_t reset = 0;  ///< epoch seconds: the end of the current hour

  std::int64_t remaining() const { return used < limit ? limit - used : 0; }
};

RateLimit rate_limit_of(const Call& call);

}  // namespace pome::twin::github::rest
