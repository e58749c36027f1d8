#include "core/twin/github/model/changes.h"

#include <array>

#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {
namespace {

const git::ObjectId& tree_of(const World& world, const git::ObjectId& id) {
  const git::Commit* commit = world.objects.commit(id);
  return commit ? commit->tree : git::empty_tree_id();
}

}  // namespace

std::string_view file_status_name(git::FileStatus status) {
  constexpr std::array<std::string_view, 5> kNames{"added", "removed", "modified", "renamed", "changed"};
  return kNames[static_cast<std::size_t>(status)];
}

const git::ObjectId& content_of(const git::FileChange& change) {
  return change.status == git::FileStatus::removed ? change.old_id : change.new_id;
}

std::vector<git::FileChange> changes_between(const World& world, const git::ObjectId& from_commit,
                                             const git::ObjectId& to_commit) {
  return git::diff_trees(world.objects, tree_of(world, from_commit), tree_of(world, to_commit));
}

std::vector<git::FileChange> changes_of(const World& world, const git::ObjectId& commit) {
  const git::Commit* row = world.objects.commit(commit);
  return changes_between(world, row && !row->parents.empty() ? row->parents.front() : git::ObjectId(), commit);
}

}  // namespace pome::twin::github::model
