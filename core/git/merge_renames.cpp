#include <algorithm>
#include <utility>

#include "core/base/sort.h"
#include "core/git/merge_folders.h"
#include "core/git/merge_state.h"

namespace pome::git {
namespace {

using Moves = std::vector<FolderMoves::Move>;

constexpr std::size_t kRenameLimit = 7000;

std::size_t other_side(std::size_t side) { return side == kOurs ? kTheirs : kOurs; }

RenameFile as_rename_file(const FileEntry& file) { return {file.path, file.mode, file.id}; }

/// A file that one side has and the base lacks, renamed or added.
struct Arrival {
  std::string path;
  std::string from;  ///< empty for an added file
};

struct SideArrivals {
  std::vector<Arrival> arrivals;
  Moves moves;
};

SideArrivals search_side(MergeState& state, std::size_t side) {
  SideChanges& changes = state.sides[side];
  SideArrivals out;
  std::vector<std::string> from(changes.added.size());
  if (!changes.relevant.empty()) {
    std::vector<RenameFile> sources;
    std::vector<RenameFile> targets;
    for (const FileEntry& file : changes.removed) sources.push_back(as_rename_file(file));
    for (const FileEntry& file : changes.added) targets.push_back(as_rename_file(file));
    FolderMoves guide(changes);
    const RenameOptions options{kMaxScore / 2, kRenameLimit, false};
    for (const Rename& rename : find_renames(state.store, sources, targets, options, &guide))
      from[rename.target] = changes.removed[rename.source].path;
    if (state.depth == 0 && state.options.folder_renames) {
      std::vector<std::string> split;
      out.moves = guide.moves(split);
      for (const std::string& folder : split) state.add_conflict(folder, ConflictKind::folder_rename);
    }
  }
  for (std::size_t i = 0; i < changes.added.size(); ++i)
    out.arrivals.push_back({changes.added[i].path, std::move(from[i])});
  return out;
}

/// The moved folder nearest above a path.
const FolderMoves::Move* move_above(const Moves& moves, std::string_view path) {
  for (path = folder_of_path(path); !path.empty(); path = folder_of_path(path)) {
    for (const FolderMoves::Move& move : moves) {
      if (move.from == path) return &move;
    }
  }
  return nullptr;
}

std::string moved(const FolderMoves::Move& move, std::string_view path) {
  const std::string_view below = path.substr(move.from.size() + 1);
  return move.to.empty() ? std::string(below) : move.to + "/" + std::string(below);
}

/// Where the files of a side would go if they followed the other side's folders.
std::vector<std::string> followed(const std::vector<Arrival>& arrivals, const Moves& moves) {
  std::vector<std::string> out;
  if (moves.empty()) return out;
  for (const Arrival& arrival : arrivals) {
    if (const auto* move = move_above(moves, arrival.path)) out.push_back(moved(*move, arrival.path));
  }
  return out;
}

bool contains_move(const Moves& moves, std::string_view from) {
  return std::any_of(moves.begin(), moves.end(), [&](const FolderMoves::Move& move) { return move.from == from; });
}

/// Folders that both sides moved lead nowhere.
void drop_common(Moves& ours, Moves& theirs) {
  const Moves all = ours;
  std::erase_if(ours, [&](const FolderMoves::Move& move) { return contains_move(theirs, move.from); });
  std::erase_if(theirs, [&](const FolderMoves::Move& move) { return contains_move(all, move.from); });
}

/// A file that arrives in a folder which the other side moved away is a conflict: git suggests to move it along.
void report_folder_renames(MergeState& state, const std::array<SideArrivals, 3>& sides) {
  std::array<std::vector<std::string>, 3> follow;
  for (const std::size_t side : {kOurs, kTheirs})
    follow[side] = followed(sides[side].arrivals, sides[other_side(side)].moves);
  for (const std::size_t side : {kOurs, kTheirs}) {
    const std::size_t other = other_side(side);
    if (sides[other].moves.empty()) continue;
    for (const Arrival& arrival : sides[side].arrivals) {
      if (std::find(follow[other].begin(), follow[other].end(), arrival.path) != follow[other].end()) continue;
      const FolderMoves::Move* move = move_above(sides[other].moves, arrival.path);
      if (!move || contains_move(sides[side].moves, move->to)) continue;
      state.add_conflict(arrival.path, ConflictKind::folder_rename);
    }
  }
}

}  // namespace

std::vector<SideRename> detect_renames(MergeState& state) {
  const auto possible = [&](std::size_t side) {
    const SideChanges& changes = state.sides[side];
    return !changes.relevant.empty() && !(changes.removed.empty() && changes.added.empty());
  };
  std::vector<SideRename> out;
  if (!possible(kOurs) && !possible(kTheirs)) return out;
  std::array<SideArrivals, 3> sides;
  for (const std::size_t side : {kOurs, kTheirs}) sides[side] = search_side(state, side);
  drop_common(sides[kOurs].moves, sides[kTheirs].moves);
  report_folder_renames(state, sides);
  for (const std::size_t side : {kOurs, kTheirs}) {
    for (Arrival& arrival : sides[side].arrivals) {
      if (!arrival.from.empty()) out.push_back({std::move(arrival.from), std::move(arrival.path), side});
    }
  }
  sort_stably(out, [](const SideRename& a, const SideRename& b) { return a.from < b.from; });
  return out;
}

namespace {

/// Both sides renamed one file. To the same path: its versions meet there. To two: a conflict, each path with the
/// merged content.
void join_double_rename(MergeState& state, const SideRename& ours, const SideRename& theirs) {
  MergePath* base = state.find(ours.from);
  MergePath* our_path = state.find(ours.to);
  MergePath* their_path = state.find(theirs.to);
  if (!base || !our_path || !their_path) return;
  if (our_path == their_path) {
    our_path->versions[kBase] = base->versions[kBase];
    our_path->files |= bit(kBase);
    base->gone = true;
    return;
  }
  Version merged;
  const bool clean =
      merge_versions(state, {base->versions[kBase], our_path->versions[kOurs], their_path->versions[kTheirs]},
                     {ours.from, ours.to, theirs.to}, 1 + 2 * state.depth, merged);
  // A content that cannot be merged stays what it was on each side.
  const bool kept_ours = !clean && merged == our_path->versions[kOurs];
  our_path->versions[kOurs] = merged;
  if (!kept_ours) their_path->versions[kTheirs] = merged;
  for (MergePath* path : {base, our_path, their_path}) path->path_conflict = ConflictKind::rename_rename;
}

/// One side renamed a file: the other side's version follows it to the new path.
void join_rename(MergeState& state, const SideRename& rename) {
  MergePath* source = state.find(rename.from);
  MergePath* target = state.find(rename.to);
  if (!source || !target || source->gone) return;
  const std::size_t other = other_side(rename.side);
  const bool source_deleted = source->files == bit(kBase);
  bool collision = (target->files & bit(other)) != 0;
  const bool type_changed = !source_deleted && same_kind(source->versions[other].mode, Mode::file) !=
                                                   same_kind(target->versions[rename.side].mode, Mode::file);
  if (type_changed) collision = false;
  if (collision && !source_deleted) {
    std::array<Version, 3> versions;
    std::array<std::string, 3> origins{rename.from, rename.from, rename.from};
    versions[kBase] = source->versions[kBase];
    versions[other] = source->versions[other];
    versions[rename.side] = target->versions[rename.side];
    origins[rename.side] = rename.to;
    Version merged;
    merge_versions(state, versions, origins, 1 + 2 * state.depth, merged);
    target->collides = true;
    target->versions[rename.side] = merged;
  } else if (collision) {
    target->path_conflict = ConflictKind::rename_delete;
  } else {
    target->versions[kBase] = source->versions[kBase];
    target->files |= bit(kBase);
    target->origins[kBase] = rename.from;
    if (type_changed) {
      source->versions[kBase] = {};
      source->files &= ~bit(kBase);
    } else if (source_deleted) {
      target->path_conflict = ConflictKind::rename_delete;
    } else {
      target->versions[other] = source->versions[other];
      target->files |= bit(other);
      target->origins[other] = rename.from;
    }
  }
  if (!type_changed) source->gone = true;
}

}  // namespace

void apply_renames(MergeState& state, const std::vector<SideRename>& renames) {
  for (std::size_t i = 0; i < renames.size(); ++i) {
    const MergePath* source = state.find(renames[i].from);
    if (!source || source->gone) continue;
    if (i + 1 < renames.size() && renames[i + 1].from == renames[i].from) {
      join_double_rename(state, renames[i], renames[i + 1]);
      ++i;
    } else {
      join_rename(state, renames[i]);
    }
  }
}

}  // namespace pome::git
