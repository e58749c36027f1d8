#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/json_fwd.h"
#include "core/base/result.h"

/// Reading JSON. The only wrapper over the library's parser: it never throws, caps nesting, and reports positions.
/// Writing goes through JsonWriter. Duplicate keys: the last one wins, as in GitHub's own servers.
namespace pome {

namespace json {

inline constexpr int kMaxDepth = 64;

/// Where (a byte offset) and why a text is not JSON.
struct Problem {
  std::size_t offset = 0;
  std::string what;  ///< no position, no final full stop
};

/// What keeps `text` from being parsed, or nothing.
std::optional<Problem> diagnose(std::string_view text);

/// Fails with `bad-json` ("line L, column C: ...") on a syntax error, invalid UTF-8 or nesting deeper than kMaxDepth.
Result<Json> parse(std::string_view text);

/// The member, or null when `value` is not an object or lacks it. The reference lives as long as `value`.
const Json& at(const Json& value, std::string_view key);
/// Typed reads: nothing when the member is absent or of another type.
std::optional<std::string_view> string_at(const Json& value, std::string_view key);
std::optional<std::int64_t> integer_at(const Json& value, std::string_view key);
std::optional<bool> bool_at(const Json& value, std::string_view key);

/// Compact text with sorted keys; invalid UTF-8 becomes U+FFFD, so this never throws.
std::string dump(const Json& value, int indent = -1);

}  // namespace json
}  // namespace pome
