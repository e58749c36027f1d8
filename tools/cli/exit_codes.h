#pragma once
#include "core/base/result.h"

/// What the process answers with. Several files in one run: the highest code wins.
namespace pome::cli {

inline constexpr int kExitPassed = 0;
inline constexpr int kExitBelowThreshold = 1;  ///< also a crashed or timed-out agent, and a run with nothing gradable
inline constexpr int kExitOrchestration =
    2;  ///< control plane, twin or preflight failed; a run a twin gap left incomplete
inline constexpr int kExitAuth = 3;
inline constexpr int kExitQuota = 4;
inline constexpr int kExitUsage = 5;  ///< bad flags, an invalid scenario, a `[D]` line that binds to nothing

/// The exit code an Error stands for: 3 for authentication, 4 for quota, 5 for usage, else 2.
int exit_code_of(const Error& error);

}  // namespace pome::cli
