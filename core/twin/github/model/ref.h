#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_store.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

inline constexpr std::string_view kHeads = "refs/heads/";
inline constexpr std::string_view kTags = "refs/tags/";

/// A branch or a tag of a repository. Names are case-sensitive, as in git.
struct Ref {
  Id repo = 0;
  std::string name;      ///< full: "refs/heads/main", "refs/tags/v1"
  git::ObjectId target;  ///< a commit; of a tag also an annotated tag, or whatever else it was put on
  Time updated_at = 0;

  NameKey key() const { return {repo, name}; }
  bool operator==(const Ref&) const = default;
  static const RowKind kind;
};
using RefPtr = std::shared_ptr<const Ref>;

/// A name a branch had before it was renamed: GitHub sends readers on.
struct FormerBranch {
  Id repo = 0;
  std::string name;    ///< without "refs/heads/"
  std::string now_at;  ///< the name it was given

  NameKey key() const { return {repo, name}; }
  bool operator==(const FormerBranch&) const = default;
  static const RowKind kind;
};

RefPtr find_ref(const World& world, Id repo, std::string_view full_name);
RefPtr find_branch(const World& world, Id repo, std::string_view name);
/// Refs whose full name starts with `prefix`, by name: kHeads gives the branches, kTags the tags.
std::vector<RefPtr> refs_of(const World& world, Id repo, std::string_view prefix);

/// The commit a user's `ref` means: a branch, a tag (each also in its full form), or a commit id of 7 to 40 digits that
/// is reachable from a ref of the repository. Empty = the default branch. Nothing when it means none.
std::optional<git::ObjectId> resolve_commit(const World& world, Id repo, std::string_view ref);

/// The commit a ref stands for, through annotated tags; nothing when it stands for something else.
std::optional<git::ObjectId> commit_of(const World& world, const Ref& ref);
/// The heads of all branches, by branch name.
std::vector<git::ObjectId> branch_heads(const World& world, Id repo);

/// The login behind a commit's signature, when its address is one the twin gave out; empty otherwise.
std::string_view login_of(const git::Signature& signature);
/// The signature the twin gives an acting login.
git::Signature signature_of(const World& world, std::string_view login, Time time);
/// The committer of what GitHub itself makes on a person's behalf: merges and edits in the browser.
git::Signature web_signature(Time time);

/// The rows of "branches" in the state export.
void export_branches(JsonWriter& out, const World& world, const Repository& repo);

/// The rows of "tags" in the state export.
void export_tags(JsonWriter& out, const World& world, const Repository& repo);

/// The rows of "files" in the state export.
void export_files(JsonWriter& out, const World& world, const Repository& repo);

/// The rows of "commits" in the state export.
void export_commits(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "files".
void seed_files(Seeding& seed, const Repository& repo, const Node& node);

/// Seed: a repository's "commits", on top of its files.
void seed_commits(Seeding& seed, const Repository& repo, const Node& node);

/// Seed: a repository's "branches", which point at commits that are there.
void seed_branches(Seeding& seed, const Repository& repo, const Node& node);

/// Seed: a repository's "tags".
void seed_tags(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
