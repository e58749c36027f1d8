#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/git/merge.h"

/// The three ways a branch lands on another one: GitHub's merge methods "merge", "squash" and "rebase". They store
/// commits and move no ref. All ids must be stored commits.
namespace pome::git {

/// The commit to move the target branch to, or the conflicts that prevent it.
struct Landing {
  std::optional<ObjectId> tip;
  std::vector<ObjectId> commits;    ///< the new commits, oldest first; empty when nothing had to be made
  std::vector<Conflict> conflicts;  ///< when there is no tip
  std::optional<ObjectId> stopped;  ///< rebase: the commit that does not apply
};

/// Who makes the new commits, and when.
struct LandingPeople {
  Signature author;
  Signature committer;
};

/// A commit with both tips as parents, also where the target could just move forward.
Landing land_merge(ObjectStore& store, const ObjectId& target, const ObjectId& head, const LandingPeople& people,
                   std::string message);

/// One commit on top of the target with the merged tree.
Landing land_squash(ObjectStore& store, const ObjectId& target, const ObjectId& head, const LandingPeople& people,
                    std::string message);

/// The commits that only `head` reaches, replayed on the target one by one, oldest first. Authors and messages stay,
/// the committer is the given one. Merge commits are left out, and so is a commit whose changes the target already has.
/// A head that already stands on the target still gets new commits, as on GitHub.
Landing land_rebase(ObjectStore& store, const ObjectId& target, const ObjectId& head, const Signature& committer);

}  // namespace pome::git
