#include "core/git/deflate_stored.h"

#include <cstddef>

namespace pome::git {

void append_deflate_stored(std::string& out, std::string_view data) {
  constexpr std::size_t kMostStored = 65535;  // section 3.2.4
  do {
    const std::string_view part = data.substr(0, kMostStored);
    data.remove_prefix(part.size());
    const std::size_t length = part.size();
    out += data.empty() ? '\1' : '\0';
    for (const std::size_t field : {length, ~length}) {
      out += static_cast<char>(field & 0xff);
      out += static_cast<char>(field >> 8 & 0xff);
    }
    out += part;
  } while (!data.empty());
}

}  // namespace pome::git
