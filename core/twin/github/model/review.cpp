#include "core/twin/github/model/review.h"

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/diff_place.h"
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

/// The content of a file in a commit, or nullptr.
const std::string* content_at(const World& world, const git::ObjectId& commit_id, std::string_view path) {
  const git::Commit* commit = world.objects.commit(commit_id);
  const auto entry = commit ? world.objects.find(commit->tree, path) : std::nullopt;
  return entry ? world.objects.blob(entry->id) : nullptr;
}

/// Where a line of the commented commit is in the present head.
std::optional<Id> line_now(const World& world, const PullRequest& pull, const ReviewComment& comment, Id line,
                           Side side) {
  if (side == Side::left || comment.commit == pull.head.sha) return line;
  const std::string* before = content_at(world, comment.commit, comment.path);
  const std::string* after = content_at(world, pull.head.sha, comment.path);
  return before && after ? moved_line(*before, *after, line) : std::nullopt;
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

ReviewPtr find_review(const World& world, Id repo, Id number, Id id) {
  return world.reviews.get(ChildKey{repo, number, id});
}

bool is_visible(const Review& review, std::string_view reader) {
  return review.state != ReviewState::pending || text::equals_ignore_case(review.author, reader);
}

std::vector<ReviewPtr> reviews_of(const World& world, Id repo, Id number, std::string_view reader) {
  std::vector<ReviewPtr> out;
  for (const auto& entry : rows_of(world.reviews, repo, number)) {
    if (is_visible(*entry.row, reader)) out.push_back(entry.row);
  }
  return out;
}

ReviewCommentPtr find_review_comment(const World& world, Id repo, Id id) {
  for (auto at = world.review_comments.lower_bound(ChildKey{repo, 0, 0}); !(at == world.review_comments.end()); ++at) {
    if (at->key.repo != repo) break;
    if (at->key.id == id) return at->row;
  }
  return nullptr;
}

std::vector<ReviewCommentPtr> review_comments_of(const World& world, Id repo, Id number, std::string_view reader) {
  std::vector<ReviewCommentPtr> out;
  for (auto at = world.review_comments.lower_bound(ChildKey{repo, number, 0}); !(at == world.review_comments.end());
       ++at) {
    if (at->key.repo != repo || (number != 0 && at->key.number != number)) break;
    const ReviewPtr review = find_review(world, repo, at->key.number, at->row->review);
    if (!review || is_visible(*review, reader)) out.push_back(at->row);
  }
  return out;
}

CommentPlace place_now(const World& world, const PullRequest& pull, const ReviewComment& comment) {
  CommentPlace place;
  place.commit = pull.head.sha;
  if (comment.on_file) {
    place.position = place.line = 1;
    return place;
  }
  const std::optional<Id> line = line_now(world, pull, comment, comment.line, comment.side);
  for (const git::FileChange& file : line ? files_of(world, pull) : std::vector<git::FileChange>()) {
    if (file.path != comment.path) continue;
    const git::Patch patch = git::patch_of(world.objects, file);
    const std::optional<DiffPlace> found = place_of_line(patch.hunks, comment.side, *line);
    if (!found) break;
    place.position = found->position;
    place.line = line;
    if (comment.start_line != 0) {
      place.start_line = line_now(world, pull, comment, comment.start_line, comment.start_side);
    }
    return place;
  }
  place.commit = comment.commit;
  return place;
}

void export_reviews(JsonWriter& out, const World& world, const PullRequest& pull) {
  for (const auto& entry : rows_of(world.reviews, pull.repo, pull.number)) {
    const Review& row = *entry.row;
    out.begin_object().field("id", row.id).field("repo_id", row.repo).field("pull_number", row.number);
    write_verdict(out, row);
    out.field("dismissal_message", or_null(row.dismissal)).end_object();
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
    out.field("start_line", or_null(row.start_line)).field("subject_type", row.on_file ? "file" : "line");
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
