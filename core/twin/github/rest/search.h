#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/function_ref.h"
#include "core/twin/github/model/search_query.h"
#include "core/twin/github/rest/context.h"

/// What all searches share: reading `q`, the page of results, marked matches. Source: GitHub's search operations.
namespace pome::twin::github::rest {

/// What the value of a qualifier is.
enum class SearchValue : std::uint8_t {
  text,    ///< taken as it is
  number,  ///< a range of numbers; matches nothing when it is none
  date,    ///< a range of dates; refused when it is none
  person,  ///< a login that must exist; @me = the actor
  place,   ///< a repository, user or organization; refused when the actor can see none of those named
};
struct SearchQualifier {
  std::string_view name;
  SearchValue value = SearchValue::text;
};

struct Search {
  model::SearchNode root;
  std::string_view sort;  ///< one of the operation's words; empty = best match
  bool descending = true;
  bool marks = false;  ///< the text-match media type was asked for

  /// The words and phrases that must be there.
  std::vector<const model::SearchNode*> texts() const;
  /// The value of the last positive qualifier of that name, or "".
  std::string_view value_of(std::string_view name) const;
  /// Whether `in:` names this place; without any `in:`, whether it is one of the usual ones.
  bool looks_in(std::string_view place, bool usual) const;
};

/// Reads and checks `q`, `sort` and `order`. What GitHub refuses is noted in the context.
Search read_search(Context& context, std::span<const SearchQualifier> qualifiers,
                   std::span<const std::string_view> sorts);

/// Whether a repository is one of those that `repo:`, `user:` or `org:` names.
bool is_place(const model::SearchNode& term, const model::Repository& repository);
/// What `is:` and the like say about a repository; nothing for other words.
std::optional<bool> repository_is(const model::Repository& repository, std::string_view word);

/// {"total_count": ..., "incomplete_results": false, "items": [...]}: at most the first 1000 results can be reached.
/// `extra` writes further members of the answer.
Reply search_page(const Context& context, std::size_t count, FunctionRef<void(JsonWriter&, std::size_t)> write);
Reply search_page(const Context& context, std::size_t count, FunctionRef<void(JsonWriter&, std::size_t)> write,
                  FunctionRef<void(JsonWriter&)> extra);

/// How well a row fits when nobody asks for another order: how many texts stand in its name.
std::int64_t name_score(const std::vector<const model::SearchNode*>& texts, std::string_view name);

/// A text that was searched.
struct SearchedText {
  std::string_view property;  ///< "title", "content"
  std::string_view text;
};
/// What was found, as "text_matches" names it.
struct FoundObject {
  std::string url;
  std::string_view type;
  std::vector<SearchedText> texts;
};
/// One item of the results: the row's own members, then "score", and "text_matches" when they were asked for.
/// `write_row` writes a JSON object.
void write_found(JsonWriter& json, const Search& search, const FoundObject& found,
                 FunctionRef<void(JsonWriter&)> write_row);

}  // namespace pome::twin::github::rest
