#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/trials/group.h"
#include "tools/cli/flags.h"
#include "tools/cli/run_scenario.h"
#include "tools/cli/terminal.h"

/// `pome run -n K --jobs J`: a scenario several times, and what the trials say together.
namespace pome::cli {

class TrialFlags {
 public:
  void declare(CLI::App& app);
  /// Notes the other flags that were given, which every trial gets as well. After parsing.
  void note_given(const CLI::App& app);

  /// Trials of a scenario: -n, or its `runs`.
  std::int64_t count(const ScenarioInput& input) const;

  std::int64_t jobs = 1;
  std::vector<std::string> given;

 private:
  std::int64_t count_ = 0;
};

/// What became of a group of trials.
struct GroupOutcome {
  trials::Group group;  ///< redacted
  std::string file;     ///< where the group is stored; empty when it is not
  int exit_code = 0;
  bool fatal = false;                ///< further scenarios would fare alike
  std::optional<Error> error;        ///< why it could not be stored
  std::vector<RunOutcome> outcomes;  ///< one a trial that was started, for reports
};

/// Runs all trials, tells of each on `out` as it ends and of all at the end (nothing when `out` is null), and stores
/// `<artifacts-dir>/<slug>/<group id>.json`.
GroupOutcome run_group(const ScenarioInput& input, const TrialFlags& flags, const RunPlan& plan, std::string_view mode,
                       Environment& environment, Progress& progress, std::ostream* out);

/// The exit code of trials together: 0 when at least one was graded, all graded ones passed and none was cut short by
/// what befalls all; otherwise the highest of them, at least 2 when none was graded.
int exit_code_of(const std::vector<trials::Trial>& trials);

/// "trial 2  FAIL 50/100  3.9 s  <first failed criterion>". Ends with a newline.
std::string render_trial(const trials::Trial& trial, const Paint& paint);
/// Every number of the statistics, for people. Ends with a newline.
std::string render_stats(const trials::Stats& stats, const Paint& paint);

}  // namespace pome::cli
