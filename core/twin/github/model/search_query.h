#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/function_ref.h"
#include "core/twin/github/model/ids.h"

/// GitHub's search language: words, "phrases", qualifiers (`label:"good first issue"`), negation (`-label:bug`, NOT),
/// AND, OR and brackets. Pure functions on text; what a qualifier means is the business of each search.
/// Sources: "Understanding the search syntax" and "Searching issues and pull requests", GitHub Docs.
namespace pome::twin::github::model {

/// Whole numbers or seconds, both ends included.
struct SearchRange {
  std::int64_t first = std::numeric_limits<std::int64_t>::min();
  std::int64_t last = std::numeric_limits<std::int64_t>::max();

  bool holds(std::int64_t value) const { return first <= value && value <= last; }
};
/// "7", ">7", ">=7", "<7", "<=7", "2..7", "*..7". Nothing on anything else.
std::optional<SearchRange> number_range(std::string_view text);
/// The same with dates ("2026-01-31": the whole day) or instants.
std::optional<SearchRange> date_range(std::string_view text);

/// A node of a parsed query.
struct SearchNode {
  enum class Kind : std::uint8_t {
    text,       ///< a word or phrase: `tokens`
    qualifier,  ///< `name` and `value`
    all,        ///< every one of `parts`; true when there are none
    any,        ///< at least one of `parts`
  };
  Kind kind = Kind::all;
  bool negated = false;
  bool quoted = false;              ///< of a phrase
  std::string name;                 ///< of a qualifier, lower case
  std::string value;                ///< of a qualifier without quotes; of a text as written
  std::vector<std::string> tokens;  ///< lower case, at least one
  SearchRange range;                ///< of a qualifier with a range; whoever knows the qualifier fills it in
  Id id = 0;                        ///< of a qualifier that names a row; filled in likewise
  std::vector<SearchNode> parts;
};

struct SearchQuery {
  SearchNode root;    ///< of kind `all` or `any`
  int operators = 0;  ///< how many AND, OR and NOT were written
};

/// Parses `text`. Only names for which `is_qualifier` answers true are qualifiers; other colons are text.
/// Repeated qualifiers that name places (repo, user, org) or languages are alternatives, as on GitHub.
/// Every text is a query: stray brackets and operators count as words or not at all.
SearchQuery parse_search(std::string_view text, FunctionRef<bool(std::string_view)> is_qualifier);

/// Calls `use(SearchNode&)` for each word, phrase and qualifier of a query.
void for_each_term(SearchNode& node, FunctionRef<void(SearchNode&)> use);

/// Whether a row satisfies the query; `holds(const SearchNode&)` answers for one term, negation aside.
bool satisfies(const SearchNode& node, FunctionRef<bool(const SearchNode&)> holds);

/// The tokens of a text: lower-cased runs of letters, digits, '_' and '-' (and all that is not ASCII).
std::vector<std::string> search_tokens(std::string_view text);

struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};
/// Where the tokens next stand one after the other in `text`, at or after `from`. Whole tokens only, without regard to
/// case; the parts of a compound ("retry" of "retry_count") count as tokens too.
std::optional<TextSpan> find_tokens(std::string_view text, const std::vector<std::string>& tokens,
                                    std::size_t from = 0);

}  // namespace pome::twin::github::model
