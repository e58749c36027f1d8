#include "core/base/encoding.h"

#include <cstddef>

#include "core/base/text.h"

namespace pome::encoding {
namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view bytes, std::string_view alphabet, bool padded) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    std::uint32_t group = static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << 16;
    if (left > 1) group |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8;
    if (left > 2) group |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + 2]));
    out.push_back(alphabet[group >> 18]);
    out.push_back(alphabet[group >> 12 & 63]);
    if (left > 1) out.push_back(alphabet[group >> 6 & 63]);
    if (left > 2) out.push_back(alphabet[group & 63]);
  }
  while (padded && out.size() % 4 != 0) out.push_back('=');
  return out;
}

std::optional<std::string> decode(std::string_view text, std::string_view alphabet, bool padded) {
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t group = 0;
  int digits = 0;
  int padding = 0;
  for (const char c : text) {
    if (padded && text::is_space(c)) continue;
    if (padded && c == '=') {
      ++padding;
      continue;
    }
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos || padding > 0) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    if (++digits < 4) continue;
    out.push_back(static_cast<char>(group >> 16 & 0xFF));
    out.push_back(static_cast<char>(group >> 8 & 0xFF));
    out.push_back(static_cast<char>(group & 0xFF));
    group = 0;
    digits = 0;
  }
  if (digits == 1 || (padded && padding != (4 - digits) % 4)) return std::nullopt;
  if (digits >= 2) out.push_back(static_cast<char>((group << (6 * (4 - digits))) >> 16 & 0xFF));
  if (digits == 3) out.push_back(static_cast<char>((group << 6) >> 8 & 0xFF));
  return out;
}

int hex_value(char c) {
  if (text::is_digit(c)) return c - '0';
  const char folded = text::lower(c);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

}  // namespace

std::string hex(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
    out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

std::string base64(std::string_view bytes) { return encode(bytes, kStandard, true); }
std::string base64url(std::string_view bytes) { return encode(bytes, kUrlSafe, false); }
std::optional<std::string> from_base64(std::string_view text) { return decode(text, kStandard, true); }
std::optional<std::string> from_base64url(std::string_view text) { return decode(text, kUrlSafe, false); }

}  // namespace pome::encoding
