#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

/// Scoring: a scenario and what a run left behind in, a report out. No clock, no randomness: same input, same bytes.
namespace pome::eval {

/// How the agent's process ended. Anything but `exit_0` never passes; the run is scored all the same.
enum class StopReason { exit_0, exit_nonzero, timeout };
std::string_view stop_reason_name(StopReason reason);  ///< "agent_exit_0", "agent_exit_nonzero", "agent_timeout"
Result<StopReason> stop_reason_of(std::string_view name);

/// What a run left behind: the twin's own export formats, live or stored.
struct Evidence {
  std::string_view state_initial;  ///< JSON object; empty = missing
  std::string_view state_final;    ///< JSON object; empty = missing
  std::string_view events;         ///< JSON array, or NDJSON lines, of recorder rows; empty = missing
  StopReason stop_reason = StopReason::exit_0;
};

enum class Outcome { passed, failed, skipped, errored };
std::string_view outcome_name(Outcome outcome);

/// The reason of a positive `[code]` line that held before the run.
inline constexpr std::string_view kAlreadyTrueInSeed = "already_true_in_seed";

struct CriterionResult {
  scenario::Criterion criterion;
  Outcome outcome = Outcome::skipped;
  std::string check;                          ///< id of the vocabulary row that graded it; empty when none
  std::string reason;                         ///< one sentence: what was found (and expected)
  std::string expected;                       ///< the predicate in words; empty when nothing graded it
  std::string found;                          ///< what was there instead, or as expected
  std::string last_touch;                     ///< request_id of the last call that changed what it reads; empty: none
  std::vector<std::string> state_pointers;    ///< JSON Pointers into state_final
  std::vector<std::string> initial_pointers;  ///< JSON Pointers into state_initial, for deltas
  std::vector<std::string> events;            ///< request_ids of the calls that decided it
  std::size_t calls_inspected = 0;            ///< calls read when it was decided by what is not on the tape
  std::optional<std::int64_t> confidence;     ///< of the judge's verdict, in percent; only on lines a judge graded
};

/// A call the twin did not support.
struct Gap {
  std::string request_id;
  std::string method;
  std::string path;
};

enum class Status {
  pass,
  fail,        ///< below the threshold, or the agent did not end well
  incomplete,  ///< a twin gap, nothing that could be graded, or a good score with deterministic lines left ungraded
};
std::string_view status_name(Status status);

struct Report {
  std::string scenario;  ///< slug
  std::string title;
  Status status = Status::incomplete;
  StopReason stop_reason = StopReason::exit_0;
  std::int64_t satisfaction = 0;                ///< 0..100, half rounded up
  std::int64_t deterministic_satisfaction = 0;  ///< the same without what a judge graded
  double pass_threshold = 100;
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;  ///< includes pre_satisfied and unbound
  std::size_t errored = 0;
  std::size_t pre_satisfied = 0;  ///< skipped because already true in the seed
  std::size_t unbound = 0;        ///< deterministic lines no vocabulary row claims
  std::size_t optional = 0;       ///< optional lines; in none of the counts above
  bool evaluated = false;         ///< at least one criterion passed or failed
  bool can_pass = false;
  bool grades_gaps = false;             ///< a line is about unsupported calls, so gaps are the author's business
  std::vector<scenario::Group> groups;  ///< as in the scenario; results name theirs by index
  std::vector<CriterionResult> results;
  std::vector<Gap> gaps;
  std::string judge_model;                      ///< empty: no judge was asked, so judged lines count for nothing
  std::optional<std::int64_t> judge_tokens_in;  ///< nothing unless the judge told it for every line it graded
  std::optional<std::int64_t> judge_tokens_out;
};

/// The documents of a run, read once to be graded often. The evidence's texts must outlive it. Not synchronised:
/// grading keeps what the run changed once it was asked for.
class LoadedRun {
 public:
  /// Fails with `bad-evidence` when a document is not the JSON it should be.
  static Result<LoadedRun> load(const Evidence& evidence);
  LoadedRun(LoadedRun&&) noexcept;
  LoadedRun& operator=(LoadedRun&&) noexcept;
  ~LoadedRun();

 private:
  friend Report evaluate(const scenario::Scenario& scenario, const LoadedRun& run);
  struct Documents;
  explicit LoadedRun(std::unique_ptr<const Documents> documents);
  std::unique_ptr<const Documents> documents_;
};

Report evaluate(const scenario::Scenario& scenario, const LoadedRun& run);

/// Loads and grades. Fails with `bad-evidence`.
Result<Report> evaluate(const scenario::Scenario& scenario, const Evidence& evidence);

/// Counts outcomes and works out satisfaction, can_pass and status from the results, gaps and stop_reason. Groups count
/// by weight: round half up of 100 * sum(weight * passed / graded) / sum(weight) over groups with graded lines; lines
/// outside any group are one of weight 1. 100 means that nothing failed. To be called again after results changed.
void aggregate(Report& report);

/// Canonical JSON: fixed member order, two-space indentation, final newline, no timestamps.
std::string to_json(const Report& report);

/// A threshold as an author writes it: "66.5", "100"; at most three decimals.
std::string threshold_text(double threshold);

/// Problems of the criteria themselves: unbound sentences with "did you mean", unknown twins, ambiguous repositories.
Diagnostics check_criteria(const scenario::Scenario& scenario);

/// How a criterion was understood.
struct ExplainedCriterion {
  const scenario::Criterion* criterion = nullptr;  ///< of the scenario asked about
  std::string check;        ///< ids of the vocabulary rows that grade it; empty when nothing of the vocabulary does
  std::string explanation;  ///< what has to be so, in words; or why it is not graded and what to write instead
};
std::vector<ExplainedCriterion> explain_criteria(const scenario::Scenario& scenario);

/// The literals criteria look for (quoted texts, names): what Redactor must keep recognisable.
std::vector<std::string> criterion_literals(const scenario::Scenario& scenario);

}  // namespace pome::eval
