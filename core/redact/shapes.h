#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace pome::redact {

/// A part of a text: bytes [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Texts with the shape of a well-known secret: provider keys and tokens, JSON Web Tokens, PEM blocks (an unfinished
/// one reaches to the next quote or bracket), Slack webhook addresses, and Pome's own keys and tokens. In order, not
/// overlapping. A key has to start a word, so that `task-...` is no `sk-...`. Linear in the text.
std::vector<Span> find_shapes(std::string_view text);

/// Is this a member or header name whose value is secret? Case and `-`/`_` do not matter.
bool is_secret_name(std::string_view name);

}  // namespace pome::redact
