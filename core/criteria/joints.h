#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/criteria/sentence.h"

/// Where sentences can be taken apart.
namespace pome::criteria {

inline constexpr std::string_view kDenial = "It is not true that ";
inline constexpr std::size_t kMaxClauses = 8;

/// An " and " or " or " outside quotes.
struct Joint {
  std::size_t begin = 0;
  std::size_t end = 0;
  Sentence::Join join = Sentence::Join::all;
};

/// In order. Behind a quote that is not closed there are none.
std::vector<Joint> joints_of(std::string_view sentence);

/// "Issue #1 in `acme/api`" at the start of the text, when a predicate follows it; else nothing.
std::string_view subject_of(std::string_view text);

/// Start of the part behind joint `index`, or of the sentence's first part for -1.
std::size_t part_begin(const std::vector<Joint>& joints, std::ptrdiff_t index);

/// The subject of the nearest part before joint `index` that names one.
std::string_view subject_before(std::string_view sentence, const std::vector<Joint>& joints, std::size_t index);

/// A clause alone: a row's sentence or a quantified one.
std::optional<Clause> bind_one(std::string_view text);

}  // namespace pome::criteria
