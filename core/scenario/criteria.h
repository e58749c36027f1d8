#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/scenario/markdown.h"
#include "core/scenario/scenario.h"

namespace pome::scenario {

/// What the start of a line says about a criterion marker. The grammar, in any case:
///   "[" ( D | P | code | model ) [ ":" twin ] [ space "always-scored" ] "]" space sentence
/// optionally in bold or italics (marker only, or the whole line).
struct MarkerMatch {
  enum class Kind {
    none,       ///< ordinary text, also "[ ] todo" and "[note] ..."
    marker,     ///< a criterion
    near_miss,  ///< reaches for a marker without being one; `problem` and `hint` say why
  };
  Kind kind = Kind::none;
  Marker marker = Marker::d;
  std::optional<std::string> twin;
  bool always_scored = false;
  std::size_t width = 0;      ///< bytes up to the sentence
  std::string_view emphasis;  ///< "**" when the sentence must end with it
  std::string problem;
  std::string hint;
};

MarkerMatch match_marker(std::string_view line);

/// Reads the criteria of one or more sections, numbered through. List items at every level count, in document order;
/// `twins` are the scenario's.
std::vector<Criterion> read_criteria(const SourceText& source, const std::vector<const markdown::Section*>& sections,
                                     const std::vector<std::string>& twins, Diagnostics& diagnostics);

}  // namespace pome::scenario
