#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Portable digests, the same code natively and in wasm. Digests are raw bytes; use encoding.h to print them.
namespace pome::hash {

std::array<std::uint8_t, 20> sha1(std::string_view data);    ///< FIPS 180-4; git object ids only, never security
std::array<std::uint8_t, 32> sha256(std::string_view data);  ///< FIPS 180-4
std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view data);  ///< RFC 2104

std::string sha1_hex(std::string_view data);
std::string sha256_hex(std::string_view data);

/// A fast non-cryptographic 64-bit digest (FNV-1a over 8-byte words, finally mixed), equal in every build. For ETags.
std::uint64_t fast64(std::string_view data, std::uint64_t seed = 0);

}  // namespace pome::hash
