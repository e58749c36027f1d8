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

  ChildKey key() const { return {repo, number, id}; }
  bool operator==(const Review&) const = default;
  static const RowKind kind;
};
using ReviewPtr = std::shared_ptr<const Review>;

/// A comment on a line of a pull request's diff.
struct ReviewComment {
  Id repo = 0;
  Id number = 0;  ///< of the pull request
  Id id = 0;
  Id review = 0;
  Id in_reply_to = 0;  ///< 0 = starts a thread
  std::string path;
  std::string body;
  std::string author;
  Id line = 1;
  Side side = Side::right;
  git::ObjectId commit;
  Time created_at = 0;
  Time updated_at = 0;

  ChildKey key() const { return {repo, number, id}; }
  bool operator==(const ReviewComment&) const = default;
  static const RowKind kind;
};
using ReviewCommentPtr = std::shared_ptr<const ReviewComment>;

/// The rows of "reviews" in the state export.
void export_reviews(JsonWriter& out, const World& world, const PullRequest& pull);

/// The rows of "review_comments" in the state export.
void export_review_comments(JsonWriter& out, const World& world, const PullRequest& pull);

/// Seed: a pull request's "reviews".
void seed_reviews(Seeding& seed, const PullRequest& pull, const Node& node);

/// Seed: a pull request's "review_comments".
void seed_review_comments(Seeding& seed, const PullRequest& pull, const Node& node);

}  // namespace pome::twin::github::model
