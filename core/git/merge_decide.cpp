#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/diff_lines.h"
#include "core/git/merge_lines.h"
#include "core/git/merge_state.h"

namespace pome::git {
namespace {

const ObjectId& no_id() {
  static const ObjectId kNone;
  return kNone;
}

/// Merges the modes of a file; false when both sides changed it differently.
bool merge_modes(const Version& base, const Version& ours, const Version& theirs, Mode& result) {
  if (ours.mode == theirs.mode || (base.present && ours.mode == base.mode)) {
    result = theirs.mode;
    return true;
  }
  result = ours.mode;
  return base.present && theirs.mode == base.mode;
}

std::string label_of(std::string_view label, const std::array<std::string, 3>& origins, std::size_t side) {
  const bool moved = origins[kBase] != origins[kOurs] || origins[kOurs] != origins[kTheirs];
  return moved ? text::cat(label, ':', origins[side]) : std::string(label);
}

/// Merges contents that differ in all three versions.
bool merge_contents(MergeState& state, const std::array<Version, 3>& versions,
                    const std::array<std::string, 3>& origins, int extra_markers, ObjectId& result) {
  const bool has_base = versions[kBase].present && same_kind(versions[kBase].mode, Mode::file);
  const auto content = [&](std::size_t side) {
    const std::string* blob = side == kBase && !has_base ? nullptr : state.store.blob(versions[side].id);
    return blob ? std::string_view(*blob) : std::string_view();
  };
  const std::string_view base = content(kBase);
  if (is_binary(base) || is_binary(content(kOurs)) || is_binary(content(kTheirs))) {
    if (state.depth == 0) {
      result = versions[kOurs].id;
      return false;
    }
    result = state.store.put_blob(std::make_shared<const std::string>(base));
    return true;
  }
  const std::string ours_label = label_of(state.label(kOurs), origins, kOurs);
  const std::string theirs_label = label_of(state.label(kTheirs), origins, kTheirs);
  MergedText merged =
      merge_lines(base, content(kOurs), content(kTheirs), {ours_label, theirs_label, 7 + extra_markers});
  result = state.store.put_blob(std::make_shared<const std::string>(std::move(merged.text)));
  return merged.conflicts == 0;
}

class Decider {
 public:
  explicit Decider(MergeState& state) : state_(state) {}

  /// Paths below a folder come before a file of the folder's name, which must know whether the folder remains.
  void run() {
    for (auto path = state_.paths.rbegin(); path != state_.paths.rend(); ++path) decide(*path);
  }

 private:
  void decide(MergePath& path) {
    place_ = path.path;
    displaced_ = false;
    if (!path.gone && path.files != 0 && path.folders != 0 && !make_room(path)) return;
    if (path.gone) {
      settle(path, {});
    } else if (path.matching != 0) {
      decide_matching(path);
    } else if (path.files >= 6 && !same_kind(path.versions[kOurs].mode, path.versions[kTheirs].mode)) {
      decide_kinds(path);
    } else if (path.files >= 6) {
      decide_contents(path);
    } else if (path.files == (bit(kBase) | bit(kOurs)) || path.files == (bit(kBase) | bit(kTheirs))) {
      const std::size_t side = path.files & bit(kOurs) ? kOurs : kTheirs;
      const bool renamed = path.path_conflict && path.versions[kBase].id == path.versions[side].id;
      report(renamed ? *path.path_conflict : ConflictKind::modify_delete);
      settle(path, path.versions[state_.depth > 0 ? kBase : side]);
    } else if (path.files == bit(kOurs) || path.files == bit(kTheirs)) {
      report_if_blocked(path);
      settle(path, path.versions[path.files == bit(kOurs) ? kOurs : kTheirs]);
    } else {
      if (path.path_conflict) report(*path.path_conflict);
      settle(path, {});
    }
  }

  /// A file where another tree has a folder. When the folder remains in the result, the file moves aside; false when
  /// there is no file to place.
  bool make_room(MergePath& path) {
    path.matching &= ~path.folders;
    if (!stands_below(path.path)) return true;
    if (path.files == bit(kBase)) return false;
    const std::size_t side = path.folders & bit(kOurs) ? kTheirs : kOurs;
    place_ = free_path(path.path, side);
    displaced_ = true;
    return true;
  }

  bool stands_below(const std::string& folder) const {
    return std::any_of(state_.standing.begin(), state_.standing.end(), [&](const std::string& path) {
      return path.size() > folder.size() && path[folder.size()] == '/' && path.compare(0, folder.size(), folder) == 0;
    });
  }

