#include "core/twin/github/model/words.h"

#include <algorithm>

namespace pome::twin::github::model {

std::optional<std::size_t> index_of(std::span<const std::string_view> words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

}  // namespace pome::twin::github::model
