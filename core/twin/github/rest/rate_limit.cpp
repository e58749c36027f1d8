#include "core/twin/github/rest/rate_limit.h"

#include <algorithm>
#include <string>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/twin/github/rest/respond.h"

namespace pome::twin::github::rest {

namespace {

using model::RateRules;

constexpr std::int64_t kMinute = 60;
constexpr std::string_view kPrimaryDocs = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api";
constexpr std::string_view kSecondaryDocs =
    "https://docs.github.com/free-pro-team@latest/rest/overview/"
    "rate-limits-for-the-rest-api#about-secondary-rate-limits";

std::int64_t now_of(const Call& call) { return call.now_millis / 1000; }

bool is_free(const Call& call) { return call.request.path == "/rate_limit"; }

/// GitHub's points: reads cost 1, writes 5.
std::int64_t points_of(const Call& call) { return http::is_safe(call.request.method) ? 1 : 5; }

/// The meter with windows that are over replaced by fresh ones.
RateMeter current(const RateRules& rules, const Call& call) {
  RateMeter meter = call.meter;
  const std::int64_t now = now_of(call);
  if (meter.window_start == 0) {
    meter.window_start = now;
    meter.used = rules.limit - rules.remaining;
  } else if (now >= meter.window_start + rules.window_seconds) {
    meter.window_start = now;
    meter.used = 0;
  }
  if (now >= meter.minute_start + kMinute) {
    meter.minute_start = now;
    meter.points = 0;
  }
  return meter;
}

/// `more`: requests on top of those the meter shows.
RateLimit budget(const model::World& world, const Call& call, std::int64_t more) {
  constexpr std::int64_t kHour = 3600;
  const RateRules& rules = world.rate_rules;
  RateLimit rate;
  rate.limit = rules.limit;
  std::int64_t used = static_cast<std::int64_t>(call.calls_before);
  rate.reset = (now_of(call) / kHour + 1) * kHour;
  if (rules.enforced) {
    const RateMeter meter = current(rules, call);
    used = meter.used;
    rate.reset = meter.window_start + rules.window_seconds;
  }
  rate.used = std::min(used + more, rate.limit);
  return rate;
}

ApiError primary_error(const model::World& world, const Call& call) {
  ApiError error;
  error.status = world.rate_rules.status;
  error.message = text::cat("API rate limit exceeded for user ID ", model::user_or_stranger(world, call.login)->id,
                            ". If you reach out to GitHub Support for help, please include the request ID ",
                            github_request_id(call), " and timestamp ", time::iso8601(now_of(call)), ".");
  error.docs = kPrimaryDocs;
  return error;
}

ApiError secondary_error(const model::World& world, const Call& call) {
  ApiError error;
  error.status = world.rate_rules.status;
  error.message = text::cat(
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
      "If you reach out to GitHub Support for help, please include the request ID ",
      github_request_id(call), " and timestamp ", time::iso8601(now_of(call)), ".");
  error.docs = kSecondaryDocs;
  return error;
}

}  // namespace

RateLimit rate_limit_before(const model::World& world, const Call& call) { return budget(world, call, 0); }

RateLimit rate_limit_after(const model::World& world, const Call& call) {
  return budget(world, call, world.rate_rules.enforced && is_free(call) ? 0 : 1);
}

std::optional<RateRefusal> check_rate(const model::World& world, const Call& call) {
  const RateRules& rules = world.rate_rules;
  if (!rules.enforced) return std::nullopt;
  const RateMeter meter = current(rules, call);
  if (meter.used >= rules.limit && !is_free(call)) return RateRefusal{primary_error(world, call), std::nullopt};
  const bool spent = rules.points_per_minute != 0 && meter.points + points_of(call) > rules.points_per_minute;
  if (spent) return RateRefusal{secondary_error(world, call), rules.retry_after};
  return std::nullopt;
}

RateMeter meter_after(const model::World& world, const Call& call, int status, bool refused) {
  if (!world.rate_rules.enforced) return call.meter;
  RateMeter meter = current(world.rate_rules, call);
  if (refused) return meter;
  if (status != 304 && !is_free(call)) ++meter.used;
  meter.points += points_of(call);
  return meter;
}

}  // namespace pome::twin::github::rest
