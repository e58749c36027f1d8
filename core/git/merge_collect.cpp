#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/base/sort.h"
#include "core/git/merge_state.h"

namespace pome::git {
namespace {

// `watch` tells whose additions below a folder make the folder's own renaming matter: no one's yet (0), those of one
// side (its bit) because the other removed the folder, or it already matters (kEverywhere).
constexpr unsigned kEverywhere = 7;

/// The entries of one name in the three trees.
struct Names {
  std::string_view name;
  std::array<const TreeEntry*, 3> entries{};
  unsigned files = 0;
  unsigned folders = 0;
  unsigned matching = 0;

  bool equal(std::size_t a, std::size_t b) const {
    return entries[a] && entries[b] && entries[a]->mode == entries[b]->mode && entries[a]->id == entries[b]->id;
  }
};

/// One of three folders on their way through a join.
class Cursor {
 public:
  explicit Cursor(const Tree* tree) {
    if (tree) entries_ = &tree->entries;
    if (tree) taken_.resize(tree->entries.size(), false);
  }

  const TreeEntry* head() const { return entries_ && at_ < entries_->size() ? &(*entries_)[at_] : nullptr; }

  /// The entry of this name when it comes next, or stands behind entries that only sort before it because it is a
  /// folder ("a-b" comes before the folder "a").
  const TreeEntry* take(std::string_view name) {
    for (std::size_t i = at_; entries_ && i < entries_->size(); ++i) {
      const TreeEntry& entry = (*entries_)[i];
      if (entry.name == name && !taken_[i]) {
        taken_[i] = true;
        while (at_ < entries_->size() && taken_[at_]) ++at_;
        return &entry;
      }
      if (entry.name.compare(0, name.size(), name) != 0) break;
    }
    return nullptr;
  }

 private:
  const std::vector<TreeEntry>* entries_ = nullptr;
  std::vector<bool> taken_;
  std::size_t at_ = 0;
};

unsigned matching_trees(const Names& names) {
  if (names.equal(kBase, kOurs)) return names.equal(kBase, kTheirs) ? 7 : bit(kBase) | bit(kOurs);
  if (names.equal(kBase, kTheirs)) return bit(kBase) | bit(kTheirs);
  return names.equal(kOurs, kTheirs) ? bit(kOurs) | bit(kTheirs) : 0;
}

/// Joins three folders by name, files and folders of one name together, in the order of git's walk: it decides between
/// equally good renames.
std::vector<Names> join(const ObjectStore& store, const std::array<ObjectId, 3>& ids) {
  std::array<Cursor, 3> cursors{Cursor(store.tree(ids[kBase])), Cursor(store.tree(ids[kOurs])),
                                Cursor(store.tree(ids[kTheirs]))};
  std::vector<Names> out;
  for (;;) {
    const TreeEntry* first = nullptr;
    for (const Cursor& cursor : cursors) {
      const TreeEntry* entry = cursor.head();
      if (entry && (!first || entry->name < first->name)) first = entry;
    }
    if (!first) return out;
    Names names;
    names.name = first->name;
    for (std::size_t tree = 0; tree < 3; ++tree) {
      const TreeEntry* entry = cursors[tree].take(first->name);
      names.entries[tree] = entry;
      if (entry) (entry->mode == Mode::tree ? names.folders : names.files) |= bit(tree);
    }
    names.matching = matching_trees(names);
    out.push_back(names);
  }
}

/// The order in which git visits postponed folders: that of its hash table. It decides between equally good renames.
std::vector<std::size_t> git_visit_order(const std::vector<std::string_view>& paths) {
  constexpr std::uint32_t kOffset = 0x811c9dc5;  // FNV-1
  constexpr std::uint32_t kPrime = 0x01000193;
  std::vector<std::uint32_t> hashes;
  std::vector<std::vector<std::size_t>> buckets(64);
  std::size_t used = 0;
  const auto insert = [&](std::size_t index) {
    std::vector<std::size_t>& bucket = buckets[hashes[index] & (buckets.size() - 1)];
    bucket.insert(bucket.begin(), index);
  };
  const auto in_order = [&] {
    std::vector<std::size_t> out;
    for (const std::vector<std::size_t>& bucket : buckets) out.insert(out.end(), bucket.begin(), bucket.end());
    return out;
  };
  for (const std::string_view path : paths) {
    std::uint32_t hash = kOffset;
    for (const char c : path) hash = hash * kPrime ^ static_cast<unsigned char>(c);
    hashes.push_back(hash);
    insert(hashes.size() - 1);
    if (++used <= buckets.size() * 4 / 5) continue;
    const std::vector<std::size_t> all = in_order();
    buckets.assign(buckets.size() * 4, {});
    for (const std::size_t index : all) insert(index);
  }
  return in_order();
}

class Collector {
 public:
  explicit Collector(MergeState& state) : state_(state) {}

  void run() {
    visit_folder("", state_.roots, 0);
    settle_postponed(kOurs);
    settle_postponed(kTheirs);
    sort_stably(state_.paths, [](const MergePath& a, const MergePath& b) { return a.path < b.path; });
  }

 private:
  /// A folder (or what one side made of it) that only `side` touched: usually that side's version is the result.
  struct Postponed {
    std::string path;
    std::array<ObjectId, 3> ids{};
    Version whole;   ///< what that side has at the path
    MergePath file;  ///< the files that other trees have at the path; `files` is 0 when there are none
    unsigned watch = 0;
  };

