#include "core/base/time.h"

#include <array>

#include "core/base/text.h"

namespace pome::time {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::int64_t kDay = 86400;

struct Civil {
  std::int64_t year;
  std::int64_t month;  // 1..12
  std::int64_t day;    // 1..31
};

/// Days since 1970-01-01 of a proleptic Gregorian date, counted in 400-year eras that start on 1 March.
std::int64_t days_from_civil(Civil date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

Civil civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  std::string digits;
  text::append_integer(digits, value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out.append(digits);
}

void append_clock(std::string& out, std::int64_t second_of_day) {
  append_padded(out, second_of_day / 3600, 2);
  out.push_back(':');
  append_padded(out, second_of_day / 60 % 60, 2);
  out.push_back(':');
  append_padded(out, second_of_day % 60, 2);
}

std::string date_and_clock(std::int64_t epoch_seconds) {
  const std::int64_t days = floor_divide(epoch_seconds, kDay);
  const Civil date = civil_from_days(days);
  std::string out;
  out.reserve(24);
  append_padded(out, date.year, 4);
  out.push_back('-');
  append_padded(out, date.month, 2);
  out.push_back('-');
  append_padded(out, date.day, 2);
  out.push_back('T');
  append_clock(out, epoch_seconds - days * kDay);
  return out;
}

/// Takes exactly `count` digits off the front of `text`.
std::optional<std::int64_t> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count || text.front() == '-') return std::nullopt;
  const auto value = text::to_integer(text.substr(0, count));
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

bool is_date(Civil date) {
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
  const Civil back = civil_from_days(days_from_civil(date));
  return back.month == date.month && back.day == date.day;
}

/// "hh:mm:ss" in seconds; a leap second counts as the next minute's first.
std::optional<std::int64_t> take_clock(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool negative = !text.empty() && text.front() == '-';
  if (!take(text, '-') && !take(text, '+')) return std::nullopt;
  const auto hours = take_digits(text, 2);
  take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::int64_t offset = *hours * 3600 + *minutes * 60;
  return negative ? -offset : offset;
}

}  // namespace

std::string iso8601(std::int64_t epoch_seconds) { return date_and_clock(epoch_seconds) + "Z"; }

std::string iso8601_millis(std::int64_t epoch_millis) {
  const std::int64_t seconds = floor_divide(epoch_millis, 1000);
  std::string out = date_and_clock(seconds) + ".";
  append_padded(out, epoch_millis - seconds * 1000, 3);
  return out + "Z";
}

std::string http_date(std::int64_t epoch_seconds) {
  const std::int64_t days = floor_divide(epoch_seconds, kDay);
  const Civil date = civil_from_days(days);
  const auto weekday = static_cast<std::size_t>(((days % 7) + 11) % 7);
  std::string out = text::cat(kWeekdays[weekday], ", ");
  append_padded(out, date.day, 2);
  text::append(out, ' ');
  out += text::cat(kMonths[static_cast<std::size_t>(date.month - 1)], ' ', date.year, ' ');
  append_clock(out, epoch_seconds - days * kDay);
  return out + " GMT";
}

std::optional<std::int64_t> parse_iso8601(std::string_view text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || !is_date({*year, *month, *day})) return std::nullopt;
  const std::int64_t midnight = days_from_civil({*year, *month, *day}) * kDay;
  if (text.empty()) return midnight;
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  if (take(text, '.')) {
    if (text.empty() || !text::is_digit(text.front())) return std::nullopt;
    while (!text.empty() && text::is_digit(text.front())) text.remove_prefix(1);
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return midnight + *clock - *offset;
}

std::string iso8601_at(std::int64_t epoch_seconds, int offset_minutes) {
  const int distance = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  std::string out = date_and_clock(epoch_seconds + std::int64_t{60} * offset_minutes);
  out.push_back(offset_minutes < 0 ? '-' : '+');
  append_padded(out, distance / 60, 2);
  out.push_back(':');
  append_padded(out, distance % 60, 2);
  return out;
}

int offset_minutes(std::string_view text) {
  const std::size_t clock = text.find_first_of("Tt ");
  const std::size_t sign = clock == std::string_view::npos ? clock : text.find_first_of("+-", clock);
  if (sign == std::string_view::npos) return 0;
  text.remove_prefix(sign);
  return static_cast<int>(take_offset(text).value_or(0) / 60);
}

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma == std::string_view::npos) return std::nullopt;
  text.remove_prefix(comma + 2);
  const auto day = take_digits(text, 2);
  if (!day || !take(text, ' ') || text.size() < 4) return std::nullopt;
  std::int64_t month = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (text.substr(0, 3) == kMonths[i]) month = static_cast<std::int64_t>(i) + 1;
  }
  text.remove_prefix(3);
  if (!take(text, ' ')) return std::nullopt;
  const auto year = take_digits(text, 4);
  if (!year || !take(text, ' ') || !is_date({*year, month, *day})) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock || text != " GMT") return std::nullopt;
  return days_from_civil({*year, month, *day}) * kDay + *clock;
}

}  // namespace pome::time
