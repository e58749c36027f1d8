#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/report/escape.h"
#include "tools/cli/trials.h"

namespace pome::cli {
namespace {

constexpr std::size_t kShownTextBytes = 100;
constexpr std::int64_t kAllShown = 10;  // values of pass^k
constexpr std::array<std::int64_t, 6> kShownK = {1, 2, 5, 10, 20, 50};

std::string shortened(std::string_view text) {
  const std::string clean = report::one_line(text);
  if (clean.size() <= kShownTextBytes) return clean;
  return text::cat(text::truncate_utf8(clean, kShownTextBytes), "...");
}

/// Millionths with three decimals: "0.889".
std::string share(std::int64_t millionths) { return text::decimal((millionths + 500) / 1000, 3); }

/// "4.2 s" of milliseconds, given twice.
std::string seconds(std::int64_t twice_ms) { return text::cat(text::decimal((twice_ms + 100) / 200, 1), " s"); }

void add(std::string& out, std::string_view label, std::string_view text, const Paint& paint) {
  text::append(out, "  ", paint(Colour::dim, label), " ", text, "\n");
}

/// Why a graded trial did not pass.
std::string failure_of(const trials::Trial& trial) {
  std::string first;
  std::int64_t more = 0;
  for (const trials::CriterionOutcome& criterion : trial.criteria) {
    if (criterion.outcome != eval::Outcome::failed || criterion.optional) continue;
    if (first.empty()) {
      first = shortened(criterion.text);
    } else {
      ++more;
    }
  }
  if (more > 0) first += text::cat(" (and ", more, " more)");
  if (trial.agent_end.empty()) return first;
  return text::cat("the agent ", report::one_line(trial.agent_end), first.empty() ? "" : "; ", first);
}

std::string pass_hat_line(const std::vector<std::int64_t>& values) {
  const auto n = static_cast<std::int64_t>(values.size());
  std::string out;
  for (std::int64_t k = 1; k <= n; ++k) {
    const bool shown = n <= kAllShown || k == n || std::find(kShownK.begin(), kShownK.end(), k) != kShownK.end();
    if (!shown) continue;
    text::append(out, out.empty() ? "" : ", ", "k=", k, " ", share(values[static_cast<std::size_t>(k - 1)]));
  }
  return out;
}

void add_criteria(std::string& out, const trials::Stats& stats, const Paint& paint) {
  if (stats.criteria.empty()) return;
  add(out, "criteria:", "passed of graded; the chance that two trials disagree", paint);
  for (const trials::CriterionStats& criterion : stats.criteria) {
    const trials::Rate rate = criterion.rate();
    const Colour colour = criterion.flips ? Colour::yellow : criterion.failed > 0 ? Colour::red : Colour::plain;
    const std::string counts = rate.total == 0 ? "not graded" : text::cat(rate.passed, "/", rate.total);
    text::append(out, "    ", paint(colour, counts));
    if (criterion.disagreement && rate.total > 0) text::append(out, "  ", share(*criterion.disagreement));
    text::append(out, "  ", shortened(criterion.text), criterion.optional ? " (optional)" : "", "\n");
  }
}

}  // namespace

std::string render_trial(const trials::Trial& trial, const Paint& paint) {
  std::string out = text::cat("trial ", trial.number, "  ");
  if (!trial.graded) {
    text::append(out, paint(Colour::yellow, "could not be graded"), ": ", report::one_line(trial.reason), "\n");
    return out;
  }
  const std::string verdict = trial.passed ? paint(Colour::green, "pass") : paint(Colour::red, "FAIL");
  text::append(out, verdict, " ", trial.score, "/100  ", seconds(2 * trial.duration_ms));
  if (!trial.passed) text::append(out, "  ", failure_of(trial));
  out += "\n";
  // The verdict stands, and yet something is wrong: it could not be kept.
  if (!trial.error_code.empty()) text::append(out, "  ", paint(Colour::red, "not stored: "), trial.error_code, "\n");
  return out;
}

std::string render_stats(const trials::Stats& stats, const Paint& paint) {
  const trials::Rate& passes = stats.passes;
  std::string out;
  if (passes.total == 0) {
    out = "No trial could be graded";
  } else {
    out = text::cat(passes.passed, " of ", passes.total, passes.total == 1 ? " graded trial" : " graded trials",
                    " passed");
    if (stats.ungradable > 0)
      text::append(out, "; ", stats.ungradable, " could not be graded and ", stats.ungradable == 1 ? "counts" : "count",
                   " apart");
  }
  out = paint(Colour::bold, out + ".") + "\n";
  if (passes.total == 0) return out;
  add(out, "pass@1:",
      text::cat(share(stats.pass_hat_k.front()), " (c/n), 95 % interval ", share(stats.interval->low), " to ",
                share(stats.interval->high), " (Wilson)"),
      paint);
  add(out, "pass^k:", text::cat(pass_hat_line(stats.pass_hat_k), " (", trials::kPassHatEstimator, ")"), paint);
  if (const auto rate = stats.flip_rate()) {
    add(out, "flip rate:",
        text::cat(share(*rate), " (", stats.flipping, " of ", stats.counted,
                  stats.counted == 1 ? " criterion" : " criteria", " had different outcomes)"),
        paint);
  }
  add(out, "calls:", text::cat("median ", text::decimal(5 * stats.calls.twice_median, 1), ", most ", stats.calls.most),
      paint);
  add(out, "time:",
      text::cat("median ", seconds(stats.duration_ms.twice_median), ", slowest ", seconds(2 * stats.duration_ms.most)),
      paint);
  add_criteria(out, stats, paint);
  if (stats.most_failed) {
    const trials::CriterionStats& most = stats.criteria[*stats.most_failed];
    add(out, "start with:",
        text::cat(shortened(most.text), " - it failed most often, in ", most.failed, " of ", passes.total,
                  passes.total == 1 ? " trial" : " trials"),
        paint);
  }
  return out;
}

}  // namespace pome::cli
