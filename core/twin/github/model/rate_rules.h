#pragma once
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// How GitHub rations requests, where a seed asks for it. Counted per session. Source: GitHub's "Rate limits for the
/// REST API".
struct RateRules {
  bool enforced = false;     ///< false: the twin counts and never refuses
  Id limit = 5000;           ///< requests a window grants (the primary limit)
  Id remaining = 5000;       ///< what the first window has left
  Id window_seconds = 3600;  ///< a window starts with the first request after the one before it
  Id points_per_minute = 0;  ///< the secondary limit, where a read costs 1 and a write 5; 0: none
  Id retry_after = 60;       ///< seconds a refusal by the secondary limit asks for
  int status = 403;          ///< of refusals: 403 or 429

  bool operator==(const RateRules&) const = default;
};

/// Seed: the root's "rate_limit".
void seed_rate_limit(Seeding& seed, const Node& root);

}  // namespace pome::twin::github::model
