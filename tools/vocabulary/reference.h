#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/criteria/criterion.h"

/// The reference of the criterion language, scenarios/CRITERIA.md: a chapter about its grammar, then every row.
namespace pome::vocabulary {

/// Rows that belong together: those of one source file.
struct Topic {
  std::string_view title;
  std::span<const criteria::Row> (*rows)();
};

/// Every row is in exactly one topic.
std::span<const Topic> topics();

/// Written by hand: the lines of a scenario, how sentences are made, how phrases are written.
std::string_view grammar_chapter();
/// Written by hand: the two kinds of values that have a grammar of their own.
std::string_view scope_chapter();

/// The whole document, Markdown with a final newline.
std::string reference();

}  // namespace pome::vocabulary
