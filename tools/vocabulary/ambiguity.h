#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/criteria/criterion.h"

/// Checks of the vocabulary that stop the build.
namespace pome::vocabulary {

/// Two rows that claim the same sentence.
struct Ambiguity {
  const criteria::Row* first = nullptr;
  const criteria::Row* second = nullptr;
  const criteria::Phrase* first_phrase = nullptr;
  const criteria::Phrase* second_phrase = nullptr;
  std::string sentence;
};

/// A sentence that both phrases read, values included; nothing when there is none.
std::optional<std::string> common_sentence(const criteria::Phrase& a, const criteria::Phrase& b);

/// One for each pair of rows that share a sentence, in the order of the rows.
std::vector<Ambiguity> find_ambiguities(const std::vector<const criteria::Row*>& rows);

}  // namespace pome::vocabulary
