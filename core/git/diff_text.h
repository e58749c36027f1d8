#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/diff_trees.h"

namespace pome::git {

/// Digits of the ids in "index" lines. Git lengthens ambiguous ones; these stay at this length.
inline constexpr std::size_t kShortId = 7;

/// One file of a `git diff`: header lines ("diff --git a/x b/x", modes, similarity, "index", "---", "+++") and hunks.
/// A change of type gives a removed and an added file, as in git.
std::string diff_text(const ObjectStore& store, const FileChange& change, std::size_t id_digits = kShortId);
/// A whole `git diff`: GitHub's media type "diff".
std::string diff_text(const ObjectStore& store, const std::vector<FileChange>& changes,
                      std::size_t id_digits = kShortId);

/// A path as git prints it: in double quotes with C escapes when it has control, quote, backslash or non-ASCII bytes.
/// `prefix` ("a/") goes inside the quotes.
std::string quoted_path(std::string_view prefix, std::string_view path);

}  // namespace pome::git
