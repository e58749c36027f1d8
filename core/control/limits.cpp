#include "core/control/limits.h"

#include "core/base/text.h"
#include "core/base/time.h"

namespace pome::control {

std::int64_t RateLimiter::take(std::string_view caller, std::int64_t now_seconds) {
  const std::int64_t minute = now_seconds / 60;
  auto found = windows_.find(caller);
  if (found == windows_.end()) found = windows_.emplace(caller, Window{minute, 0}).first;
  Window& window = found->second;
  if (window.minute != minute) window = Window{minute, 0};
  if (window.count >= per_minute_) return (minute + 1) * 60 - now_seconds;
  ++window.count;
  return 0;
}

void RateLimiter::prune(std::int64_t now_seconds) {
  std::erase_if(windows_, [&](const auto& entry) { return entry.second.minute < now_seconds / 60; });
}

std::int64_t month_start(std::int64_t epoch_seconds) {
  const std::string date = time::iso8601(epoch_seconds);  // 2026-01-31T...
  return time::parse_iso8601(text::cat(std::string_view(date).substr(0, 8), "01")).value_or(0);
}

std::int64_t next_month_start(std::int64_t epoch_seconds) {
  return month_start(month_start(epoch_seconds) + std::int64_t{32} * 24 * 3600);
}

}  // namespace pome::control
