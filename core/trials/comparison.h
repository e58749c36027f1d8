#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/trials/divergence.h"
#include "core/trials/fisher.h"
#include "core/trials/stats.h"
#include "core/trials/trial.h"

/// What changed from one run, or group of trials, (A) to another (B).
namespace pome::trials {

struct Side {
  std::string name;  ///< a run id or a group id
  std::string scenario;
  std::string scenario_hash;  ///< empty when it was not stored
  bool is_group = false;
  std::vector<Trial> trials;  ///< one for a run
};

enum class Change {
  same,
  fixed,
  broken,
  unclear,     ///< between groups: the rates differ, but not enough to tell from chance
  not_graded,  ///< one side has no verdict on it
  only_in_a,
  only_in_b,
};
std::string_view change_name(Change change);  ///< "same", ..., "not_graded", "only_in_a", "only_in_b"

struct CriterionChange {
  std::string text;
  bool optional = false;
  Change change = Change::same;
  Rate a;  ///< over the trials that graded it; a total of 0: none did, or it is not there
  Rate b;
};

enum class Verdict { differs, same, cannot_tell, not_graded };
std::string_view verdict_name(Verdict verdict);  ///< "differs", "same", "cannot_tell", "not_graded"

struct Comparison {
  Side a;
  Side b;
  Stats a_stats;
  Stats b_stats;
  bool groups = false;                    ///< at least one side is a group: rates are compared, not single outcomes
  bool other_scenario = false;            ///< the scenario's text is not the same on both sides
  std::vector<CriterionChange> criteria;  ///< A's in order, then those only in B
  /// Mean scores of the graded trials and their difference B - A, in hundredths, halves away from zero.
  std::optional<std::int64_t> a_score;
  std::optional<std::int64_t> b_score;
  std::optional<std::int64_t> score_change;
  /// Runs: whether anything graded differs. Groups: the pass rates by kFisherTest.
  Verdict verdict = Verdict::same;
  std::optional<std::int64_t> p;     ///< groups: the test's probability, in millionths
  std::optional<std::int64_t> more;  ///< with cannot_tell: additional trials per side
  /// Something got worse: a criterion that counts broke; between runs also a lost pass or a lower score, between groups
  /// also a pass rate that is lower by the test.
  bool worse = false;
};

/// Criteria are matched by their sentence (the n-th of equal ones with the n-th).
Comparison compare(Side a, Side b);

/// Canonical JSON with a final newline. `divergence`: of the two tapes, when both sides are runs with tapes.
std::string comparison_json(const Comparison& comparison, const std::optional<Divergence>& divergence, int exit_code);

}  // namespace pome::trials
