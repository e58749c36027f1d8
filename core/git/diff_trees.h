#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_store.h"
#include "core/git/patch.h"

namespace pome::git {

/// `type_changed`: a file became a link or a submodule, or the reverse.
enum class FileStatus : std::uint8_t { added, removed, modified, renamed, type_changed };

/// The letter of `git diff --name-status`: A, D, M, R, T.
char status_letter(FileStatus status);

/// One changed path between two trees. The old half is unset for an added file, the new half for a removed one.
struct FileChange {
  std::string path;           ///< the new path; of a removed file the old one
  std::string previous_path;  ///< of a renamed file only
  FileStatus status = FileStatus::modified;
  Mode old_mode = Mode::file;
  Mode new_mode = Mode::file;
  ObjectId old_id;
  ObjectId new_id;
  int similarity = 0;  ///< percent, of a renamed file only

  bool operator==(const FileChange&) const = default;
  const std::string& old_path() const { return status == FileStatus::renamed ? previous_path : path; }
};

struct DiffOptions {
  bool renames = true;    ///< pair removed and added files, as `git diff -M` does
  std::string_view path;  ///< only this file or folder (both before and after); empty for all
};

/// The changed paths, by new path in byte order. Visits only folders that differ. A tree id that is not stored counts
/// as empty; pass empty_tree_id() to list a first commit's files.
std::vector<FileChange> diff_trees(const ObjectStore& store, const ObjectId& from_tree, const ObjectId& to_tree,
                                   const DiffOptions& options = {});

/// Whether the same thing stands at `path` in both trees ("" compares the trees themselves).
bool same_at(const ObjectStore& store, const ObjectId& a_tree, const ObjectId& b_tree, std::string_view path);

/// The hunks and counts of one change. A submodule reads as "Subproject commit <id>", a link as its target.
Patch patch_of(const ObjectStore& store, const FileChange& change);
/// The counts alone: cheaper, `hunks` stays empty.
Patch counts_of(const ObjectStore& store, const FileChange& change);

}  // namespace pome::git
