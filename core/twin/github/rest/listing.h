#pragma once
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/function_ref.h"
#include "core/base/json_writer.h"
#include "core/twin/github/rest/context.h"
#include "core/twin/github/rest/reply.h"

/// Pages, sort orders and filters of list operations.
namespace pome::twin::github::rest {

/// `page` and `per_page` as GitHub clamps them: 1..100 rows, 30 unless told; nonsense counts as absent.
struct Page {
  std::size_t number = 1;
  std::size_t size = 30;
};
Page page_of(const http::Query& query);

/// The `Link` header (RFC 8288) of a page of `total` rows: prev, next, last, first. Empty when one page holds all.
std::string link_header(const Call& call, Page page, std::size_t total);

/// Answers the asked page of `count` rows; `write(json, i)` writes row i.
Reply list_page(const Context& context, std::size_t count, FunctionRef<void(JsonWriter&, std::size_t)> write);

/// Answers the asked page of `rows`; `write(json, row)` writes one element.
template <class Row, class Write>
Reply list_answer(const Context& context, const std::vector<Row>& rows, const Write& write) {
  return list_page(context, rows.size(), [&](JsonWriter& json, std::size_t i) { write(json, rows[i]); });
}

/// Writes the asked page as member `name` of an object that has more to say. Answers the `Link` header.
std::string write_page(JsonWriter& json, const Context& context, std::string_view name, std::size_t count,
                       FunctionRef<void(JsonWriter&, std::size_t)> write);

/// The same for lists that come in an object: {"total_count": ..., "<name>": [...]}.
Reply wrapped_page(const Context& context, std::string_view name, std::size_t count,
                   FunctionRef<void(JsonWriter&, std::size_t)> write);

/// A query parameter with a closed list of words: the value, or the first word when absent. Another word is refused:
/// noted in the context, GitHub's 422 naming `resource` and the parameter.
std::string_view choice(Context& context, std::string_view name, std::initializer_list<std::string_view> words,
                        std::string_view resource);
/// The same for operations that document no 422: another word counts as absent.
std::string_view lenient_choice(const Context& context, std::string_view name,
                                std::initializer_list<std::string_view> words);

/// A query parameter that is an instant; nothing when absent. Anything else is refused, as with `choice`.
std::optional<model::Time> instant(Context& context, std::string_view name, std::string_view resource);
/// "true" or "1"; "false" or "0"; nothing otherwise.
std::optional<bool> flag(const Context& context, std::string_view name);

/// The non-empty, trimmed parts of a comma-separated parameter.
std::vector<std::string_view> comma_list(const Context& context, std::string_view name);

}  // namespace pome::twin::github::rest
