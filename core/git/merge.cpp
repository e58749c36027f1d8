#include "core/git/merge.h"
#include "core/base/sort.h"

#include <algorithm>
#include <utility>

#include "core/git/graph.h"
#include "core/git/merge_state.h"

namespace pome::git {
namespace {

/// Merges of merge bases within one merge. Histories that would need more (long chains of criss-cross merges) use a
/// single base from there on.
constexpr int kMostInnerMerges = 64;

MergeResult merge_at_depth(ObjectStore& store, const ObjectId& base, const ObjectId& ours, const ObjectId& theirs,
                           const MergeOptions& options, int depth) {
  if (base == theirs || ours == theirs) return {ours, {}};
  if (base == ours) return {theirs, {}};
  MergeState state{store, options, depth};
  state.roots = {base, ours, theirs};
  collect_paths(state);
  apply_renames(state, detect_renames(state));
  decide_paths(state);
  std::stable_partition(state.edits.begin(), state.edits.end(), [](const TreeChange& edit) { return edit.remove; });
  sort_stably(state.conflicts, [](const Conflict& a, const Conflict& b) { return a.path < b.path; });
  return {apply_tree_changes(store, ours, state.edits), std::move(state.conflicts)};
}

/// Merges commits whose trees and history are stored, counting the merges of merge bases.
class CommitMerger {
 public:
  explicit CommitMerger(ObjectStore& store) : store_(store) {}

  MergeResult merge(const ObjectId& ours, const ObjectId& theirs, const MergeOptions& options, int depth) {
    const ObjectId base = base_tree(merge_bases(store_, ours, theirs), depth);
    return merge_at_depth(store_, base, store_.commit(ours)->tree, store_.commit(theirs)->tree, options, depth);
  }

 private:
  /// The tree of the only base, or of all bases merged one after the other, the oldest first.
  ObjectId base_tree(std::vector<ObjectId> bases, int depth) {
    if (bases.empty()) return empty_tree_id();
    std::reverse(bases.begin(), bases.end());
    ObjectId merged = bases.front();
    for (std::size_t i = 1; i < bases.size() && inner_merges_ < kMostInnerMerges; ++i) {
      ++inner_merges_;
      const MergeOptions inner{"Temporary merge branch 1", "Temporary merge branch 2", false};
      Commit joined;
      joined.tree = merge(merged, bases[i], inner, depth + 1).tree;
      joined.parents = {merged, bases[i]};
      merged = store_.put_commit(std::move(joined));
    }
    return store_.commit(merged)->tree;
  }

  ObjectStore& store_;
  int inner_merges_ = 0;
};

}  // namespace

MergeResult merge_trees(ObjectStore& store, const ObjectId& base, const ObjectId& ours, const ObjectId& theirs,
                        const MergeOptions& options) {
  return merge_at_depth(store, base, ours, theirs, options, 0);
}

MergeResult merge_commits(ObjectStore& store, const ObjectId& ours, const ObjectId& theirs,
                          const MergeOptions& options) {
  return CommitMerger(store).merge(ours, theirs, options, 0);
}

}  // namespace pome::git
