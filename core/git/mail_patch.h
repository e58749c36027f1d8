#pragma once
#include <string>
#include <vector>

#include "core/git/diff_trees.h"

/// Commits as mails and changes as statistics: what `git format-patch` prints, GitHub's media type "patch".
namespace pome::git {

/// The lines of `git diff --stat --summary`, 72 columns wide: a row for each file, the sum, new, gone and moved files.
std::string diff_stat(const ObjectStore& store, const std::vector<FileChange>& changes);

/// One mail for each commit, in this order ("[PATCH 1/2]" when there are several), without git's version at the end.
/// A commit's changes are those against its first parent. All ids must be stored commits.
std::string mail_patches(const ObjectStore& store, const std::vector<ObjectId>& commits);

}  // namespace pome::git
