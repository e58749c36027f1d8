#include "core/trials/stats.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/trials/natural.h"

namespace pome::trials {
namespace {

constexpr int kShareDigits = 6;

/// Outcomes of one criterion while the trials are counted.
struct Tally {
  CriterionStats stats;
  std::int64_t skipped = 0;
  std::int64_t errored = 0;

  void add(const CriterionOutcome& criterion) {
    if (criterion.outcome == eval::Outcome::passed) ++stats.passed;
    if (criterion.outcome == eval::Outcome::failed) ++stats.failed;
    if (criterion.outcome == eval::Outcome::skipped) ++skipped;
    if (criterion.outcome == eval::Outcome::errored) ++errored;
  }

  CriterionStats finish() {
    const std::int64_t n = stats.passed + stats.failed + skipped + errored;
    std::int64_t agreeing = 0;  // ordered pairs
    for (const std::int64_t count : {stats.passed, stats.failed, skipped, errored}) {
      agreeing += count * (count - 1);
      stats.flips = stats.flips || (count > 0 && count < n);
    }
    stats.not_graded = skipped + errored;
    if (n > 1) stats.disagreement = millionths(n * (n - 1) - agreeing, n * (n - 1));
    return std::move(stats);
  }
};

std::vector<CriterionStats> tally(const std::vector<const Trial*>& graded) {
  std::vector<Tally> tallies;
  for (const Trial* trial : graded) {
    for (const CriterionOutcome& criterion : trial->criteria) {
      auto found = std::find_if(tallies.begin(), tallies.end(),
                                [&](const Tally& tally) { return tally.stats.id == criterion.id; });
      if (found == tallies.end()) {
        found = tallies.emplace(tallies.end());
        found->stats.id = criterion.id;
        found->stats.text = criterion.text;
        found->stats.optional = criterion.optional;
      }
      found->add(criterion);
    }
  }
  std::vector<CriterionStats> out;
  out.reserve(tallies.size());
  for (Tally& one : tallies) out.push_back(one.finish());
  return out;
}

Spread spread_of(std::vector<std::int64_t> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {values[(values.size() - 1) / 2] + values[values.size() / 2], values.back()};
}

template <class Member>
Spread spread_of(const std::vector<const Trial*>& graded, Member member) {
  std::vector<std::int64_t> values;
  values.reserve(graded.size());
  for (const Trial* trial : graded) values.push_back(trial->*member);
  return spread_of(std::move(values));
}

void write_share(JsonWriter& json, std::string_view name, std::optional<std::int64_t> share) {
  if (share) {
    json.raw_field(name, text::decimal(*share, kShareDigits));
  } else {
    json.null_field(name);
  }
}

void write_spread(JsonWriter& json, std::string_view name, const Spread& spread, std::string_view most) {
  json.key(name).begin_object().raw_field("median", text::decimal(5 * spread.twice_median, 1));
  json.field(most, spread.most).end_object();
}

void write_criterion(JsonWriter& json, const CriterionStats& criterion) {
  json.begin_object().field("id", criterion.id).field("text", criterion.text);
  if (criterion.optional) json.field("optional", true);
  json.field("passed", criterion.passed).field("failed", criterion.failed).field("not_graded", criterion.not_graded);
  json.field("flips", criterion.flips);
  write_share(json, "disagreement", criterion.disagreement);
  json.end_object();
}

}  // namespace

Interval wilson(const Rate& rate) {
  // Only operations that IEEE 754 rounds exactly: the same bits in every build.
  constexpr double kZ = 1.959963984540054;
  constexpr double kMillion = 1'000'000;
  const auto c = static_cast<double>(rate.passed);
  const auto n = static_cast<double>(rate.total);
  const double middle = 2 * c + kZ * kZ;
  const double reach = kZ * std::sqrt(kZ * kZ + 4 * c * (n - c) / n);
  const double whole = 2 * (n + kZ * kZ);
  Interval out;
  if (rate.passed > 0) out.low = std::llround(kMillion * (middle - reach) / whole);
  out.high = rate.passed == rate.total ? 1'000'000 : std::llround(kMillion * (middle + reach) / whole);
  return out;
}

std::int64_t pass_hat(const Rate& rate, std::int64_t k) {
  if (k > rate.passed) return 0;
  return millionths(combinations(rate.passed, k), combinations(rate.total, k));
}

std::optional<std::int64_t> Stats::flip_rate() const {
  if (passes.total < 2 || counted == 0) return std::nullopt;
  return millionths(flipping, counted);
}

Stats summarize(const std::vector<Trial>& trials) {
  Stats stats;
  std::vector<const Trial*> graded;
  for (const Trial& trial : trials) {
    if (trial.graded) graded.push_back(&trial);
    if (trial.graded && trial.passed) ++stats.passes.passed;
  }
  stats.trials = static_cast<std::int64_t>(trials.size());
  stats.passes.total = static_cast<std::int64_t>(graded.size());
  stats.ungradable = stats.trials - stats.passes.total;
  if (stats.passes.total > 0) stats.interval = wilson(stats.passes);
  for (std::int64_t k = 1; k <= stats.passes.total; ++k) stats.pass_hat_k.push_back(pass_hat(stats.passes, k));
  stats.criteria = tally(graded);
  std::int64_t most = 0;
  for (std::size_t i = 0; i < stats.criteria.size(); ++i) {
    const CriterionStats& criterion = stats.criteria[i];
    if (criterion.rate().total > 0) ++stats.counted;
    if (criterion.rate().total > 0 && criterion.flips) ++stats.flipping;
    if (criterion.failed > most) {
      most = criterion.failed;
      stats.most_failed = i;
    }
  }
  stats.calls = spread_of(graded, &Trial::calls);
  stats.duration_ms = spread_of(graded, &Trial::duration_ms);
  return stats;
}

void write_stats(JsonWriter& json, const Stats& stats) {
  json.begin_object().field("trials", stats.trials).field("graded", stats.passes.total);
  json.field("ungradable", stats.ungradable).field("passed", stats.passes.passed);
  json.key("pass_at_1").begin_object().field("estimator", "c/n");
  write_share(json, "value", stats.pass_hat_k.empty() ? std::nullopt : std::optional(stats.pass_hat_k.front()));
  json.end_object();
  json.key("pass_hat_k").begin_object().field("estimator", kPassHatEstimator).key("values").begin_array();
  for (const std::int64_t share : stats.pass_hat_k) json.raw(text::decimal(share, kShareDigits));
  json.end_array().end_object();
  json.key("wilson_95").begin_object();
  write_share(json, "low", stats.interval ? std::optional(stats.interval->low) : std::nullopt);
  write_share(json, "high", stats.interval ? std::optional(stats.interval->high) : std::nullopt);
  json.end_object();
  json.key("flip_rate").begin_object().field("flipping", stats.flipping).field("criteria", stats.counted);
  write_share(json, "value", stats.flip_rate());
  json.end_object();
  json.key("criteria").begin_array();
  for (const CriterionStats& criterion : stats.criteria) write_criterion(json, criterion);
  json.end_array();
  if (stats.most_failed) {
    json.field("failed_most", stats.criteria[*stats.most_failed].id);
  } else {
    json.null_field("failed_most");
  }
  write_spread(json, "calls", stats.calls, "most");
  write_spread(json, "duration_ms", stats.duration_ms, "slowest");
  json.end_object();
}

}  // namespace pome::trials
