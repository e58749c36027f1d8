#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_review(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.is_object("author user state body submitted_at")) return;
  if (!node.has("author") && !node.has("user")) node.error("missing-field", "\"author\" is missing.");
  Review row;
  row.repo = pull.repo;
  row.number = pull.number;
  row.author = seed.author(node, {"author", "user"});
  row.state = node.word("state", ReviewState::approved, review_state_from,
                        "APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING");
  row.body = node.text("body", "");
  row.commit = pull.head.sha;
  if (row.state != ReviewState::pending) row.submitted_at = node.instant("submitted_at").value_or(seed.world.epoch);
  row.id = ++seed.world.counters.review;
  put(seed.action, std::move(row));
}

/// A comment on the diff. Like on GitHub, one that comes alone brings a review of its own with it.
void seed_review_comment(Seeding& seed, const PullRequest& pull, const std::vector<git::FileChange>& files,
                         const Node& node) {
  if (!node.is_object("body path line side author user created_at")) return;
  ReviewComment row;
  row.repo = pull.repo;
  row.number = pull.number;
  row.body = node.required_text("body");
  row.path = node.required_text("path");
  row.line = node.positive("line").value_or(1);
  row.side = node.word("side", Side::right, side_from, "LEFT, RIGHT");
  row.author = seed.author(node, {"author", "user"});
  row.commit = pull.head.sha;
  row.created_at = row.updated_at = node.instant("created_at").value_or(seed.world.epoch);
  if (row.body.empty() || row.path.empty()) return;
  const bool known =
      std::any_of(files.begin(), files.end(), [&](const git::FileChange& file) { return file.path == row.path; });
  if (!known) {
    std::vector<std::string> paths;
    for (const git::FileChange& file : files) paths.push_back(file.path);
    node.error_at("path", "unknown-file", text::cat("The pull request does not change \"", row.path, "\"."),
                  did_you_mean(row.path, paths));
    return;
  }
  Review review{pull.repo,  pull.number,   ++seed.world.counters.review, row.author, ReviewState::commented, "",
                row.commit, row.created_at};
  row.review = review.id;
  row.id = ++seed.world.counters.review_comment;
  put(seed.action, std::move(review));
  put(seed.action, std::move(row));
}

}  // namespace

void seed_reviews(Seeding& seed, const PullRequest& pull, const Node& node) {
  node.each("reviews", [&](const Node& entry) { seed_review(seed, pull, entry); });
}

void seed_review_comments(Seeding& seed, const PullRequest& pull, const Node& node) {
  if (!node.has("review_comments")) return;
  const std::vector<git::FileChange> files = files_of(seed.world, pull);
  node.each("review_comments", [&](const Node& entry) { seed_review_comment(seed, pull, files, entry); });
}

}  // namespace pome::twin::github::model
