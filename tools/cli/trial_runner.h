#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/trials/trial.h"
#include "tools/cli/agent_env.h"
#include "tools/cli/terminal.h"

/// Several trials of one scenario, some at a time. Each is a `pome run` of its own in a process of its own, so that the
/// trials share nothing: not the twin, not the agent's descendants, not a failure.
namespace pome::cli {

struct TrialsPlan {
  std::string file;  ///< the scenario
  std::int64_t count = 1;
  std::int64_t jobs = 1;
  std::vector<std::string> flags;  ///< of `pome run`, for every trial
  Variables environment;
  std::int64_t timeout_seconds = 60;  ///< the agent's
};

/// `error_code` of a trial that was never started because of what befell an earlier one.
inline constexpr std::string_view kNotStarted = "not-started";

/// The trials by number. Needs an InterruptScope; after Ctrl-C every trial is ended and none started. `on_end` is
/// called in this thread as trials end, in any order; not for trials that were never started. A trial that the control
/// plane has no room for is tried again when another ends or after a pause, at most 5 times.
std::vector<trials::Trial> run_trials(const TrialsPlan& plan, Progress& progress,
                                      const std::function<void(const trials::Trial&)>& on_end);

/// Whether what ended this trial would befall every further one: no key, no quota, no server, Ctrl-C.
bool befalls_all(const trials::Trial& trial);

}  // namespace pome::cli
