#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/diff_trees.h"

namespace pome::git {

/// `git diff --stat --summary`: a line with a bar for each file, the total, and lines for created, removed and renamed
/// files and changed modes. At most `width` columns wide; patches by mail use 72.
std::string diff_stat(const ObjectStore& store, const std::vector<FileChange>& changes, std::size_t width);

/// A rename in one word, the common parts given once: "src/{a => b}/x.c".
std::string rename_text(std::string_view from, std::string_view to);

}  // namespace pome::git
