#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fwd.h"

/// Places of a state and calls of a tape as a reader would name them.
namespace pome::proof {

/// "label" for "labels", "branch" for "branches", "pull request" for "pull_requests".
std::string singular(std::string_view list_name);

/// What tells an entry of a list from its siblings: "#1", "`bug`", "\"Thanks for ...\"", or "no. 2".
std::string name_of(const Json& entry, std::size_t index);

/// The thing at `pointer`, in words: "label `bug` of issue #1 of `acme/api`", "`state` of issue #1 of `acme/api`",
/// "the world" for the whole document.
std::string place_in_words(const Json& state, std::string_view pointer);

/// Everything but the last step of a pointer.
std::string_view parent_of(std::string_view pointer);
/// The last step of a pointer, unescaped.
std::string last_step(std::string_view pointer);

/// A scalar as a reader would see it: "`open`", "3", "true", "nothing" for null; long texts are cut.
std::string value_in_words(const Json& value);

/// "call 3 (`issues/create`)", or its method and path when no operation is known.
std::string call_in_words(const Json& row, std::size_t index);

/// The values a sentence carries, in order, without repetition: what stands in backticks or quotes, and the numbers
/// after "#".
std::vector<std::string> literals_of(std::string_view sentence);

}  // namespace pome::proof
