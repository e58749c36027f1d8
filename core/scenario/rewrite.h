#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

/// Scenarios of other tools and of earlier days in today's forms: `[D]` and `[P]`, `## Prompt`, `passThreshold`.
namespace pome::scenario {

/// What only the vocabulary and the seed can tell. Either member may be empty: nothing is known then.
struct RewriteRules {
  /// The vocabulary's own wording of a sentence that means exactly the same; nothing when there is none.
  std::function<std::optional<std::string>(std::string_view sentence)> canonical;
  /// Does the criterion in that line (1-based) hold before the run? `[code]` leaves such a line out of the score and
  /// `[D]` counts it, so its marker has to stay.
  std::function<bool(std::size_t line)> holds_in_seed;
};

/// One line that reads differently now.
struct Change {
  std::size_t line = 1;  ///< 1-based
  std::string before;
  std::string after;
  std::string note;  ///< what the old form did, where that is not plain; may be empty
};

/// Something in an old form that stays, and why.
struct Remark {
  std::size_t line = 1;
  std::string text;
};

struct Rewritten {
  std::string markdown;         ///< the same lines with the same line ends; as given when `problems` is not empty
  std::vector<Change> changes;  ///< by line
  std::vector<Remark> remarks;  ///< by line
  Diagnostics problems;         ///< why the file cannot be rewritten: too large, not text
};

/// Changes markers, bullets that were dropped in silence, section names, names of settings and the wording of
/// sentences, each within its line; all other text stays byte for byte. Doing it twice changes nothing more.
Rewritten rewrite(std::string_view markdown, const RewriteRules& rules = {});

}  // namespace pome::scenario
