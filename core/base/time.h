#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Time as plain integers since 1970-01-01T00:00:00Z. Core never reads a clock: instants arrive as arguments.
namespace pome::time {

std::string iso8601(std::int64_t epoch_seconds);        ///< 2026-01-01T00:00:00Z
std::string iso8601_millis(std::int64_t epoch_millis);  ///< 2026-01-01T00:00:00.000Z
std::string http_date(std::int64_t epoch_seconds);      ///< Thu, 01 Jan 2026 00:00:00 GMT (RFC 9110)
/// Accepts a date, or a date and time with optional fraction and Z or a numeric offset; nothing on anything else.
std::optional<std::int64_t> parse_iso8601(std::string_view text);
/// The same instant as a clock shows it that many minutes east of UTC: 2026-01-01T02:00:00+02:00.
std::string iso8601_at(std::int64_t epoch_seconds, int offset_minutes);
/// How far east of UTC, in minutes, a time that parse_iso8601 takes was written; 0 for Z and plain dates.
int offset_minutes(std::string_view text);
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace pome::time

namespace pome {

/// Real time and randomness, owned by the front door and lent to the parts of core that need them
/// (expiry, rate-limit resets, tape timestamps, secrets). Must outlive every object that holds it.
class Environment {
 public:
  virtual ~Environment() = default;
  virtual std::int64_t now_millis() = 0;                    ///< wall clock, since 1970
  virtual std::int64_t monotonic_micros() = 0;              ///< for latencies only
  virtual std::string random_bytes(std::size_t count) = 0;  ///< cryptographically strong
};

}  // namespace pome
