#pragma once
#include <string>
#include <variant>

#include "core/criteria/criterion.h"
#include "core/scenario/scenario.h"

namespace pome::eval {

/// Why a deterministic criterion has no vocabulary row.
struct Unbound {
  std::string code;     ///< "criterion-other-service" or "criterion-unbound"
  std::string message;  ///< one sentence
};

/// The row and arguments of a deterministic criterion. Sentences tagged for or about another service stay unbound.
std::variant<criteria::Binding, Unbound> bind_criterion(const scenario::Criterion& criterion);

}  // namespace pome::eval
