#include "core/git/binary_patch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/base/text.h"
#include "core/git/checksum.h"
#include "core/git/deflate_stored.h"

namespace pome::git {
namespace {

constexpr std::size_t kLineBytes = 52;
constexpr std::string_view kDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/// Groups of four bytes, zero-padded, as five digits of base 85.
void append_base85(std::string& out, std::string_view data) {
  for (std::size_t at = 0; at < data.size(); at += 4) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
      value = value << 8 | (i < data.size() ? static_cast<unsigned char>(data[i]) : 0u);
    char group[5];
    for (std::size_t i = 5; i > 0; --i) {
      group[i - 1] = kDigits[value % 85];
      value /= 85;
    }
    out.append(group, 5);
  }
}

/// RFC 1950: header, deflate stream, Adler-32.
std::string zlib_stored(std::string_view data) {
  std::string out = "\x78\x01";
  append_deflate_stored(out, data);
  const std::uint32_t sum = adler32(data);
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(sum >> shift & 0xff);
  return out;
}

void append_literal(std::string& out, std::string_view content) {
  out += text::cat("literal ", content.size(), '\n');
  const std::string packed = zlib_stored(content);
  for (std::string_view rest = packed; !rest.empty(); rest.remove_prefix(std::min(kLineBytes, rest.size()))) {
    const std::string_view part = rest.substr(0, kLineBytes);
    out += static_cast<char>(part.size() <= 26 ? 'A' + part.size() - 1 : 'a' + part.size() - 27);
    append_base85(out, part);
    out += '\n';
  }
  out += '\n';
}

}  // namespace

std::string binary_patch(std::string_view before, std::string_view after) {
  std::string out = "GIT binary patch\n";
  append_literal(out, after);
  append_literal(out, before);
  return out;
}

}  // namespace pome::git
