#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pome::encoding {

std::string hex(std::string_view bytes);  ///< lower case
std::optional<std::string> from_hex(std::string_view text);

std::string base64(std::string_view bytes);     ///< RFC 4648 section 4, padded, no line breaks
std::string base64url(std::string_view bytes);  ///< RFC 4648 section 5, no padding
/// Accepts white space between characters and requires correct padding; nothing on any other character.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);

template <std::size_t N>
std::string_view bytes_view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

}  // namespace pome::encoding
