#pragma once
#include <string>
#include <variant>

#include "core/criteria/sentence.h"
#include "core/scenario/scenario.h"

namespace pome::eval {

/// Why a deterministic criterion has no vocabulary row.
struct Unbound {
  std::string code;     ///< "criterion-other-service" or "criterion-unbound"
  std::string message;  ///< one sentence
};

/// The rows and arguments of a deterministic criterion. Sentences tagged for or about another service stay unbound.
std::variant<criteria::Sentence, Unbound> bind_criterion(const scenario::Criterion& criterion);

}  // namespace pome::eval