  void visit_folder(const std::string& folder, const std::array<ObjectId, 3>& ids, unsigned watch) {
    const std::vector<Names> all = join(state_.store, ids);
    if (watch == bit(kOurs) || watch == bit(kTheirs)) {
      for (const Names& names : all) {
        if (names.files == watch) watch = kEverywhere;
      }
    }
    for (const Names& names : all) visit(folder, names, watch);
  }

  void visit(const std::string& folder, const Names& names, unsigned watch) {
    if (names.matching == 7) return;
    const std::string path = folder.empty() ? std::string(names.name) : folder + "/" + std::string(names.name);
    if (names.files == 7 && names.matching != 0) {
      if (names.matching == (bit(kBase) | bit(kOurs)))
        state_.edits.push_back({path, names.entries[kTheirs]->mode, names.entries[kTheirs]->id, false});
      return;
    }
    if (watch != kEverywhere && (names.folders == 3 || names.folders == 5)) watch = names.folders & ~1u;
    note_changes(folder, path, names, watch);
    MergePath file = file_part(path, names);
    if (names.folders == 0) {
      state_.paths.push_back(std::move(file));
      return;
    }
    std::array<ObjectId, 3> ids{};
    for (std::size_t tree = 0; tree < 3; ++tree) {
      if (names.folders & bit(tree)) ids[tree] = names.entries[tree]->id;
    }
    const std::size_t side = only_side(names);
    if (side != kBase && watch != kEverywhere && may_postpone_[side]) {
      const TreeEntry* whole = names.entries[side];
      postponed_[side].push_back(
          {path, ids, whole ? Version{true, whole->mode, whole->id} : Version{}, std::move(file), watch});
      return;
    }
    if (file.files != 0) state_.paths.push_back(std::move(file));
    visit_folder(path, ids, watch);
  }

  /// The one side that changed a folder, or added it; kBase when both did.
  static std::size_t only_side(const Names& names) {
    if (names.files == 0 && names.folders == bit(kOurs)) return kOurs;
    if (names.files == 0 && names.folders == bit(kTheirs)) return kTheirs;
    if (names.equal(kBase, kOurs)) return kTheirs;
    return names.equal(kBase, kTheirs) ? kOurs : kBase;
  }

  static MergePath file_part(const std::string& path, const Names& names) {
    MergePath file;
    file.path = path;
    file.files = names.files;
    file.folders = names.folders;
    file.matching = names.matching & names.files;
    for (std::size_t tree = 0; tree < 3; ++tree) {
      file.origins[tree] = path;
      if (names.files & bit(tree)) file.versions[tree] = {true, names.entries[tree]->mode, names.entries[tree]->id};
    }
    file.before = file.versions[kOurs];
    return file;
  }

  /// Notes what a rename may explain: removed and added files and removed folders, and whose new place matters.
  void note_changes(const std::string& folder, const std::string& path, const Names& names, unsigned watch) {
    for (const std::size_t side : {kOurs, kTheirs}) {
      SideChanges& changes = state_.sides[side];
      if (names.folders & bit(kBase) && !(names.folders & bit(side)))
        changes.removed_folders[path] = watch == kEverywhere ? kForAncestor : kIrrelevant;
      const std::size_t other = side == kOurs ? kTheirs : kOurs;
      if (watch == kEverywhere && names.files == bit(other)) changes.removed_folders[folder] = kForSelf;
    }
    if (names.files == 0 || names.files == 7) return;
    for (const std::size_t side : {kOurs, kTheirs}) {
      SideChanges& changes = state_.sides[side];
      const bool in_base = (names.files & bit(kBase)) != 0;
      const bool in_side = (names.files & bit(side)) != 0;
      if (in_base == in_side) continue;
      const TreeEntry& entry = *names.entries[in_side ? side : kBase];
      (in_side ? changes.added : changes.removed).push_back({path, entry.mode, entry.id});
      if (in_side) continue;
      if ((names.matching & names.files) == 0) {
        changes.relevant[path] = kForContent;
      } else if (watch == kEverywhere) {
        changes.relevant[path] = kForLocation;
      }
    }
  }

  /// Takes the postponed folders whole, unless that side has files whose new place must be found: it may be in there.
  void settle_postponed(std::size_t side) {
    may_postpone_[side] = state_.sides[side].relevant.empty();
    const std::vector<Postponed> open = std::move(postponed_[side]);
    postponed_[side].clear();
    std::vector<std::string_view> paths;
    paths.reserve(open.size());
    for (const Postponed& folder : open) paths.push_back(folder.path);
    for (const std::size_t index : git_visit_order(paths)) {
      const Postponed& folder = open[index];
      if (may_postpone_[side]) {
        take_whole(folder, side);
      } else {
        if (folder.file.files != 0) state_.paths.push_back(folder.file);
        visit_folder(folder.path, folder.ids, folder.watch);
      }
    }
  }

  void take_whole(const Postponed& folder, std::size_t side) {
    if (folder.whole.present) state_.standing.push_back(folder.path);
    if (side == kOurs) return;
    if (folder.whole.present) {
      state_.edits.push_back({folder.path, folder.whole.mode, folder.whole.id, false});
    } else {
      state_.edits.push_back(TreeChange::removal(folder.path));
    }
  }

  MergeState& state_;
  std::array<std::vector<Postponed>, 3> postponed_;
  std::array<bool, 3> may_postpone_{true, true, true};
};

}  // namespace

void collect_paths(MergeState& state) { Collector(state).run(); }

MergePath* MergeState::find(std::string_view path) {
  const auto at = std::lower_bound(paths.begin(), paths.end(), path,
                                   [](const MergePath& entry, std::string_view wanted) { return entry.path < wanted; });
  return at != paths.end() && at->path == path ? &*at : nullptr;
}

}  // namespace pome::git
