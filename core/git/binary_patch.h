#pragma once
#include <string>
#include <string_view>

namespace pome::git {

/// A binary change that `git apply` and `git am` understand: "GIT binary patch" with the new content and, to undo it,
/// the old one. Both are stored in the zlib format without compression, so the text differs from git's own.
std::string binary_patch(std::string_view before, std::string_view after);

}  // namespace pome::git
