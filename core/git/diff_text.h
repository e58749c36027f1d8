#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/diff_trees.h"

namespace pome::git {

struct DiffTextOptions {
  /// Digits of the ids in "index" lines. Git lengthens ambiguous ones; these stay at this length.
  std::size_t id_digits = 7;
  /// Binary files as patches that can be applied, as `git diff --binary`, instead of "Binary files ... differ".
  bool binary_patches = false;
};

/// One file of a `git diff`: header lines ("diff --git a/x b/x", modes, similarity, "index", "---", "+++") and hunks.
/// A change of type gives a removed and an added file, as in git.
std::string diff_text(const ObjectStore& store, const FileChange& change, const DiffTextOptions& options = {});
/// A whole `git diff`: GitHub's media type "diff".
std::string diff_text(const ObjectStore& store, const std::vector<FileChange>& changes,
                      const DiffTextOptions& options = {});

/// A path as git prints it: in double quotes with C escapes when it has control, quote, backslash or non-ASCII bytes.
/// `prefix` ("a/") goes inside the quotes.
std::string quoted_path(std::string_view prefix, std::string_view path);

}  // namespace pome::git
