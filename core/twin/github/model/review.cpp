#include "core/twin/github/model/review.h"

#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 5> kReviewStates{"PENDING", "APPROVED", "CHANGES_REQUESTED", "COMMENTED",
                                                        "DISMISSED"};
constexpr std::array<std::string_view, 2> kSides{"LEFT", "RIGHT"};

/// What the recorder and the state export write alike.
void write_verdict(JsonWriter& out, const Review& row) {
  out.field("user_login", row.author).field("state", review_state_name(row.state)).field("body", row.body);
  out.field("commit_sha", row.commit.hex());
  time_field(out, "submitted_at", row.submitted_at);
}

void write_review(JsonWriter& out, const World&, const Review& row) {
  out.field("pull_number", row.number).field("id", row.id);
  write_verdict(out, row);
}

void write_review_comment(JsonWriter& out, const World&, const ReviewComment& row) {
  out.field("pull_number", row.number).field("id", row.id).field("path", row.path).field("body", row.body);
  out.field("user_login", row.author).field("line", row.line).field("side", side_name(row.side));
  out.field("commit_sha", row.commit.hex()).field("in_reply_to_id", or_null(row.in_reply_to));
  times(out, row.created_at, row.updated_at);
}

}  // namespace

const RowKind Review::kind = row_kind<&World::reviews, write_review>("review");
const RowKind ReviewComment::kind = row_kind<&World::review_comments, write_review_comment>("review_comment");

std::string_view review_state_name(ReviewState state) { return word_of(kReviewStates, state); }
std::optional<ReviewState> review_state_from(std::string_view word) {
  return enum_from<ReviewState>(kReviewStates, word);
}

std::string_view side_name(Side side) { return word_of(kSides, side); }
std::optional<Side> side_from(std::string_view word) { return enum_from<Side>(kSides, word); }

void export_reviews(JsonWriter& out, const World& world, const PullRequest& pull) {
  for (const auto& entry : rows_of(world.reviews, pull.repo, pull.number)) {
    const Review& row = *entry.row;
    out.begin_object().field("id", row.id).field("repo_id", row.repo).field("pull_number", row.number);
    write_verdict(out, row);
    out.end_object();
  }
}

void export_review_comments(JsonWriter& out, const World& world, const PullRequest& pull) {
  for (const auto& entry : rows_of(world.review_comments, pull.repo, pull.number)) {
    const ReviewComment& row = *entry.row;
    out.begin_object().field("id", row.id).field("repo_id", row.repo).field("pull_number", row.number);
    out.field("path", row.path).field("body", row.body).field("user_login", row.author);
    times(out, row.created_at, row.updated_at);
    out.field("line", row.line).field("side", side_name(row.side)).field("commit_sha", row.commit.hex());
    out.field("in_reply_to_id", or_null(row.in_reply_to)).field("pull_request_review_id", or_null(row.review));
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
