#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/eval/evaluate.h"
#include "core/proof/solution.h"
#include "core/twin/session/session.h"

/// Plays a solution on the twin, in process: a world of its own, a clock that moves one second a call, no randomness.
namespace pome::proof {

/// What a played solution left behind.
struct Played {
  std::string state_initial;
  std::string state_final;
  std::string events;
  std::size_t calls = 0;         ///< calls that were made
  std::optional<Error> problem;  ///< the first call that was not answered as expected, or could not be made

  eval::Evidence evidence() const { return {state_initial, state_final, events}; }
};

/// A change to a solution while it is played.
struct Variation {
  std::optional<std::size_t> left_out;  ///< index of a call that is not made
  std::optional<std::size_t> doubled;   ///< index of a call that is made twice
};

/// Stops at the first call that is not answered as expected. With a variation nothing is expected, and a call whose
/// placeholders lost their value is not made.
Played replay(const twin::SeedPtr& seed, const Solution& solution, const std::optional<Variation>& variation = {});

}  // namespace pome::proof
