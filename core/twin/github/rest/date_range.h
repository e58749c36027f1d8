#pragma once
#include <limits>
#include <optional>
#include <string_view>

#include "core/twin/github/model/ids.h"

/// GitHub's date filters: `2026-01-01`, `>=2026-01-01T00:00:00Z`, `2026-01-01..2026-01-31`, `*..2026-01-31`.
namespace pome::twin::github::rest {

/// Seconds since 1970, both ends included. A date without a time means the whole day.
struct DateRange {
  model::Time first = std::numeric_limits<model::Time>::min();
  model::Time last = std::numeric_limits<model::Time>::max();

  bool holds(model::Time time) const { return first <= time && time <= last; }
};

/// Nothing when the text is no such filter.
std::optional<DateRange> parse_date_range(std::string_view text);

}  // namespace pome::twin::github::rest
