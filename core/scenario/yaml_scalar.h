#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/scenario/yaml.h"

namespace pome::scenario::yaml {

/// Why a scalar was refused; `offset` is within the scalar's source. An empty code means it was not.
struct ScalarProblem {
  std::string code;
  std::string message;
  std::string hint;
  std::size_t offset = 0;
};

/// Fills kind and value of a plain scalar by the core schema (YAML 1.2.2, 10.3.2).
ScalarProblem resolve_plain(std::string_view source, Node& node);

/// Reads the quoted scalar `source` starts with; `width` gets its length in bytes, quotes included. It must end on the
/// same line.
ScalarProblem read_quoted(std::string_view source, std::string& value, std::size_t& width);

}  // namespace pome::scenario::yaml
