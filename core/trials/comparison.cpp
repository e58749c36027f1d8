#include "core/trials/comparison.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace pome::trials {
namespace {

/// The criterion with the same sentence: the n-th of equal ones for the n-th.
std::optional<std::size_t> counterpart(const std::vector<CriterionStats>& from, std::size_t index,
                                       const std::vector<CriterionStats>& in) {
  const std::string& text = from[index].text;
  const auto same = [&](const CriterionStats& other) { return other.text == text; };
  auto before = std::count_if(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(index), same);
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (same(in[i]) && before-- == 0) return i;
  }
  return std::nullopt;
}

bool lower(const Rate& rate, const Rate& than) { return rate.passed * than.total < than.passed * rate.total; }

Change change_of(const Rate& a, const Rate& b, bool groups) {
  if (a.total == 0 && b.total == 0) return Change::same;
  if (a.total == 0 || b.total == 0) return Change::not_graded;
  if (!lower(a, b) && !lower(b, a)) return Change::same;
  if (groups && !differ(a, b)) return Change::unclear;
  return lower(a, b) ? Change::fixed : Change::broken;
}

std::vector<CriterionChange> changes(const std::vector<CriterionStats>& a, const std::vector<CriterionStats>& b,
                                     bool groups) {
  std::vector<CriterionChange> out;
  for (std::size_t i = 0; i < a.size(); ++i) {
    CriterionChange change{a[i].text, a[i].optional, Change::only_in_a, a[i].rate(), {}};
    if (const auto other = counterpart(a, i, b)) {
      change.b = b[*other].rate();
      change.optional = change.optional || b[*other].optional;
      change.change = change_of(change.a, change.b, groups);
    }
    out.push_back(std::move(change));
  }
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (!counterpart(b, i, a)) out.push_back({b[i].text, b[i].optional, Change::only_in_b, {}, b[i].rate()});
  }
  return out;
}

/// numerator / denominator, halves away from zero.
std::int64_t rounded(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t magnitude = (2 * std::max(numerator, -numerator) + denominator) / (2 * denominator);
  return numerator < 0 ? -magnitude : magnitude;
}

void compare_scores(Comparison& out) {
  constexpr std::int64_t kHundredths = 100;
  const auto sum = [](const Side& side) {
    std::int64_t total = 0;
    for (const Trial& trial : side.trials) total += trial.graded ? trial.score : 0;
    return total;
  };
  const std::int64_t a = out.a_stats.passes.total;
  const std::int64_t b = out.b_stats.passes.total;
  if (a > 0) out.a_score = rounded(kHundredths * sum(out.a), a);
  if (b > 0) out.b_score = rounded(kHundredths * sum(out.b), b);
  if (a > 0 && b > 0) out.score_change = rounded(kHundredths * (sum(out.b) * a - sum(out.a) * b), a * b);
}

void compare_rates(Comparison& out) {
  const Rate& a = out.a_stats.passes;
  const Rate& b = out.b_stats.passes;
  out.p = fisher_p(a, b);
  if (differ(a, b)) {
    out.verdict = Verdict::differs;
    out.worse = out.worse || lower(b, a);
    return;
  }
  out.more = additional_trials(a, b);
  out.verdict = out.more ? Verdict::cannot_tell : Verdict::same;
}

void compare_runs(Comparison& out) {
  const bool lost_pass = out.a_stats.passes.passed > out.b_stats.passes.passed;
  const bool changed = std::any_of(out.criteria.begin(), out.criteria.end(),
                                   [](const CriterionChange& one) { return one.change != Change::same; });
  const bool same_verdict = out.a_stats.passes == out.b_stats.passes && *out.score_change == 0;
  out.verdict = changed || !same_verdict ? Verdict::differs : Verdict::same;
  out.worse = out.worse || lost_pass || *out.score_change < 0;
}

}  // namespace

Comparison compare(Side a, Side b) {
  Comparison out;
  out.a = std::move(a);
  out.b = std::move(b);
  out.a_stats = summarize(out.a.trials);
  out.b_stats = summarize(out.b.trials);
  out.groups = out.a.is_group || out.b.is_group;
  out.other_scenario = out.a.scenario_hash != out.b.scenario_hash;
  compare_scores(out);
  if (!out.score_change) {
    out.verdict = Verdict::not_graded;
    return out;
  }
  out.criteria = changes(out.a_stats.criteria, out.b_stats.criteria, out.groups);
  out.worse = std::any_of(out.criteria.begin(), out.criteria.end(),
                          [](const CriterionChange& one) { return one.change == Change::broken && !one.optional; });
  if (out.groups) {
    compare_rates(out);
  } else {
    compare_runs(out);
  }
  return out;
}

std::string_view change_name(Change change) {
  constexpr std::string_view kNames[] = {"same", "fixed", "broken", "unclear", "not_graded", "only_in_a", "only_in_b"};
  return kNames[static_cast<std::size_t>(change)];
}

std::string_view verdict_name(Verdict verdict) {
  constexpr std::string_view kNames[] = {"differs", "same", "cannot_tell", "not_graded"};
  return kNames[static_cast<std::size_t>(verdict)];
}

}  // namespace pome::trials
