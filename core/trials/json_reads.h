#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"

/// Reads of documents that somebody may have edited.
namespace pome::trials {

inline std::string string_or_empty(const Json& value, std::string_view key) {
  return std::string(json::string_at(value, key).value_or(""));
}

/// A count: 0 when the member is absent, nothing when it is no number from 0 to `most`.
inline std::optional<std::int64_t> count_at(const Json& value, std::string_view key,
                                            std::int64_t most = 1'000'000'000'000) {
  if (json::at(value, key).is_null()) return 0;
  const auto count = json::integer_at(value, key);
  return count && *count >= 0 && *count <= most ? count : std::nullopt;
}

}  // namespace pome::trials
