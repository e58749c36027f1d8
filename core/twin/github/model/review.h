#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"
#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

struct PullRequest;

enum class ReviewState { pending, approved, changes_requested, commented, dismissed };
std::string_view review_state_name(ReviewState state);  ///< "CHANGES_REQUESTED"
std::optional<ReviewState> review_state_from(std::string_view word);

enum class Side { left, right };
std::string_view side_name(Side side);  ///< "RIGHT"
std::optional<Side> side_from(std::string_view word);

struct Review {
  Id repo = 0;
  Id number = 0;  ///< of the pull request
  Id id = 0;
  std::string author;
  ReviewState state = ReviewState::commented;
  std::string body;
  git::ObjectId commit;
  std::optional<Time> submitted_at;  ///< absent while pending
  std::string dismissal;             ///< why it was dismissed

  ChildKey key() const { return {repo, number, id}; }
  bool operator==(const Review&) const = default;
  static const RowKind kind;
};
using ReviewPtr = std::shared_ptr<const Review>;

/// A comment on a line or a file of a pull request's diff, where it was put. Where it stands now: place_now().
struct ReviewComment {
  Id repo = 0;
  Id number = 0;  ///< of the pull request
  Id id = 0;
  Id review = 0;
  Id in_reply_to = 0;  ///< 0 = starts a thread, else the comment that does
  std::string path;
  std::string body;
  std::string author;
  bool on_file = false;  ///< about the file as a whole
  Id line = 1;           ///< the last one
  Side side = Side::right;
  Id start_line = 0;  ///< 0 = one line
  Side start_side = Side::right;
  Id position = 1;        ///< lines down from the file's first hunk header
  std::string diff_hunk;  ///< the hunk up to the line
  git::ObjectId commit;
  Time created_at = 0;
  Time updated_at = 0;

  ChildKey key() const { return {repo, number, id}; }
  bool operator==(const ReviewComment&) const = default;
  static const RowKind kind;
};
using ReviewCommentPtr = std::shared_ptr<const ReviewComment>;

ReviewPtr find_review(const World& world, Id repo, Id number, Id id);
/// By id, ascending. A pending review is its author's alone: others do not see it.
std::vector<ReviewPtr> reviews_of(const World& world, Id repo, Id number, std::string_view reader);
/// Whether the reader may see a review and its comments.
bool is_visible(const Review& review, std::string_view reader);

ReviewCommentPtr find_review_comment(const World& world, Id repo, Id id);
/// By id, ascending, those the reader sees. `number` 0 means all pull requests of the repository.
std::vector<ReviewCommentPtr> review_comments_of(const World& world, Id repo, Id number, std::string_view reader);

/// Where a comment stands in the present diff. Without a line it is outdated.
struct CommentPlace {
  std::optional<Id> position;
  std::optional<Id> line;
  std::optional<Id> start_line;
  git::ObjectId commit;
};
CommentPlace place_now(const World& world, const PullRequest& pull, const ReviewComment& comment);

/// The rows of "reviews" in the state export.
void export_reviews(JsonWriter& out, const World& world, const PullRequest& pull);

/// The rows of "review_comments" in the state export.
void export_review_comments(JsonWriter& out, const World& world, const PullRequest& pull);

/// Seed: a pull request's "reviews".
void seed_reviews(Seeding& seed, const PullRequest& pull, const Node& node);

/// Seed: a pull request's "review_comments".
void seed_review_comments(Seeding& seed, const PullRequest& pull, const Node& node);

}  // namespace pome::twin::github::model
