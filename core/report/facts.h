#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/report/run.h"

/// What every format says about a run, in the same words. Internal to core/report. Texts are not escaped.
namespace pome::report {

/// What became of a criterion, as far as readers tell the cases apart.
enum class Standing {
  passed,
  failed,
  failed_optional,  ///< not met, and it need not be
  already_true,     ///< held in the seed, so it asked nothing of the agent
  ungraded,         ///< nothing could grade it: the run cannot pass
  judged,           ///< asks for a judge, and none was asked
};
Standing standing_of(const eval::CriterionResult& result);
std::string_view words(Standing standing);  ///< "passed", "failed", "not graded", ...

enum class Verdict { pass, fail, incomplete, error };
Verdict verdict_of(const Run& run);
std::string_view words(Verdict verdict);  ///< "Passed", "Failed", "Incomplete", "Error"

/// "5 passed, 1 failed, 1 not graded"
std::string tally(const eval::Report& report);
/// "83/100 (passes at 100)"; empty without a report.
std::string score_text(const Run& run);

/// Why a run cannot pass beyond its criteria: no verdict, the agent's end, calls the twin does not support.
struct Obstacle {
  std::string id;       ///< "no-verdict", "agent_timeout", "twin-gap", "ungraded", ...
  std::string title;    ///< what should have been: "The agent ends well"
  std::string message;  ///< one sentence
};
std::vector<Obstacle> obstacles(const Run& run);

/// One line about a result: "expected", "found", "evidence", "last change".
struct Detail {
  std::string_view label;
  std::string text;
};
std::vector<Detail> details(const Run& run, const eval::CriterionResult& result);

/// Why it has its standing, in one or two sentences.
std::string summary(const eval::CriterionResult& result);

/// The heading that result `index` starts a group under: "Labels (weight 2)"; empty when it starts none.
std::string group_heading(const eval::Report& report, std::size_t index);

/// "scenarios/a.md:12:7"
std::string place(const Run& run, const eval::CriterionResult& result);

/// Milliseconds as seconds: "0.845".
std::string seconds(std::int64_t milliseconds);

/// "2 of 3 scenarios passed"
std::string headline(const std::vector<Run>& runs);

}  // namespace pome::report