  /// "path~branch", with a number behind it when that is taken.
  std::string free_path(std::string_view path, std::size_t side) const {
    std::string name = text::cat(path, '~', state_.label(side));
    std::replace(name.begin() + static_cast<std::ptrdiff_t>(path.size()), name.end(), '/', '_');
    std::string out = name;
    for (int suffix = 0; is_taken(out); ++suffix) out = text::cat(name, '_', suffix);
    return out;
  }

  bool is_taken(const std::string& path) const {
    if (std::find(state_.standing.begin(), state_.standing.end(), path) != state_.standing.end()) return true;
    return std::any_of(state_.roots.begin(), state_.roots.end(),
                       [&](const ObjectId& root) { return state_.store.find(root, path).has_value(); });
  }

  void decide_matching(MergePath& path) {
    std::size_t side = kOurs;
    if (path.matching == (bit(kBase) | bit(kOurs))) side = kTheirs;
    const Version& result = path.versions[side];
    if (result.present) report_if_blocked(path);
    settle(path, result);
  }

  /// The sides have things of different kinds: each gets a path of its own.
  void decide_kinds(MergePath& path) {
    if (state_.depth > 0) {
      report(ConflictKind::file_mode);
      settle(path, path.versions[kBase]);
      return;
    }
    const Version ours = path.versions[kOurs];
    const Version theirs = path.versions[kTheirs];
    const bool move_ours = same_kind(ours.mode, Mode::file) || !same_kind(theirs.mode, Mode::file);
    const bool move_theirs = !same_kind(ours.mode, Mode::file);
    const std::string place = place_;
    const std::string our_place = move_ours ? free_path(place, kOurs) : place;
    const std::string their_place = move_theirs ? free_path(place, kTheirs) : place;
    settle(path, {});
    for (const auto& [at, version] : {std::pair(our_place, ours), std::pair(their_place, theirs)}) {
      state_.add_conflict(at, ConflictKind::file_mode);
      put(at, version);
    }
  }

  void decide_contents(MergePath& path) {
    Version merged;
    const bool clean = merge_versions(state_, path.versions, path.origins, state_.depth * 2, merged);
    if (clean) {
      report_if_blocked(path);
    } else {
      const ConflictKind added = path.collides ? ConflictKind::rename_collide : ConflictKind::both_added;
      report(path.versions[kBase].present ? ConflictKind::content : added);
    }
    settle(path, merged);
  }

  void report(ConflictKind kind) { state_.add_conflict(place_, kind); }

  void report_if_blocked(const MergePath& path) {
    if (displaced_) {
      report(ConflictKind::file_folder);
    } else if (path.path_conflict) {
      report(*path.path_conflict);
    }
  }

  /// Records what stands at `place_`, against what our tree has at the path.
  void settle(const MergePath& path, const Version& result) {
    if (path.before.present && (!result.present || place_ != path.path))
      state_.edits.push_back(TreeChange::removal(path.path));
    if (result.present && place_ == path.path && result == path.before) {
      state_.standing.push_back(place_);
    } else if (result.present) {
      put(place_, result);
    }
  }

  void put(const std::string& place, const Version& version) {
    state_.edits.push_back({place, version.mode, version.id, false});
    state_.standing.push_back(place);
  }

  MergeState& state_;
  std::string place_;       // where the path at hand goes: its own place, or beside a folder that took it
  bool displaced_ = false;  // it goes beside
};

}  // namespace

bool merge_versions(MergeState& state, const std::array<Version, 3>& versions,
                    const std::array<std::string, 3>& origins, int extra_markers, Version& result) {
  const Version& base = versions[kBase];
  const Version& ours = versions[kOurs];
  const Version& theirs = versions[kTheirs];
  result.present = true;
  const bool clean = merge_modes(base, ours, theirs, result.mode);
  const ObjectId& base_id = base.present ? base.id : no_id();
  if (ours.id == theirs.id || ours.id == base_id) {
    result.id = theirs.id;
    return clean;
  }
  if (theirs.id == base_id) {
    result.id = ours.id;
    return clean;
  }
  if (same_kind(ours.mode, Mode::file))
    return merge_contents(state, versions, origins, extra_markers, result.id) && clean;
  if (state.depth > 0) {
    result = base;
  } else {
    result.id = ours.id;
  }
  return false;
}

void decide_paths(MergeState& state) { Decider(state).run(); }

}  // namespace pome::git
