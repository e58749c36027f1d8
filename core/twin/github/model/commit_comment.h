#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// A comment on a commit, or on a line of a file it changes.
struct CommitComment {
  Id repo = 0;
  Id id = 0;
  git::ObjectId commit;
  std::string author;  ///< login
  std::string body;
  std::optional<std::string> path;
  std::optional<Id> position;  ///< lines below the first hunk header of the file's patch
  std::optional<Id> line;
  Time created_at = 0;
  Time updated_at = 0;

  NumberKey key() const { return {repo, id}; }
  bool operator==(const CommitComment&) const = default;
  static const RowKind kind;
};
using CommitCommentPtr = std::shared_ptr<const CommitComment>;

/// Oldest first.
std::vector<CommitCommentPtr> commit_comments_on(const World& world, Id repo, const git::ObjectId& commit);

struct NewCommitComment {
  std::string body;
  std::optional<std::string> path;
  std::optional<Id> position;
  std::optional<Id> line;
};
/// repos/create-commit-comment: everybody who may read. `sha` names a commit of the repository.
Ruling<CommitCommentPtr> create_commit_comment(Action& action, Id repo, std::string_view sha, NewCommitComment input);

/// The rows of "commit_comments" in the state export.
void export_commit_comments(JsonWriter& out, const World& world, const Repository& repo);

}  // namespace pome::twin::github::model
