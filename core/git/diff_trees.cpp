#include "core/git/diff_trees.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/renames.h"

namespace pome::git {
namespace {

/// Walks two trees at once and notes what differs, without looking for renames.
class TreeWalk {
 public:
  TreeWalk(const ObjectStore& store, std::string_view only) : store_(store), only_(only) {}

  void compare(const ObjectId& from, const ObjectId& to) {
    if (from == to) return;
    static const Tree kNothing;
    const Tree* before = store_.tree(from);
    const Tree* after = store_.tree(to);
    compare_entries(before ? *before : kNothing, after ? *after : kNothing);
  }

  std::vector<FileChange> take() { return std::move(found_); }

 private:
  void compare_entries(const Tree& before, const Tree& after) {
    auto a = before.entries.begin();
    auto b = after.entries.begin();
    while (a != before.entries.end() || b != after.entries.end()) {
      if (b == after.entries.end() || (a != before.entries.end() && tree_order(*a, *b))) {
        visit(&*a++, nullptr);
      } else if (a == before.entries.end() || tree_order(*b, *a)) {
        visit(nullptr, &*b++);
      } else {
        const TreeEntry* before_entry = &*a++;
        const TreeEntry* after_entry = &*b++;
        visit(before_entry, after_entry);
      }
    }
  }

  /// An entry of either tree; when both are given they have one name and are both folders or both not.
  void visit(const TreeEntry* before, const TreeEntry* after) {
    if (before && after && before->mode == after->mode && before->id == after->id) return;
    const TreeEntry& entry = before ? *before : *after;
    const std::size_t length = path_.size();
    path_ += entry.name;
    if (entry.mode == Mode::tree) {
      path_ += '/';
      if (is_wanted_folder()) compare(before ? before->id : ObjectId{}, after ? after->id : ObjectId{});
    } else if (is_wanted_file()) {
      add(before, after);
    }
    path_.resize(length);
  }

  bool is_wanted_file() const {
    return only_.empty() || path_ == only_ ||
           (path_.size() > only_.size() && path_[only_.size()] == '/' && path_.compare(0, only_.size(), only_) == 0);
  }

  /// `path_` ends in '/': wanted when it lies on the way to the wanted path, or below it.
  bool is_wanted_folder() const {
    if (only_.empty()) return true;
    if (path_.size() <= only_.size()) return only_.substr(0, path_.size()) == path_;
    return path_[only_.size()] == '/' && path_.compare(0, only_.size(), only_) == 0;
  }

  void add(const TreeEntry* before, const TreeEntry* after) {
    FileChange change;
    change.path = path_;
    change.status = !before                                ? FileStatus::added
                    : !after                               ? FileStatus::removed
                    : same_kind(before->mode, after->mode) ? FileStatus::modified
                                                           : FileStatus::type_changed;
    if (before) {
      change.old_mode = before->mode;
      change.old_id = before->id;
    }
    if (after) {
      change.new_mode = after->mode;
      change.new_id = after->id;
    }
    found_.push_back(std::move(change));
  }

  const ObjectStore& store_;
  std::string_view only_;
  std::string path_;
  std::vector<FileChange> found_;
};

/// Replaces each pair of a removed and an added file that belong together by one renamed file.
void join_renames(const ObjectStore& store, std::vector<FileChange>& changes) {
  std::vector<RenameFile> sources;
  std::vector<RenameFile> targets;
  std::vector<std::size_t> source_at;
  std::vector<std::size_t> target_at;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const FileChange& change = changes[i];
    if (change.status == FileStatus::removed) {
      sources.push_back({change.path, change.old_mode, change.old_id});
      source_at.push_back(i);
    } else if (change.status == FileStatus::added) {
      targets.push_back({change.path, change.new_mode, change.new_id});
      target_at.push_back(i);
    }
  }
  if (sources.empty() || targets.empty()) return;
  std::vector<bool> gone(changes.size(), false);
  for (const Rename& rename : find_renames(store, sources, targets, RenameOptions{})) {
    const FileChange& source = changes[source_at[rename.source]];
    FileChange& target = changes[target_at[rename.target]];
    target.status = FileStatus::renamed;
    target.previous_path = source.path;
    target.old_mode = source.old_mode;
    target.old_id = source.old_id;
    target.similarity = similarity_percent(rename.score);
    gone[source_at[rename.source]] = true;
  }
  std::size_t index = 0;
  std::erase_if(changes, [&](const FileChange&) { return gone[index++]; });
}

/// The content a change compares; `keep` owns the text made for a submodule.
std::string_view content_of(const ObjectStore& store, bool present, Mode mode, const ObjectId& id, std::string& keep) {
  if (!present) return {};
  if (mode == Mode::commit) {
    keep = text::cat("Subproject commit ", id.hex(), '\n');
    return keep;
  }
  const std::string* blob = store.blob(id);
  return blob ? std::string_view(*blob) : std::string_view();
}

template <class Compare>
Patch compare_contents(const ObjectStore& store, const FileChange& change, Compare compare) {
  std::string keep_old;
  std::string keep_new;
  const bool had = change.status != FileStatus::added;
  const bool has = change.status != FileStatus::removed;
  return compare(content_of(store, had, change.old_mode, change.old_id, keep_old),
                 content_of(store, has, change.new_mode, change.new_id, keep_new));
}

}  // namespace

char status_letter(FileStatus status) { return "ADMRT"[static_cast<std::size_t>(status)]; }

std::vector<FileChange> diff_trees(const ObjectStore& store, const ObjectId& from_tree, const ObjectId& to_tree,
                                   const DiffOptions& options) {
  TreeWalk walk(store, options.path);
  walk.compare(from_tree, to_tree);
  std::vector<FileChange> changes = walk.take();
  if (options.renames) join_renames(store, changes);
  return changes;
}

bool same_at(const ObjectStore& store, const ObjectId& a_tree, const ObjectId& b_tree, std::string_view path) {
  ObjectId a = a_tree;
  ObjectId b = b_tree;
  while (!(a == b)) {
    if (path.empty()) return false;
    const std::string_view segment = path.substr(0, path.find('/'));
    const std::optional<TreeEntry> in_a = store.find(a, segment);
    const std::optional<TreeEntry> in_b = store.find(b, segment);
    if (!in_a && !in_b) return true;
    if (segment.size() == path.size()) return in_a && in_b && in_a->mode == in_b->mode && in_a->id == in_b->id;
    path.remove_prefix(segment.size() + 1);
    a = in_a && in_a->mode == Mode::tree ? in_a->id : empty_tree_id();
    b = in_b && in_b->mode == Mode::tree ? in_b->id : empty_tree_id();
  }
  return true;
}

Patch patch_of(const ObjectStore& store, const FileChange& change) {
  return compare_contents(store, change, make_patch);
}

Patch counts_of(const ObjectStore& store, const FileChange& change) {
  return compare_contents(store, change, count_lines);
}

}  // namespace pome::git
