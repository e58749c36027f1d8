#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/git/object_store.h"

/// Questions about the commit graph. A commit that is not stored counts as absent, with all that only it reaches.
/// Each answer visits a commit at most a few times; those that can stop early do so by generation, which is exact
/// whatever dates the commits carry. (Git goes by date there, and includes too much when dates run backwards.)
namespace pome::git {

struct HistoryOptions {
  std::vector<ObjectId> exclude;  ///< leave out all commits these reach
  /// Only commits that change this file or folder, as `git log -- path`: a merge is followed into the first parent that
  /// has the same content there (also when that one is excluded); renames are not followed. Empty for all.
  std::string path;
  bool first_parent = false;  ///< follow first parents only
};

/// Commits in the order of `git log`: of those whose child was already given, the one committed last comes next; equal
/// times in the order they were found.
class History {
 public:
  History(const ObjectStore& store, const std::vector<ObjectId>& heads, HistoryOptions options = {});
  ~History();
  History(History&&) noexcept;
  History& operator=(History&&) noexcept;

  std::optional<ObjectId> next();

 private:
  struct Walk;
  std::unique_ptr<Walk> walk_;
};

/// The first `limit` commits of a History.
std::vector<ObjectId> history(const ObjectStore& store, const std::vector<ObjectId>& heads, HistoryOptions options = {},
                              std::size_t limit = static_cast<std::size_t>(-1));

/// The commits that `head` reaches and `base` does not, parents before children; otherwise in the order of time. This
/// is the order of `git rev-list --reverse --topo-order base..head`, in which a rebase replays and GitHub lists a pull
/// request's commits.
std::vector<ObjectId> commits_between(const ObjectStore& store, const ObjectId& base, const ObjectId& head);

/// Whether `descendant` is `ancestor` or reaches it.
bool is_ancestor(const ObjectStore& store, const ObjectId& ancestor, const ObjectId& descendant);

struct Divergence {
  std::int64_t ahead = 0;   ///< commits that only `head` reaches
  std::int64_t behind = 0;  ///< commits that only `base` reaches
};
Divergence divergence(const ObjectStore& store, const ObjectId& base, const ObjectId& head);

/// Common ancestors that no other common ancestor reaches, in the order of `git merge-base --all` (latest first). One
/// in ordinary histories, several after criss-cross merges, none for unrelated ones.
std::vector<ObjectId> merge_bases(const ObjectStore& store, const ObjectId& a, const ObjectId& b);
/// The one git and GitHub call the merge base.
std::optional<ObjectId> merge_base(const ObjectStore& store, const ObjectId& a, const ObjectId& b);

/// The commit behind a chain of annotated tags; the id itself when it is a commit. Nothing when it is neither.
std::optional<ObjectId> peel_to_commit(const ObjectStore& store, ObjectId id);

}  // namespace pome::git
