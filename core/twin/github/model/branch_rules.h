#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/twin/github/model/world.h"

/// Whole branches: renames, merges, forks catching up.
namespace pome::twin::github::model {

/// repos/rename-branch. Needs push, of the default branch admin. Pull requests, protection and the default branch
/// follow; readers of the old name are sent on.
Ruling<RefPtr> rename_branch(Action& action, Id repo, std::string_view name, std::string_view new_name);

/// The name a branch that is gone was renamed to, through any number of renames; empty when there is none.
std::string renamed_branch(const World& world, Id repo, std::string_view name);

/// repos/merge: merges `head` (a branch or commit) into the branch `base`. Needs push. The new commit, or nothing when
/// base holds head already.
Ruling<std::optional<git::ObjectId>> merge_branch(Action& action, Id repo, std::string_view base, std::string_view head,
                                                  const std::optional<std::string>& message);

enum class SyncKind : std::uint8_t { none, fast_forward, merge };
struct Synced {
  SyncKind kind = SyncKind::none;
  std::string upstream;  ///< "octocat:main"
};
/// repos/merge-upstream: brings a fork's branch up to the branch of the same name in its parent. Needs push.
Ruling<Synced> merge_upstream(Action& action, Id repo, std::string_view branch);

}  // namespace pome::twin::github::model
