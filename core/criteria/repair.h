#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/criteria/criterion.h"

/// Small repairs of sentences that nearly bind.
namespace pome::criteria {

/// Longer sentences are not compared with the vocabulary: it costs time in the product of the lengths.
inline constexpr std::size_t kMaxCompared = 400;

/// The sentence with contractions, "PR #1" and "issue 1" spelt out, as often as it can be read; it itself comes first.
/// What stands in quotes stays.
std::vector<std::string> spelt_out(std::string_view sentence);

/// The sentence that binds after spelling it out, changing singular and plural, leaving out its last word, or putting
/// quotes around some words.
std::optional<std::string> repaired(std::string_view sentence);

/// Does the sentence say that something is not so? Words in quotes do not count; "nott" does.
bool is_negative(std::string_view sentence);

/// The nearest sentence that a single row claims. For sentences up to kMaxCompared.
NearMiss nearest_clause(std::string_view sentence);

}  // namespace pome::criteria
