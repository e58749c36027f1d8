#include "core/twin/github/model/ids.h"

#include "core/base/encoding.h"

namespace pome::twin::github::model {
namespace {

/// MessagePack's shortest unsigned integer.
void append_packed(std::string& out, Id value) {
  const auto bits = static_cast<std::uint64_t>(value);
  const auto bytes = [&](char marker, int count) {
    out.push_back(marker);
    for (int i = count - 1; i >= 0; --i) out.push_back(static_cast<char>(bits >> (8 * i) & 0xff));
  };
  if (bits < 0x80) {
    out.push_back(static_cast<char>(bits));
  } else if (bits <= 0xff) {
    bytes('\xcc', 1);
  } else if (bits <= 0xffff) {
    bytes('\xcd', 2);
  } else if (bits <= 0xffffffff) {
    bytes('\xce', 4);
  } else {
    bytes('\xcf', 8);
  }
}

/// MessagePack's first kinds of string, which GitHub uses: short ones, and those with two bytes of length.
void append_packed(std::string& out, std::string_view text) {
  if (text.size() < 32) {
    out.push_back(static_cast<char>(0xa0 | text.size()));
  } else {
    out.push_back('\xda');
    out.push_back(static_cast<char>(text.size() >> 8 & 0xff));
    out.push_back(static_cast<char>(text.size() & 0xff));
  }
  out.append(text);
}

}  // namespace

std::string node_id(std::string_view prefix, Id repo, Id id) {
  std::string packed;
  packed.push_back(repo == 0 ? '\x92' : '\x93');
  packed.push_back('\0');
  if (repo != 0) append_packed(packed, repo);
  append_packed(packed, id);
  return text::cat(prefix, "_", encoding::base64url(packed));
}

std::string node_id(std::string_view prefix, Id repo, std::string_view name) {
  std::string packed("\x93\0", 2);
  append_packed(packed, repo);
  append_packed(packed, name);
  return text::cat(prefix, "_", encoding::base64url(packed));
}

}  // namespace pome::twin::github::model
