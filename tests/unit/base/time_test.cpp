#include "core/base/time.h"

#include <gtest/gtest.h>

namespace pome::time {
namespace {

struct Row {
  std::int64_t seconds;
  std::string_view iso;
  std::string_view http;
};

constexpr Row kRows[] = {
    {0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"},
    {1767225600, "2026-01-01T00:00:00Z", "Thu, 01 Jan 2026 00:00:00 GMT"},
    {951827696, "2000-02-29T12:34:56Z", "Tue, 29 Feb 2000 12:34:56 GMT"},
    {-1, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"},
    {4102444799, "2099-12-31T23:59:59Z", "Thu, 31 Dec 2099 23:59:59 GMT"},
};

TEST(Time, PrintsAndReadsBothForms) {
  for (const Row& row : kRows) {
    EXPECT_EQ(iso8601(row.seconds), row.iso);
    EXPECT_EQ(http_date(row.seconds), row.http);
    EXPECT_EQ(parse_iso8601(row.iso), row.seconds);
    EXPECT_EQ(parse_http_date(row.http), row.seconds);
  }
  EXPECT_EQ(iso8601_millis(1767225600007), "2026-01-01T00:00:00.007Z");
}

TEST(Time, ReadsOffsetsFractionsAndPlainDates) {
  EXPECT_EQ(parse_iso8601("2026-01-01"), 1767225600);
  EXPECT_EQ(parse_iso8601("2026-01-01T01:30:00.123+01:30"), 1767225600);
  EXPECT_EQ(parse_iso8601("2025-12-31T19:00:00-0500"), 1767225600);
}

TEST(Time, KeepsTheOffsetATimeWasWrittenWith) {
  EXPECT_EQ(iso8601_at(1767225600, 90), "2026-01-01T01:30:00+01:30");
  EXPECT_EQ(iso8601_at(1767225600, -300), "2025-12-31T19:00:00-05:00");
  EXPECT_EQ(iso8601_at(1767225600, 0), "2026-01-01T00:00:00+00:00");
  for (const int offset : {0, 90, -300, 765, -720}) {
    EXPECT_EQ(parse_iso8601(iso8601_at(1767225600, offset)), 1767225600);
    EXPECT_EQ(offset_minutes(iso8601_at(1767225600, offset)), offset);
  }
  EXPECT_EQ(offset_minutes("2025-12-31T19:00:00-0500"), -300);
  EXPECT_EQ(offset_minutes("2026-01-01T00:00:00Z"), 0);
  EXPECT_EQ(offset_minutes("2026-01-01"), 0);
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const std::string_view bad :
       {"", "2026", "2026-13-01", "2026-02-30", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00Zx", "yesterday"}) {
    EXPECT_FALSE(parse_iso8601(bad)) << bad;
  }
  for (const std::string_view bad : {"", "Thu, 01 Foo 2026 00:00:00 GMT", "Thu, 01 Jan 2026 00:00:00", "01 Jan 2026"})
    EXPECT_FALSE(parse_http_date(bad)) << bad;
}

}  // namespace
}  // namespace pome::time
