#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace pome {

enum class Severity { error, warning, note };

/// One problem in a document the user wrote (scenario, criterion, seed, config). Problems are collected, never thrown.
struct Diagnostic {
  Severity severity = Severity::error;
  std::size_t line = 1;    ///< 1-based
  std::size_t column = 1;  ///< 1-based, in Unicode code points
  std::size_t length = 0;  ///< code points the problem covers; 0 = to the end of the line
  std::string code;        ///< stable kebab-case id
  std::string message;     ///< what is wrong, one sentence
  std::string hint;        ///< what to do about it; may be empty

  bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

inline bool has_errors(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::error) return true;
  }
  return false;
}

}  // namespace pome
