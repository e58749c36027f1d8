#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/ids.h"

/// What GitHub makes links of in the texts people write: people and issues. Code spans and code blocks are left alone.
namespace pome::twin::github::model {

/// The logins after '@', each once (without regard to case), in the order of the text. Team mentions are no logins.
std::vector<std::string> mentions_in(std::string_view text);
/// The text mentions this login.
bool mentions(std::string_view text, std::string_view login);

/// "#7", "GH-7", "acme/api#7" or the address of an issue or pull request.
struct TextReference {
  std::string owner;  ///< empty = the repository the text belongs to
  std::string name;
  Id number = 0;
  bool closes = false;  ///< after a closing keyword: "Fixes #7"

  bool operator==(const TextReference&) const = default;
};
/// Each reference of the text once, in order.
std::vector<TextReference> references_in(std::string_view text);

}  // namespace pome::twin::github::model
