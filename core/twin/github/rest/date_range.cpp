#include "core/twin/github/rest/date_range.h"

#include "core/base/time.h"

namespace pome::twin::github::rest {

namespace {

constexpr model::Time kDay = 24 * 60 * 60;

/// The seconds a written date or instant covers.
std::optional<DateRange> span_of(std::string_view text) {
  const std::optional<model::Time> start = time::parse_iso8601(text);
  if (!start) return std::nullopt;
  const bool whole_day = text.find('T') == std::string_view::npos;
  return DateRange{*start, whole_day ? *start + kDay - 1 : *start};
}

/// "A..B", where either end may be "*".
std::optional<DateRange> between(std::string_view from, std::string_view to) {
  DateRange range;
  if (from != "*") {
    const std::optional<DateRange> first = span_of(from);
    if (!first) return std::nullopt;
    range.first = first->first;
  }
  if (to != "*") {
    const std::optional<DateRange> last = span_of(to);
    if (!last) return std::nullopt;
    range.last = last->last;
  }
  return range;
}

}  // namespace

std::optional<DateRange> parse_date_range(std::string_view text) {
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    return between(text.substr(0, dots), text.substr(dots + 2));
  }
  const std::size_t mark = text.find_first_not_of("<>=");
  const std::string_view sign = text.substr(0, mark);
  const std::optional<DateRange> span = span_of(text.substr(sign.size()));
  if (!span) return std::nullopt;
  DateRange range;
  if (sign == ">") {
    range.first = span->last + 1;
  } else if (sign == ">=") {
    range.first = span->first;
  } else if (sign == "<") {
    range.last = span->first - 1;
  } else if (sign == "<=") {
    range.last = span->last;
  } else if (sign.empty()) {
    return span;
  } else {
    return std::nullopt;
  }
  return range;
}

}  // namespace pome::twin::github::rest
