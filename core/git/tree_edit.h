#pragma once
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/git/object_store.h"

namespace pome::git {

/// Puts one thing at a path, or removes what is there.
struct TreeChange {
  std::string path;
  Mode mode = Mode::file;
  ObjectId id;          ///< a stored blob (files, links), a stored tree, or any commit id (submodules)
  bool remove = false;  ///< then mode and id do not matter; removing a folder removes all below it

  static TreeChange removal(std::string path) { return {std::move(path), Mode::file, {}, true}; }
};

/// The tree that `base` becomes by these changes, applied in order: a later change of a path wins, a file takes the
/// place of a folder and a folder that of a file. Only folders on the changed paths are read and written; a folder that
/// becomes empty disappears. `base` null or empty_tree_id() starts from nothing.
/// This is GitHub's git/create-tree with base_tree. Errors: "invalid-path", "unknown-object", "wrong-type" (the object
/// does not fit the mode), "missing-path" (removal of what is not there), each with the path in `where`; "unknown-tree"
/// for `base`. Nothing is stored then.
Result<ObjectId> edit_tree(ObjectStore& store, const ObjectId& base, const std::vector<TreeChange>& changes);

/// The same for changes known to be good: nothing is checked, and removing what is not there changes nothing.
ObjectId apply_tree_changes(ObjectStore& store, const ObjectId& base, const std::vector<TreeChange>& changes);

}  // namespace pome::git
