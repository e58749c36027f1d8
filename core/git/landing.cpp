#include "core/git/landing.h"

#include <algorithm>
#include <utility>

#include "core/git/graph.h"

namespace pome::git {
namespace {

Landing land(ObjectStore& store, const ObjectId& target, const ObjectId& head, const LandingPeople& people,
             std::string message, std::vector<ObjectId> parents) {
  Landing out;
  MergeResult merged = merge_commits(store, target, head);
  if (!merged.clean()) {
    out.conflicts = std::move(merged.conflicts);
    return out;
  }
  Commit commit;
  commit.tree = merged.tree;
  commit.parents = std::move(parents);
  commit.author = people.author;
  commit.committer = people.committer;
  commit.message = std::move(message);
  out.tip = store.put_commit(std::move(commit));
  out.commits = {*out.tip};
  return out;
}

/// `id` replayed on `onto`: the merge of the two over the commit's parent.
MergeResult replay(ObjectStore& store, const Commit& commit, const ObjectId& onto) {
  const ObjectId base = commit.parents.empty() ? empty_tree_id() : store.commit(commit.parents.front())->tree;
  return merge_trees(store, base, store.commit(onto)->tree, commit.tree);
}

}  // namespace

Landing land_merge(ObjectStore& store, const ObjectId& target, const ObjectId& head, const LandingPeople& people,
                   std::string message) {
  return land(store, target, head, people, std::move(message), {target, head});
}

Landing land_squash(ObjectStore& store, const ObjectId& target, const ObjectId& head, const LandingPeople& people,
                    std::string message) {
  return land(store, target, head, people, std::move(message), {target});
}

Landing land_rebase(ObjectStore& store, const ObjectId& target, const ObjectId& head, const Signature& committer) {
  Landing out;
  std::vector<ObjectId> todo = commits_between(store, target, head);
  ObjectId tip = target;
  for (const ObjectId& id : todo) {
    const Commit commit = *store.commit(id);
    if (commit.parents.size() > 1) continue;
    MergeResult merged = replay(store, commit, tip);
    if (!merged.clean()) {
      out.commits.clear();
      out.conflicts = std::move(merged.conflicts);
      out.stopped = id;
      return out;
    }
    const bool was_empty = !commit.parents.empty() && store.commit(commit.parents.front())->tree == commit.tree;
    if (merged.tree == store.commit(tip)->tree && !was_empty) continue;
    Commit copy = commit;
    copy.tree = merged.tree;
    copy.parents = {tip};
    copy.committer = committer;
    copy.extra_headers.clear();  // a signature does not cover the copy
    tip = store.put_commit(std::move(copy));
    out.commits.push_back(tip);
  }
  out.tip = tip;
  return out;
}

}  // namespace pome::git
