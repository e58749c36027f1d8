#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

/// Evidence made short enough to send to a judge.
namespace pome::judge {

/// A list cut to what a judge is shown: JSON values, and how many are missing.
struct Digest {
  std::vector<std::string> entries;
  std::size_t left_out = 0;
};

/// At most `max_bytes` of `text`, and " [cut]" when that is not all.
std::string cut(std::string_view text, std::size_t max_bytes);

/// A document as JSON text of about `max_bytes`: without links, node ids and nulls, people as their login, long
/// texts and lists cut. What is longer all the same becomes a JSON string that ends in " [cut]".
std::string compact(const Json& value, std::size_t max_bytes);

/// What a run changed (criteria::changes_between), without what only follows: {"what","repository","before","after"},
/// without `before` when it is new, without `after` when it is gone.
Digest state_changes(const Json& before, const Json& after);

/// The calls of a tape (a JSON array or NDJSON lines): {"call","status","sent","received"}. Of a long tape the first
/// and the last ones. Times, headers and request ids are not shown, so that equal behaviour gives equal text.
Digest calls(std::string_view events);

}  // namespace pome::judge
