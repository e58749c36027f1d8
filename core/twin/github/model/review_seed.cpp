#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/review_rules.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// The commit a member names: one of the pull request's, by the start of its id; the head when absent.
git::ObjectId seeded_commit(Seeding& seed, const PullRequest& pull, const Node& node) {
  const std::optional<std::string> asked = node.text("commit");
  if (!asked) return pull.head.sha;
  for (const git::ObjectId& id : commits_of(seed.world, pull)) {
    if (text::starts_with_ignore_case(id.hex(), *asked)) return id;
  }
  if (const RefPtr ref = find_branch(seed.world, pull.head.repo, *asked)) return ref->target;
  node.error_at("commit", "unknown-ref", text::cat("\"", *asked, "\" is no commit of this pull request."));
  return pull.head.sha;
}

void check_author(const Node& node) {
  if (!node.has("author") && !node.has("user")) node.error("missing-field", "\"author\" is missing.");
}

constexpr std::string_view kInReview =
    "body path line side start_line start_side subject_type created_at commit replies reactions";
constexpr std::string_view kAlone =
    "body path line side start_line start_side subject_type created_at commit replies reactions author user";

/// A comment on the diff as an entry describes it, or nothing (and a note). A line that the diff does not show keeps
/// its number, as comments on older commits do.
std::optional<ReviewComment> read_comment(Seeding& seed, const PullRequest& pull, const Node& node,
                                          std::string_view members) {
  if (!node.is_object(members)) return std::nullopt;
  CommentDraft draft;
  draft.body = node.required_text("body");
  draft.path = node.required_text("path");
  draft.on_file = node.text("subject_type", "line") == "file";
  draft.line = node.positive("line").value_or(1);
  draft.side = node.word("side", Side::right, side_from, "LEFT, RIGHT");
  draft.start_line = node.positive("start_line");
  if (node.has("start_side")) draft.start_side = node.word("start_side", Side::right, side_from, "LEFT, RIGHT");
  if (draft.body.empty() || draft.path.empty()) return std::nullopt;
  const std::vector<git::FileChange> files = files_of(seed.world, pull);
  std::vector<std::string> paths;
  for (const git::FileChange& file : files) paths.push_back(file.path);
  if (std::find(paths.begin(), paths.end(), draft.path) == paths.end()) {
    node.error_at("path", "unknown-file", text::cat("The pull request does not change \"", draft.path, "\"."),
                  did_you_mean(draft.path, paths));
    return std::nullopt;
  }
  const git::ObjectId commit = seeded_commit(seed, pull, node);
  Ruling<ReviewComment> placed = place_comment(seed.world, pull, draft, commit, PlaceWords::sentence);
  ReviewComment row;
  if (placed) row = std::move(*placed);
  row.repo = pull.repo;
  row.number = pull.number;
  row.path = draft.path;
  row.body = draft.body;
  row.commit = commit;
  row.line = *draft.line;
  row.side = *draft.side;
  return row;
}

/// A review that says nothing by itself, for a comment that comes alone.
Id bare_review(Seeding& seed, const ReviewComment& row) {
  Review review{
      row.repo,       row.number, ++seed.world.counters.review, row.author, ReviewState::commented, "", row.commit,
      row.created_at, ""};
  return put(seed.action, std::move(review))->id;
}

/// Stores a comment in a review (0: one of its own) and its replies, each in a review of its own.
void store_thread(Seeding& seed, ReviewComment row, Id review, const Node& node) {
  row.review = review != 0 ? review : bare_review(seed, row);
  row.id = ++seed.world.counters.review_comment;
  const ReviewCommentPtr root = put(seed.action, std::move(row));
  seed_reactions(seed, root->repo, ReactionTarget::review_comment, root->id, node);
  node.each("replies", [&](const Node& entry) {
    if (!entry.is_object("body author user created_at")) return;
    ReviewComment reply = *root;
    reply.in_reply_to = root->id;
    reply.body = entry.required_text("body");
    reply.author = seed.author(entry, {"author", "user"});
    reply.created_at = reply.updated_at = entry.instant("created_at").value_or(root->created_at);
    reply.review = bare_review(seed, reply);
    reply.id = ++seed.world.counters.review_comment;
    if (!reply.body.empty()) put(seed.action, std::move(reply));
  });
}

void seed_review(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.is_object("author user state body submitted_at commit comments dismissal_message")) {
    return;
  }
  check_author(node);
  Review row;
  row.repo = pull.repo;
  row.number = pull.number;
  row.author = seed.author(node, {"author", "user"});
  row.state = node.word("state", ReviewState::approved, review_state_from,
                        "APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING");
  row.body = node.text("body", "");
  row.commit = seeded_commit(seed, pull, node);
  row.dismissal = node.text("dismissal_message", "");
  const Time at = node.instant("submitted_at").value_or(seed.world.epoch);
  if (row.state != ReviewState::pending) row.submitted_at = at;
  row.id = ++seed.world.counters.review;
  const ReviewPtr review = put(seed.action, std::move(row));
  node.each("comments", [&](const Node& entry) {
    std::optional<ReviewComment> comment = read_comment(seed, pull, entry, kInReview);
    if (!comment) return;
    comment->author = review->author;
    comment->created_at = comment->updated_at = entry.instant("created_at").value_or(at);
    store_thread(seed, std::move(*comment), review->id, entry);
  });
}

/// A comment on the diff. Like on GitHub, one that comes alone brings a review of its own with it.
void seed_review_comment(Seeding& seed, const PullRequest& pull, const Node& node) {
  std::optional<ReviewComment> row = read_comment(seed, pull, node, kAlone);
  if (!row) return;
  row->author = seed.author(node, {"author", "user"});
  row->created_at = row->updated_at = node.instant("created_at").value_or(seed.world.epoch);
  store_thread(seed, std::move(*row), 0, node);
}

}  // namespace

void seed_reviews(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("reviews", [&](const Node& entry) { seed_review(seed, pull, entry); });
}

void seed_review_comments(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("review_comments", [&](const Node& entry) { seed_review_comment(seed, pull, entry); });
}

}  // namespace pome::twin::github::model
