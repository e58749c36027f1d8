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
///   "[" ( D | P | code | model ) [ ":" twin ] { space ( "always-scored" | "optional" ) } "]" space sentence
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
  bool optional = false;
  std::size_t width = 0;      ///< bytes up to the sentence
  std::string_view emphasis;  ///< "**" when the sentence must end with it
  std::string problem;
  std::string hint;
};

MarkerMatch match_marker(std::string_view line);

/// The start of a line that is, or can only be meant as, a criterion.
struct MarkerLead {
  Marker marker = Marker::d;
  std::string options;        ///< what belongs behind the word, as the grammar writes it: ":github optional"
  std::size_t width = 0;      ///< bytes up to the sentence
  std::string_view emphasis;  ///< as in MarkerMatch
  bool repaired = false;      ///< match_marker() does not take the line as it is
};

/// Nothing for ordinary text and for near misses with more than one reading.
std::optional<MarkerLead> marker_lead(std::string_view line);

/// The line without a bullet that lacks its space ("-[D] ...", "1.[D] ...") or is none ("\u2022 [D] ...").
std::string_view without_tight_bullet(std::string_view line);

/// The text of a `###` heading as a group: "Labels (weight 2)".
struct GroupHeading {
  Group group;
  bool weighted = false;  ///< a weight was given, right or wrong
  Severity severity = Severity::error;
  std::string problem;  ///< empty when the heading is fine
  std::string hint;
  std::size_t offset = 0;  ///< byte of the heading's text where the problem stands
};

GroupHeading match_group(std::string_view heading);

/// Longest criterion sentence, in code points.
inline constexpr std::size_t kMaxSentence = 2000;
/// Most groups a scenario may have, and the longest title of one, in code points.
inline constexpr std::size_t kMaxGroups = 100;
inline constexpr std::size_t kMaxGroupTitle = 200;

struct CriteriaList {
  std::vector<Criterion> criteria;
  std::vector<Group> groups;  ///< those with at least one criterion
};

/// Reads the criteria of one or more sections, numbered through. List items at every level count, in document order;
/// a `###` heading groups those up to the next one or the section's end. `twins` are the scenario's.
CriteriaList read_criteria(const SourceText& source, const std::vector<const markdown::Section*>& sections,
                           const std::vector<std::string>& twins, Diagnostics& diagnostics);

}  // namespace pome::scenario
