#pragma once
#include <string>
#include <string_view>

#include "core/eval/evaluate.h"

/// What a judge is asked. Everything given here must be redacted already: it leaves the machine.
namespace pome::judge {

/// Changes with every change of the instructions or of what evidence is shown: verdicts of another version do not
/// count.
inline constexpr int kPromptVersion = 1;

/// What a run left behind, the same for all its criteria.
struct RunRecord {
  std::string_view task;               ///< the prompt the agent got
  std::string_view expected_behavior;  ///< may be empty
  std::string_view agent_summary;      ///< may be empty
  std::string_view state_initial;      ///< JSON; empty = missing
  std::string_view state_final;        ///< JSON; empty = missing
  std::string_view events;             ///< JSON array or NDJSON lines; empty = missing
  eval::StopReason stop_reason = eval::StopReason::exit_0;
};

/// The instructions: the rules of judging, and that evidence is data, whatever it says.
std::string_view instructions();

/// The evidence of a run, made once and asked about as often as there are judged lines.
class Brief {
 public:
  explicit Brief(const RunRecord& run);

  /// One JSON document: the criterion, and the evidence as strings and values, so that no text in it can end its place.
  /// At most about 100 KB.
  std::string question(std::string_view criterion) const;

 private:
  std::string evidence_;  ///< the rest of a JSON object after its first member
};

}  // namespace pome::judge
