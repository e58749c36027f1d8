#include <algorithm>
#include <numeric>

#include "core/eval/evaluate.h"

namespace pome::eval {
namespace {

struct Share {
  std::int64_t weight = 1;
  std::int64_t passed = 0;
  std::int64_t graded = 0;
};

/// Exact as long as the numbers are small, which they are for any scenario people write.
struct Fraction {
  static constexpr std::int64_t kLargest = 1'000'000'000;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  void add(std::int64_t top, std::int64_t bottom) {
    numerator = numerator * bottom + top * denominator;
    denominator *= bottom;
    const std::int64_t common = std::gcd(numerator, denominator);
    numerator /= common;
    denominator /= common;
    while (denominator > kLargest) {
      numerator /= 2;
      denominator /= 2;
    }
  }
};

enum class Lines { all, deterministic };

bool is_judged(const CriterionResult& result) { return result.criterion.kind == scenario::CriterionKind::judged; }

std::vector<Share> shares_of(const Report& report, Lines lines) {
  std::vector<Share> shares;
  for (const scenario::Group& group : report.groups) shares.push_back({group.weight});
  shares.push_back({});  // lines outside any group
  for (const CriterionResult& result : report.results) {
    const bool graded = result.outcome == Outcome::passed || result.outcome == Outcome::failed;
    if (!graded || result.criterion.optional) continue;
    if (lines == Lines::deterministic && is_judged(result)) continue;
    const std::size_t group = result.criterion.group.value_or(report.groups.size());
    Share& share = shares[std::min(group, report.groups.size())];
    ++share.graded;
    if (result.outcome == Outcome::passed) ++share.passed;
  }
  return shares;
}

std::int64_t satisfaction_of(const Report& report, Lines lines) {
  Fraction sum;
  std::int64_t weights = 0;
  bool failed = false;
  for (const Share& share : shares_of(report, lines)) {
    if (share.graded == 0) continue;
    failed = failed || share.passed < share.graded;
    sum.add(share.weight * share.passed, share.graded);
    weights += share.weight;
  }
  if (weights == 0) return 0;
  const std::int64_t bottom = sum.denominator * weights;
  const std::int64_t rounded = (200 * sum.numerator + bottom) / (2 * bottom);
  return failed ? std::min<std::int64_t>(rounded, 99) : rounded;
}

void count(Report& report) {
  report.passed = report.failed = report.skipped = report.errored = report.pre_satisfied = report.optional = 0;
  for (const CriterionResult& result : report.results) {
    if (result.criterion.optional) {
      ++report.optional;
      continue;
    }
    if (result.outcome == Outcome::passed) ++report.passed;
    if (result.outcome == Outcome::failed) ++report.failed;
    if (result.outcome == Outcome::skipped) ++report.skipped;
    if (result.outcome == Outcome::errored) ++report.errored;
    if (result.outcome == Outcome::skipped && !is_judged(result) && result.reason == kAlreadyTrueInSeed)
      ++report.pre_satisfied;
  }
}

/// A line that should have been graded and was not: the run cannot pass. Judged lines should be once a judge was asked.
bool is_ungraded(const CriterionResult& result, bool judge_asked) {
  if (result.criterion.optional) return false;
  if (result.outcome == Outcome::errored) return true;
  if (result.outcome != Outcome::skipped) return false;
  return is_judged(result) ? judge_asked : result.reason != kAlreadyTrueInSeed;
}

Status status_of(const Report& report, bool gap) {
  if (gap || !report.evaluated) return Status::incomplete;
  if (report.stop_reason != StopReason::exit_0) return Status::fail;
  if (static_cast<double>(report.satisfaction) < report.pass_threshold) return Status::fail;
  return report.can_pass ? Status::pass : Status::incomplete;
}

}  // namespace

void aggregate(Report& report) {
  count(report);
  report.evaluated = report.passed + report.failed > 0;
  report.satisfaction = satisfaction_of(report, Lines::all);
  report.deterministic_satisfaction = satisfaction_of(report, Lines::deterministic);
  const bool gap = !report.gaps.empty() && !report.grades_gaps;
  const bool judge_asked = !report.judge_model.empty();
  const bool ungraded = std::any_of(report.results.begin(), report.results.end(),
                                    [&](const CriterionResult& result) { return is_ungraded(result, judge_asked); });
  report.can_pass = report.evaluated && !ungraded && !gap;
  report.status = status_of(report, gap);
}

}  // namespace pome::eval
