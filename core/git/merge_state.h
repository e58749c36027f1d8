#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/merge.h"
#include "core/git/object_store.h"
#include "core/git/path_table.h"
#include "core/git/renames.h"
#include "core/git/tree_edit.h"

/// The working state of one three-way merge. Internal to core/git; use merge.h.
namespace pome::git {

// The three trees of a merge. As a mask a tree is the bit 1 << index.
inline constexpr std::size_t kBase = 0;
inline constexpr std::size_t kOurs = 1;
inline constexpr std::size_t kTheirs = 2;
constexpr unsigned bit(std::size_t tree) { return 1u << tree; }

/// What one tree has at a path.
struct Version {
  bool present = false;
  Mode mode = Mode::file;
  ObjectId id;

  bool operator==(const Version& other) const {
    return present == other.present && (!present || (mode == other.mode && id == other.id));
  }
};

/// A path that the merge must decide.
struct MergePath {
  std::string path;
  std::array<Version, 3> versions;            ///< files, links and submodules; folders count as absent
  Version before;                             ///< the file our tree has here
  std::array<std::string, 3> origins;         ///< the path each version had in its tree, which renames change
  unsigned files = 0;                         ///< trees with a file here
  unsigned folders = 0;                       ///< trees with a folder here
  unsigned matching = 0;                      ///< two trees whose files are equal, or none
  std::optional<ConflictKind> path_conflict;  ///< conflicts whatever the contents say
  bool collides = false;                      ///< a renamed file came to where the other side has another one
  bool gone = false;                          ///< decided: nothing stands here
};

/// Why the new place of a removed file matters.
enum Relevance : int { kNoMore = 0, kForContent = 1, kForLocation = 2 };
/// Whether the new place of a removed folder matters: for the files in it, or only for those of a folder above.
enum FolderRelevance : int { kIrrelevant = 0, kForAncestor = 1, kForSelf = 2 };

/// What one side removed and added against the base: the input of its rename detection.
struct SideChanges {
  std::vector<FileEntry> removed;
  std::vector<FileEntry> added;
  PathTable relevant;         ///< removed file -> Relevance
  PathTable removed_folders;  ///< -> FolderRelevance
};

/// A rename of one side; `to` is its path in that side.
struct SideRename {
  std::string from;
  std::string to;
  std::size_t side = kOurs;
};

struct MergeState {
  ObjectStore& store;
  MergeOptions options;
  int depth = 0;  ///< 0 for the asked merge, more for the merges of its bases

  std::array<ObjectId, 3> roots{};
  std::array<SideChanges, 3> sides{};   ///< of kOurs and kTheirs
  std::vector<MergePath> paths{};       ///< by path, once collected
  std::vector<TreeChange> edits{};      ///< turn our tree into the result; removals go first
  std::vector<std::string> standing{};  ///< paths known to hold something in the result
  std::vector<Conflict> conflicts{};

  MergePath* find(std::string_view path);
  std::string_view label(std::size_t side) const { return side == kOurs ? options.ours_label : options.theirs_label; }
  void add_conflict(std::string_view path, ConflictKind kind) { conflicts.push_back({std::string(path), kind}); }
};

/// Walks the three trees and fills `paths`, `sides` and, for folders taken whole, `edits`.
void collect_paths(MergeState& state);

/// Finds the renames of both sides, by old path, and reports folder renames that concern the other side's files.
std::vector<SideRename> detect_renames(MergeState& state);

/// Brings the versions of renamed files together at their new paths.
void apply_renames(MergeState& state, const std::vector<SideRename>& renames);

/// Decides every path of the state and adds the edits and conflicts that follow.
void decide_paths(MergeState& state);

/// Merges the three versions of one file into `result`. False when they conflict; the result then holds both. The two
/// sides must be of the same kind.
bool merge_versions(MergeState& state, const std::array<Version, 3>& versions,
                    const std::array<std::string, 3>& origins, int extra_markers, Version& result);

}  // namespace pome::git
