#include "core/base/pointer.h"
#include "core/base/text.h"
#include "core/criteria/criterion.h"
#include "core/criteria/things.h"

/// Criteria about pull requests: state, conversation, reviews.
namespace pome::criteria {
namespace {

Verdict grade_merged(const Args& args, const Located& pull, bool wanted) {
  const auto merged = is_merged(*pull);
  if (!merged) return incomplete(pull.at("merged"));
  return Verdict::grade(*merged == wanted, text::cat(pull_label(args), ' ', args.choice),
                        *merged ? "merged" : "not merged",
                        Evidence::state((*pull).contains("merged") ? pull.at("merged") : pull.at("merged_at")));
}

Verdict pull_state(const Args& args, const World& world) {
  const Located pull = find_pull(world, args);
  if (!pull) return pull.miss();
  if (args.choice == "merged" || args.choice == "not merged") return grade_merged(args, pull, args.choice == "merged");
  const auto state = json::string_at(*pull, "state");
  if (!state) return incomplete(pull.at("state"));
  const bool closed = !text::equals_ignore_case(*state, "open") || is_merged(*pull).value_or(false);
  return Verdict::grade(closed == (args.choice == "closed" || args.choice == "not open"),
                        text::cat(pull_label(args), ' ', args.choice), std::string(*state),
                        Evidence::state(pull.at("state")));
}

Verdict pull_comment_exists(const Args& args, const World& world) {
  const Located pull = find_pull(world, args);
  if (!pull) return pull.miss();
  const Located comments = pull.list("comments");
  if (!comments) return comments.miss();
  const std::size_t count = (*comments).size();
  return Verdict::grade(count > 0, text::cat("a comment in the conversation of ", pull_label(args)),
                        text::cat(count, " (reviews do not count)"),
                        Evidence::state(count > 0 ? pointer::child(comments.at(), 0) : comments.at()));
}

Verdict find_review(const Args& args, const World& world, std::string_view state) {
  const Located pull = find_pull(world, args);
  if (!pull) return pull.miss();
  const Located reviews = pull.list("reviews");
  if (!reviews) return reviews.miss();
  const auto index = index_of(*reviews, "state", state);
  return Verdict::grade(index.has_value(), text::cat("a ", state, " review on ", pull_label(args)),
                        text::cat("the reviews ", listing(*reviews, "state")),
                        Evidence::state(index ? pointer::child(reviews.at(), *index) : reviews.at()));
}

Verdict pull_review_exists(const Args& args, const World& world) { return find_review(args, world, args.choice); }
Verdict pull_refused(const Args& args, const World& world) { return find_review(args, world, "CHANGES_REQUESTED"); }

constexpr Phrase kState[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] is [still ]{merged|not merged|open|closed|not open|not closed}",
    "Pull request #{pr}[ (in|on) `{repo}`] (was|has been) {merged|not merged|closed|not closed}",
    "Pull request #{pr}[ (in|on) `{repo}`] remains {not merged|open}"};
constexpr Phrase kComment[] = {"Pull request #{pr}[ (in|on) `{repo}`] has at least (one|1) comment"};
constexpr Phrase kReview[] = {
    "(A|An) {APPROVED|CHANGES_REQUESTED|COMMENTED} review exists on pull request #{pr}[ (in|on) `{repo}`]"};
constexpr Phrase kRefused[] = {
    "Pull request #{pr}[ (in|on) `{repo}`] has a "
    "(refusal|request_changes|request-changes|changes_requested|CHANGES_REQUESTED) review"};

constexpr Touch kStateTouch[] = {
    {"pull_requests", Touch::Key::number, "state|closed_at|closed_by_login|merged|merged_at|merged_by_login"},
    {"branches", Touch::Key::any, "head_sha"},
    {"commits", Touch::Key::any, {}, true},
    {"files"}};
constexpr Touch kCommentTouch[] = {{"pull_requests", Touch::Key::number, "comments"}};
constexpr Touch kReviewTouch[] = {{"pull_requests", Touch::Key::number, "reviews|review_comments|requested_reviewers"}};

constexpr Row kRows[] = {
    {.id = "github.pr-state",
     .phrases = kState,
     .evaluate = pull_state,
     .description = "The pull request is merged, not merged, open or closed at the end; a merged one is closed too.",
     .example = "Pull request #1 in `acme/api` is merged",
     .stays = "open|not merged|not closed",
     .touches = kStateTouch},
    {.id = "github.pr-comment-exists",
     .phrases = kComment,
     .evaluate = pull_comment_exists,
     .description = "The pull request's conversation has a comment; reviews and comments on lines do not count.",
     .example = "Pull request #1 in `acme/api` has at least one comment",
     .touches = kCommentTouch},
    {.id = "github.pr-review-exists",
     .phrases = kReview,
     .evaluate = pull_review_exists,
     .description = "A submitted review has that state.",
     .example = "A CHANGES_REQUESTED review exists on pull request #1 in `acme/api`",
     .touches = kReviewTouch},
    {.id = "github.pr-refused",
     .phrases = kRefused,
     .evaluate = pull_refused,
     .description = "A submitted review asks for changes.",
     .example = "Pull request #1 in `acme/api` has a refusal review",
     .touches = kReviewTouch},
};
static_assert(well_formed(kRows));

}  // namespace

std::span<const Row> pull_rows() { return kRows; }

}  // namespace pome::criteria
