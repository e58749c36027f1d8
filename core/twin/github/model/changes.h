#pragma once
#include <string_view>
#include <vector>

#include "core/git/diff_trees.h"
#include "core/twin/github/model/row.h"

/// What commits change, in GitHub's words.
namespace pome::twin::github::model {

/// "added", "removed", "modified", "renamed", "changed": the `status` of a diff-entry.
std::string_view file_status_name(git::FileStatus status);

/// The content a change is about: the new one, of a removed file the old one.
const git::ObjectId& content_of(const git::FileChange& change);

/// What separates two commits' trees, by path. An id that is no stored commit counts as one without files.
std::vector<git::FileChange> changes_between(const World& world, const git::ObjectId& from_commit,
                                             const git::ObjectId& to_commit);

/// What a commit changes against its first parent; of a first commit all its files.
std::vector<git::FileChange> changes_of(const World& world, const git::ObjectId& commit);

}  // namespace pome::twin::github::model
