#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/criteria/criterion.h"

/// What rows about the tape share.
namespace pome::criteria {

/// Evidence for what was found among the calls: these calls, or the whole tape when there are none.
Evidence evidence_of(const std::vector<const Call*>& calls, const Tape& tape);
/// "`POST /repos/a/b/issues (201)`, ..." or "none"
std::string describe_all(const std::vector<const Call*>& calls);

/// Every call of a tool or operation. `blind`: the tape has calls whose action it does not tell.
struct CallsOf {
  std::vector<const Call*> calls;
  bool blind = false;
};
CallsOf calls_of(const Tape& tape, std::string_view tool);

/// Why what is not on the tape says nothing: "tape_truncated", "tool_not_recorded"; empty when the tape is whole.
std::string_view hidden_calls(const Tape& tape, bool blind);

/// An argument of the call as text: a member of the request's JSON ("labels", "pull_request.title"), of an MCP call's
/// `arguments`, or of the query. A list gives one text an entry (an object its `name` or `login`).
std::vector<std::string> arguments_of(const Call& call, std::string_view name);

}  // namespace pome::criteria
