#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pome::git {

/// A SHA-1 object name, as raw bytes.
struct ObjectId {
  std::array<std::uint8_t, 20> bytes{};

  bool operator==(const ObjectId&) const = default;
  bool operator<(const ObjectId& other) const { return bytes < other.bytes; }

  bool is_null() const;     ///< all zero: "no object"
  std::string hex() const;  ///< 40 lower-case digits
  /// Exactly 40 hexadecimal digits of either case.
  static std::optional<ObjectId> from_hex(std::string_view text);
};

}  // namespace pome::git
