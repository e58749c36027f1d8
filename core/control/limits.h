#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace pome::control {

/// Counts requests per caller in whole minutes.
class RateLimiter {
 public:
  explicit RateLimiter(std::size_t per_minute) : per_minute_(per_minute) {}
  /// 0 when the request may go on, else the seconds until it may be tried again.
  std::int64_t take(std::string_view caller, std::int64_t now_seconds);
  /// Forgets callers of past minutes.
  void prune(std::int64_t now_seconds);

 private:
  struct Window {
    std::int64_t minute = 0;
    std::size_t count = 0;
  };
  std::size_t per_minute_;
  std::map<std::string, Window, std::less<>> windows_;
};

/// First second of the calendar month (UTC) that `epoch_seconds` is in, and of the month after.
std::int64_t month_start(std::int64_t epoch_seconds);
std::int64_t next_month_start(std::int64_t epoch_seconds);

}  // namespace pome::control
