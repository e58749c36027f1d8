#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/scenario/markdown.h"

namespace pome::scenario {

enum class SectionKind { prompt, success_criteria, setup, expected_behavior, seed_state, config };
inline constexpr std::size_t kSectionKinds = 6;

/// The sections that count, by kind, in document order. Only criteria, setup and expected behaviour may be given more
/// than once (they are put together, with a warning).
class Sections {
 public:
  Sections(const markdown::Document& document, Diagnostics& diagnostics);

  const std::vector<const markdown::Section*>& all(SectionKind kind) const { return found_[index(kind)]; }
  const markdown::Section* first(SectionKind kind) const { return all(kind).empty() ? nullptr : all(kind).front(); }

 private:
  static std::size_t index(SectionKind kind) { return static_cast<std::size_t>(kind); }

  std::array<std::vector<const markdown::Section*>, kSectionKinds> found_;
};

/// The title of the section that a heading's plain name stands for ("task:" gives "Prompt"), or nothing.
std::optional<std::string> section_title(std::string_view name);
/// The same for names that have no meaning but were probably meant to ("criteria" gives "Success Criteria").
std::optional<std::string> mistaken_section_title(std::string_view name);

/// The section's own text: the lines below its heading, formatting and fences as written, trimmed.
std::string body_of(const SourceText& source, const std::vector<const markdown::Section*>& sections);

}  // namespace pome::scenario
