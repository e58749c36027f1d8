#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/criteria/sentence.h"

/// Clauses said of many issues or pull requests: "Every open issue with the `bug` label is assigned to `alice`".
namespace pome::criteria {

/// Nothing when the text does not begin with a quantity or what follows fits no row.
std::optional<Clause> bind_quantified(std::string_view text);

/// Looks at every thing meant. Saying something of every thing when there is none fails: there was nothing to look at.
Verdict evaluate_quantified(const Clause& clause, const World& world);

/// "Of every open issue with the `bug` label:"
std::string describe(const Quantifier& quantifier);

}  // namespace pome::criteria
