#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/trials/trial.h"

/// Trials for tests, written as one letter a criterion: p passed, f failed, s skipped, e errored. "p f" has crit_0 and
/// crit_1, whose sentences are "Criterion 0" and "Criterion 1". It passes when nothing failed.
namespace pome::trials::test {

inline Trial trial(std::string_view outcomes) {
  Trial out;
  out.graded = true;
  out.passed = outcomes.find('f') == std::string_view::npos;
  std::int64_t passed = 0;
  std::int64_t counted = 0;
  for (const char letter : outcomes) {
    CriterionOutcome criterion;
    criterion.id = text::cat("crit_", out.criteria.size());
    criterion.text = text::cat("Criterion ", out.criteria.size());
    criterion.outcome = letter == 'p'   ? eval::Outcome::passed
                        : letter == 'f' ? eval::Outcome::failed
                        : letter == 's' ? eval::Outcome::skipped
                                        : eval::Outcome::errored;
    if (letter == 'p') ++passed;
    if (letter == 'p' || letter == 'f') ++counted;
    out.criteria.push_back(std::move(criterion));
  }
  out.score = counted == 0 ? 0 : 100 * passed / counted;
  return out;
}

inline Trial ungradable(std::string reason) {
  Trial out;
  out.reason = std::move(reason);
  out.exit_code = 2;
  return out;
}

}  // namespace pome::trials::test
