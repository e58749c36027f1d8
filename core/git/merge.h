#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_store.h"

namespace pome::git {

enum class ConflictKind : std::uint8_t {
  content,         ///< both sides changed the same lines, or a binary file, a link or a submodule
  both_added,      ///< both sides added the path with different content
  modify_delete,   ///< one side changed what the other removed
  rename_delete,   ///< one side renamed what the other removed
  rename_rename,   ///< the sides renamed one file to different paths
  rename_collide,  ///< a renamed file meets another one at its new path
  file_folder,     ///< a file on one side, a folder on the other
  file_mode,       ///< one path is a file, a link or a submodule, and the sides disagree which
  folder_rename,   ///< a path was put into a folder that the other side renamed
};

struct Conflict {
  std::string path;
  ConflictKind kind = ConflictKind::content;

  bool operator==(const Conflict&) const = default;
};

/// A merge stores the trees and blobs it makes. To only ask whether two sides merge, pass a copy of the store: copying
/// takes constant time.
struct MergeOptions {
  std::string_view ours_label = "ours";  ///< in conflict markers, and in the names of files moved out of the way
  std::string_view theirs_label = "theirs";
  /// Git's default merge.directoryRenames=conflict: a file put into a folder that the other side renamed is a conflict.
  bool folder_renames = true;
};

struct MergeResult {
  /// The merged tree. With conflicts it holds both versions between markers, as git leaves them in the work tree (a
  /// folder_rename conflict leaves the file where it was put).
  ObjectId tree;
  std::vector<Conflict> conflicts;  ///< by path; empty = a clean merge

  bool clean() const { return conflicts.empty(); }
};

/// Three-way merge of trees with the results of git's default strategy (ort): the same tree when clean, conflicts in
/// the same cases. Each side's renames are detected (50 % similarity). Folders that only one side touched are taken
/// whole. Knows nothing of .gitattributes; changed submodules always conflict, as their history is not here.
MergeResult merge_trees(ObjectStore& store, const ObjectId& base, const ObjectId& ours, const ObjectId& theirs,
                        const MergeOptions& options = {});

/// Merges two commits over their merge base; several bases are merged into a virtual one first, as git does, and
/// unrelated histories merge over the empty tree. Both ids must be stored commits.
MergeResult merge_commits(ObjectStore& store, const ObjectId& ours, const ObjectId& theirs,
                          const MergeOptions& options = {});

}  // namespace pome::git
