#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct Issue;

/// A comment in the conversation of an issue or pull request.
struct Comment {
  Id repo = 0;
  Id number = 0;  ///< of the issue or pull request
  Id id = 0;
  std::string body;
  std::string author;  ///< login
  Time created_at = 0;
  Time updated_at = 0;
  std::optional<Time> pinned_at = {};  ///< set exactly on the comment that the issue has pinned
  std::string pinned_by = {};          ///< login

  ChildKey key() const { return {repo, number, id}; }
  bool operator==(const Comment&) const = default;
  static const RowKind kind;
};
using CommentPtr = std::shared_ptr<const Comment>;

/// The comment, or nullptr when there is none or it belongs to another repository.
CommentPtr find_comment(const World& world, Id repo, Id id);
/// By id, ascending.
std::vector<CommentPtr> comments_on(const World& world, Id repo, Id number);

/// issues/create-comment. Everybody who may read; on a locked conversation only with push. Refuses a blank body.
Ruling<CommentPtr> create_comment(Action& action, Id repo, Id number, std::string_view body);
/// issues/update-comment, issues/delete-comment. The author or push.
Ruling<CommentPtr> update_comment(Action& action, Id repo, Id id, std::string_view body);
Refused delete_comment(Action& action, Id repo, Id id);

/// issues/pin-comment, issues/unpin-comment. Need triage. An issue has one pinned comment at most: pinning another one
/// takes its place. Comments of pull requests cannot be pinned.
Ruling<CommentPtr> pin_comment(Action& action, Id repo, Id id);
Refused unpin_comment(Action& action, Id repo, Id id);

/// The rows of "comments" in the state export.
void export_comments(JsonWriter& out, const World& world, const Issue& issue);

/// Seed: an issue's "comments".
void seed_comments(Seeding& seed, const Issue& issue, const Node& node);

}  // namespace pome::twin::github::model
