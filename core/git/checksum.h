#pragma once
#include <cstdint>
#include <string_view>

namespace pome::git {

/// CRC-32 as gzip and zip use it (RFC 1952 section 8).
std::uint32_t crc32(std::string_view data);

/// Adler-32 as zlib uses it (RFC 1950 section 8).
std::uint32_t adler32(std::string_view data);

}  // namespace pome::git
