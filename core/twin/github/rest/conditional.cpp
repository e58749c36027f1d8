#include "core/twin/github/rest/conditional.h"

#include <optional>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time.h"

namespace pome::twin::github::rest {

namespace {

/// The finalizer of SplitMix64: spreads one digest over as many words as wanted.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

void append_hex(std::string& out, std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) out.push_back(kDigits[(value >> shift) & 15]);
}

/// The quoted part of a tag: weak comparison looks at nothing else.
std::string_view opaque(std::string_view tag) {
  tag = text::trim(tag);
  return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag;
}

}  // namespace

std::string entity_tag(std::string_view body, TagStrength strength) {
  constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;
  constexpr int kWords = 4;
  std::uint64_t state = hash::fast64(body);
  std::string tag;
  tag.reserve(68);
  tag.append(strength == TagStrength::weak ? "W/\"" : "\"");
  for (int word = 0; word < kWords; ++word) append_hex(tag, mixed(state += kGolden));
  tag.push_back('"');
  return tag;
}

bool is_current(const http::Headers& request, std::string_view tag, std::int64_t modified_at) {
  if (const auto asked = request.get("if-none-match")) {
    for (const std::string_view one : text::split(*asked, ',')) {
      if (text::trim(one) == "*" || opaque(one) == opaque(tag)) return true;
    }
    return false;
  }
  const auto since = request.get("if-modified-since");
  if (!since || modified_at == 0) return false;
  const std::optional<std::int64_t> instant = time::parse_http_date(*since);
  return instant && modified_at <= *instant;
}

}  // namespace pome::twin::github::rest
