#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/twin/github/rest/api.h"
#include "core/twin/github/rest/reply.h"

/// The requests GitHub grants. A seed that says nothing about them has them counted only.
namespace pome::twin::github::rest {

/// What the x-ratelimit headers tell.
struct RateLimit {
  std::int64_t limit = 5000;
  std::int64_t used = 0;
  std::int64_t reset = 0;  ///< epoch seconds: the end of the window

  std::int64_t remaining() const { return used < limit ? limit - used : 0; }
};

/// The budget as the call meets it. Operation rate-limit/get shows this one: asking costs nothing.
RateLimit rate_limit_before(const model::World& world, const Call& call);
/// The budget that the headers of the call's answer show. The seed's limits leave GET /rate_limit uncounted.
RateLimit rate_limit_after(const model::World& world, const Call& call);

/// A refusal by a limit, and the Retry-After it comes with.
struct RateRefusal {
  Reply reply;
  std::optional<std::int64_t> retry_after;  ///< seconds
};
/// Nothing when the call is within both limits.
std::optional<RateRefusal> check_rate(const model::World& world, const Call& call);

/// The meter after a call that was answered with that status, or refused by `check_rate`.
RateMeter meter_after(const model::World& world, const Call& call, int status, bool refused);

}  // namespace pome::twin::github::rest
