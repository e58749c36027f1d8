#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_writer.h"
#include "core/trials/fisher.h"
#include "core/trials/trial.h"

/// What several trials of one scenario say together. Shares are in millionths; trials that could not be graded are
/// counted apart and enter nothing else.
namespace pome::trials {

inline constexpr std::string_view kPassHatEstimator = "C(c,k)/C(n,k), the unbiased estimator of tau-bench";

/// A 95 % interval of a rate, in millionths.
struct Interval {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// Wilson's score interval (z = 1.959964); `rate.total` > 0.
Interval wilson(const Rate& rate);

/// The chance that k trials drawn without repetition all passed, in millionths; 1 <= k <= rate.total.
std::int64_t pass_hat(const Rate& rate, std::int64_t k);

/// The middle value, or the mean of the two middle ones, and the largest.
struct Spread {
  std::int64_t twice_median = 0;  ///< whole in every case
  std::int64_t most = 0;
};

/// One criterion over the graded trials.
struct CriterionStats {
  std::string id;
  std::string text;
  bool optional = false;
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  std::int64_t not_graded = 0;               ///< skipped or errored there
  bool flips = false;                        ///< its outcome is not the same in all graded trials
  std::optional<std::int64_t> disagreement;  ///< chance that two different trials disagree; needs two trials

  Rate rate() const { return {passed, passed + failed}; }
};

struct Stats {
  std::int64_t trials = 0;
  std::int64_t ungradable = 0;
  Rate passes;                             ///< of the graded trials
  std::optional<Interval> interval;        ///< needs a graded trial
  std::vector<std::int64_t> pass_hat_k;    ///< [k - 1], k = 1 .. graded; [0] is pass@1
  std::vector<CriterionStats> criteria;    ///< in the order of the scenario
  std::int64_t flipping = 0;               ///< criteria that flip ...
  std::int64_t counted = 0;                ///< ... of those graded in at least one trial
  std::optional<std::size_t> most_failed;  ///< index into criteria; the first of equals
  Spread calls;                            ///< of the graded trials
  Spread duration_ms;

  std::optional<std::int64_t> flip_rate() const;
};

Stats summarize(const std::vector<Trial>& trials);

/// The object under `stats` in a group's document. Shares have up to six decimals.
void write_stats(JsonWriter& json, const Stats& stats);

}  // namespace pome::trials
