#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/criteria/sentence.h"

/// Clauses said of many issues or pull requests: "Every open issue with the `bug` label is assigned to `alice`".
namespace pome::criteria {

/// What stands before the predicate: "Every open issue in `acme/api` ".
struct QuantifiedHead {
  Quantifier quantifier;
  std::string repo;
  std::size_t length = 0;  ///< of the text it was read from, the space included

  /// The predicate said of one thing, as rows read it: "Issue #1 in `acme/api` is closed".
  std::string said_of_one(std::string_view predicate) const;
};
std::optional<QuantifiedHead> read_quantified_head(std::string_view text);
/// Does it begin as a quantified clause does ("Every ", "At least 2 ")?
bool begins_with_quantity(std::string_view text);

/// Nothing when the text does not begin with a quantity or what follows fits no row.
std::optional<Clause> bind_quantified(std::string_view text);

/// Looks at every thing meant. When there is none, only what restrains the agent holds: there was nothing to look at.
Verdict evaluate_quantified(const Clause& clause, const World& world);

/// "every open issue with the `bug` label"
std::string describe(const Quantifier& quantifier);

}  // namespace pome::criteria
