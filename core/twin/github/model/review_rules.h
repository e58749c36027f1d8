#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/world.h"

/// What may be done with reviews and their comments.
namespace pome::twin::github::model {

/// A comment as requests describe it: on a `line` (with `start_line` a range), at a `position`, or on a file.
struct CommentDraft {
  std::string path;
  std::string body;
  bool on_file = false;
  std::optional<Id> line;
  std::optional<Side> side;
  std::optional<Id> start_line;
  std::optional<Side> start_side;
  std::optional<Id> position;
};

/// How a comment that points nowhere is refused: with fields (one comment) or with a sentence (a review's comments).
enum class PlaceWords { fields, sentence };
/// The row of a new comment on the diff of `commit`: path, place and hunk; the rest is the caller's.
Ruling<ReviewComment> place_comment(const World& world, const PullRequest& pull, const CommentDraft& draft,
                                    const git::ObjectId& commit, PlaceWords words);

struct NewReview {
  std::optional<ReviewState> verdict;  ///< approved, changes_requested or commented; nothing leaves it pending
  std::string body;
  std::optional<std::string> commit;  ///< of the pull request; the head unless given
  std::vector<CommentDraft> comments;
};

/// pulls/create-review. Everybody who may read (with push while the conversation is locked). Authors do not judge their
/// own pull requests; judging without a word needs approval; each person has one pending review at most. Submitting
/// fulfils a request for review.
Ruling<ReviewPtr> create_review(Action& action, Id repo, Id number, const NewReview& input);
/// pulls/submit-review. The author of a pending review.
Ruling<ReviewPtr> submit_review(Action& action, Id repo, Id number, Id id, ReviewState verdict,
                                const std::optional<std::string>& body);
/// pulls/update-review. Its author.
Ruling<ReviewPtr> update_review(Action& action, Id repo, Id number, Id id, std::string_view body);
/// pulls/delete-pending-review. Its author; the comments go with it. Answers the review as it was.
Ruling<ReviewPtr> delete_pending_review(Action& action, Id repo, Id number, Id id);
/// pulls/dismiss-review. Needs push; approvals and requests for changes only.
Ruling<ReviewPtr> dismiss_review(Action& action, Id repo, Id number, Id id, std::string_view message);

/// pulls/create-review-comment. The comment joins the actor's pending review, or brings a review of its own.
Ruling<ReviewCommentPtr> create_review_comment(Action& action, Id repo, Id number, const CommentDraft& draft,
                                               std::string_view commit);
/// pulls/create-reply-for-review-comment, and create-review-comment with `in_reply_to`.
Ruling<ReviewCommentPtr> reply_to_review_comment(Action& action, Id repo, Id number, Id comment, std::string_view body);
/// pulls/update-review-comment, pulls/delete-review-comment. The author or push.
Ruling<ReviewCommentPtr> update_review_comment(Action& action, Id repo, Id id, std::string_view body);
Refused delete_review_comment(Action& action, Id repo, Id id);

/// Parts that both rule files need: the pull request when the actor may speak there, and its updated_at.
Ruling<PullRequestPtr> pull_to_review(const Action& action, Id repo, Id number);
void touch_pull(Action& action, Id repo, Id number);
/// The actor's pending review, or nullptr.
ReviewPtr pending_review(const World& world, Id repo, Id number, std::string_view login);

}  // namespace pome::twin::github::model
