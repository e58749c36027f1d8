#include <gtest/gtest.h>

#include <string>

#include "core/base/json.h"
#include "core/trials/fisher.h"
#include "core/trials/natural.h"
#include "core/trials/stats.h"
#include "tests/support/data.h"

namespace pome::trials {
namespace {

const Json& rows(const char* name) {
  static const Json data = test::read_json("tests/data/trials/rates.json");
  EXPECT_FALSE(json::at(data, name).empty());
  return json::at(data, name);
}

Rate rate_of(const Json& pair) { return {pair[0].get<std::int64_t>(), pair[1].get<std::int64_t>()}; }

Rate passes(const Json& row) { return {*json::integer_at(row, "passed"), *json::integer_at(row, "total")}; }

TEST(Natural, CombinationsBeyondSixtyFourBits) {
  Natural twice = combinations(99, 49);
  twice.multiply(2);
  EXPECT_EQ(twice.compare(combinations(100, 50)), 0);  // C(100, 50) = C(99, 49) + C(99, 50)
  EXPECT_EQ(combinations(60, 30).compare(combinations(61, 30)), -1);
  EXPECT_EQ(combinations(5, 0).compare(Natural(1)), 0);
  Natural sum(0xFFFFFFFFU);
  EXPECT_EQ(sum.add(Natural(1)).divide(1U << 31U).compare(Natural(2)), 0);
}

TEST(Natural, MillionthsRoundHalvesUp) {
  EXPECT_EQ(millionths(1, 3), 333'333);
  EXPECT_EQ(millionths(2, 3), 666'667);
  EXPECT_EQ(millionths(1, 2'000'000), 1);
  EXPECT_EQ(millionths(Natural(1), Natural(2'000'000)), 1);
  EXPECT_EQ(millionths(Natural(1), Natural(2'000'001)), 0);
  EXPECT_EQ(millionths(Natural(7), Natural(7)), 1'000'000);
  EXPECT_EQ(millionths(Natural(0), Natural(7)), 0);
}

TEST(Rates, WilsonIntervals) {
  for (const Json& row : rows("wilson")) {
    const Interval interval = wilson(passes(row));
    EXPECT_EQ(interval.low, json::integer_at(row, "low")) << row;
    EXPECT_EQ(interval.high, json::integer_at(row, "high")) << row;
  }
}

TEST(Rates, PassHat) {
  for (const Json& row : rows("pass_hat")) {
    EXPECT_EQ(pass_hat(passes(row), *json::integer_at(row, "k")), json::integer_at(row, "share")) << row;
  }
}

TEST(Rates, FisherFromBothSides) {
  for (const Json& row : rows("fisher")) {
    const Rate a = rate_of(row.at("a"));
    const Rate b = rate_of(row.at("b"));
    EXPECT_EQ(fisher_p(a, b), json::integer_at(row, "p")) << row;
    EXPECT_EQ(fisher_p(b, a), json::integer_at(row, "p")) << row;
    EXPECT_EQ(differ(a, b), json::bool_at(row, "differ")) << row;
  }
}

TEST(Rates, AdditionalTrials) {
  for (const Json& row : rows("more")) {
    const Rate a = rate_of(row.at("a"));
    const Rate b = rate_of(row.at("b"));
    EXPECT_EQ(additional_trials(a, b), json::integer_at(row, "more")) << row;
    EXPECT_EQ(additional_trials(b, a), json::integer_at(row, "more")) << row;
  }
}

TEST(Rates, NoTrialSaysNothing) {
  EXPECT_EQ(fisher_p({0, 0}, {5, 5}), 1'000'000);
  EXPECT_FALSE(differ({0, 0}, {5, 5}));
  EXPECT_EQ(additional_trials({0, 0}, {5, 5}), std::nullopt);
}

}  // namespace
}  // namespace pome::trials
