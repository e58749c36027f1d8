#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

/// Answers the asked page of `rows`; `write(json, row)` writes one element.
template <class Row, class Write>
Answer list_answer(const Context& context, const std::vector<Row>& rows, const Write& write) {
  const Page page = page_of(context.query);
  const std::size_t first = std::min((page.number - 1) * page.size, rows.size());
  const std::size_t last = std::min(first + page.size, rows.size());
  Answer answer;
  answer.body.reserve(512 + (last - first) * 1024);
  JsonWriter json(answer.body);
  json.begin_array();
  for (std::size_t i = first; i < last; ++i) write(json, rows[i]);
  json.end_array();
  answer.link = link_header(context.call, page, rows.size());
  return answer;
}

/// A query parameter with a closed list of words: the value, or `words.front()` when absent.
/// Fails on another word: GitHub's 422 names `resource` and the parameter.
std::variant<std::string_view, ApiError> choice(const Context& context, std::string_view name,
                                                std::initializer_list<std::string_view> words,
                                                std::string_view resource);
/// The same for operations that document no 422: another word counts as absent.
std::string_view lenient_choice(const Context& context, std::string_view name,
                                std::initializer_list<std::string_view> words);

/// A query parameter that is an instant; nothing when absent. Fails on anything else.
std::variant<std::optional<model::Time>, ApiError> instant(const Context& context, std::string_view name,
                                                           std::string_view resource);
/// "true" or "1"; "false" or "0"; nothing otherwise.
std::optional<bool> flag(const Context& context, std::string_view name);

/// The non-empty, trimmed parts of a comma-separated parameter.
std::vector<std::string_view> comma_list(const Context& context, std::string_view name);

}  // namespace pome::twin::github::rest

/// `POME_ANSWER_TRY(state, choice(...));` declares `state`, or returns the refusal to the caller. Block scope only.
#define POME_ANSWER_TRY(name, expression)                                                     \
  auto name##_or_error = (expression);                                                        \
  if (auto* name##_error = std::get_if<1>(&name##_or_error)) return std::move(*name##_error); \
  const auto& name = *std::get_if<0>(&name##_or_error)
