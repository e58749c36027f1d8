#include "core/twin/github/model/review_rules.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

bool same_login(std::string_view a, std::string_view b) { return text::equals_ignore_case(a, b); }

/// Why this person cannot give that verdict with these words.
Refused check_verdict(const World& world, const PullRequest& pull, std::string_view actor, ReviewState verdict,
                      std::string_view body, bool has_comments) {
  const IssuePtr issue = find_issue(world, pull.repo, pull.number);
  const bool own = issue && same_login(issue->author, actor);
  const bool silent = text::trim(body).empty();
  if (own && verdict == ReviewState::approved) return unprocessable_entity("Can not approve your own pull request");
  if (own && verdict == ReviewState::changes_requested) {
    return unprocessable_entity("Can not request changes on your own pull request");
  }
  if (silent && verdict == ReviewState::changes_requested) {
    return unprocessable_entity("You need to leave a comment indicating the requested changes.");
  }
  if (silent && !has_comments && verdict == ReviewState::commented) {
    return unprocessable_entity("You need to leave a comment before submitting your review.");
  }
  return std::nullopt;
}

/// A submitted review is what the author was asked for.
void fulfil_request(Action& action, const PullRequest& pull, std::string_view login) {
  PullRequest next = pull;
  std::erase_if(next.requested_reviewers, [&](const std::string& asked) { return same_login(asked, login); });
  if (!(next == pull)) put(action, std::move(next), Cause::followed);
}

/// The commit a review is about: of the pull request, by full id or the start of one.
Ruling<git::ObjectId> reviewed_commit(const World& world, const PullRequest& pull,
                                      const std::optional<std::string>& asked) {
  if (!asked) return pull.head.sha;
  for (const git::ObjectId& commit : commits_of(world, pull)) {
    if (text::equals_ignore_case(commit.hex(), *asked)) return commit;
  }
  return unprocessable_entity("commit_id is not part of the pull request");
}

/// A review the actor sees, or not_found.
Ruling<ReviewPtr> seen_review(const Action& action, Id repo, Id number, Id id) {
  ReviewPtr review = find_review(action.world, repo, number, id);
  const bool reads = permission_of(action.world, repo, action.actor) != Role::none;
  if (!review || !reads || !is_visible(*review, action.actor)) return not_found();
  return review;
}

std::vector<ReviewCommentPtr> comments_in(const World& world, const Review& review) {
  std::vector<ReviewCommentPtr> out;
  for (const auto& entry : rows_of(world.review_comments, review.repo, review.number)) {
    if (entry.row->review == review.id) out.push_back(entry.row);
  }
  return out;
}

Ruling<std::vector<ReviewComment>> placed_comments(const World& world, const PullRequest& pull, const NewReview& input,
                                                   const git::ObjectId& commit) {
  std::vector<ReviewComment> rows;
  for (const CommentDraft& draft : input.comments) {
    Ruling<ReviewComment> row = place_comment(world, pull, draft, commit, PlaceWords::sentence);
    if (!row) return row.refused();
    rows.push_back(std::move(*row));
  }
  return rows;
}

Refused check_new_review(const Action& action, const PullRequest& pull, const NewReview& input) {
  if (input.verdict) {
    return check_verdict(action.world, pull, action.actor, *input.verdict, input.body, !input.comments.empty());
  }
  if (!pending_review(action.world, pull.repo, pull.number, action.actor)) return std::nullopt;
  return unprocessable_entity("User can only have one pending review per pull request");
}

}  // namespace

ReviewPtr pending_review(const World& world, Id repo, Id number, std::string_view login) {
  for (const auto& entry : rows_of(world.reviews, repo, number)) {
    if (entry.row->state == ReviewState::pending && same_login(entry.row->author, login)) return entry.row;
  }
  return nullptr;
}

Ruling<PullRequestPtr> pull_to_review(const Action& action, Id repo, Id number) {
  PullRequestPtr pull = find_pull_request(action.world, repo, number);
  const IssuePtr issue = find_issue(action.world, repo, number);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!pull || !issue || role == Role::none) return not_found();
  if (issue->locked && role < Role::write) return forbidden("Unable to create comment because issue is locked.");
  return pull;
}

void touch_pull(Action& action, Id repo, Id number) {
  const IssuePtr issue = find_issue(action.world, repo, number);
  if (!issue) return;
  Issue next = *issue;
  next.updated_at = action.world.now;
  put(action, std::move(next), Cause::followed);
}

Ruling<ReviewPtr> create_review(Action& action, Id repo, Id number, const NewReview& input) {
  World& world = action.world;
  const Ruling<PullRequestPtr> pull = pull_to_review(action, repo, number);
  if (!pull) return pull.refused();
  if (const Refused refused = check_new_review(action, **pull, input)) return refused;
  const Ruling<git::ObjectId> commit = reviewed_commit(world, **pull, input.commit);
  if (!commit) return commit.refused();
  Ruling<std::vector<ReviewComment>> comments = placed_comments(world, **pull, input, *commit);
  if (!comments) return comments.refused();
  const Time now = begin_mutation(action);
  Review review;
  review.repo = repo;
  review.number = number;
  review.id = ++world.counters.review;
  review.author = user_or_stranger(world, action.actor)->login;
  review.state = input.verdict.value_or(ReviewState::pending);
  review.body = input.body;
  review.commit = *commit;
  if (input.verdict) review.submitted_at = now;
  const ReviewPtr stored = put(action, std::move(review));
  for (ReviewComment& row : *comments) {
    row.id = ++world.counters.review_comment;
    row.review = stored->id;
    row.author = stored->author;
    row.created_at = row.updated_at = now;
    put(action, std::move(row), Cause::followed);
  }
  if (input.verdict) {
    fulfil_request(action, **pull, stored->author);
    touch_pull(action, repo, number);
  }
  return stored;
}

Ruling<ReviewPtr> submit_review(Action& action, Id repo, Id number, Id id, ReviewState verdict,
                                const std::optional<std::string>& body) {
  const Ruling<PullRequestPtr> pull = pull_to_review(action, repo, number);
  if (!pull) return pull.refused();
  const Ruling<ReviewPtr> current = seen_review(action, repo, number, id);
  if (!current) return current.refused();
  if ((*current)->state != ReviewState::pending) {
    return unprocessable_entity("Can not submit a review that is not pending");
  }
  Review next = **current;
  if (body) next.body = *body;
  const std::vector<ReviewCommentPtr> comments = comments_in(action.world, next);
  if (const Refused refused =
          check_verdict(action.world, **pull, action.actor, verdict, next.body, !comments.empty())) {
    return refused;
  }
  next.state = verdict;
  const Time now = begin_mutation(action);
  next.submitted_at = now;
  const ReviewPtr stored = put(action, std::move(next));
  for (const ReviewCommentPtr& comment : comments) {
    ReviewComment shown = *comment;
    shown.updated_at = now;
    put(action, std::move(shown), Cause::followed);
  }
  fulfil_request(action, **pull, stored->author);
  touch_pull(action, repo, number);
  return stored;
}

Ruling<ReviewPtr> update_review(Action& action, Id repo, Id number, Id id, std::string_view body) {
  const Ruling<ReviewPtr> current = seen_review(action, repo, number, id);
  if (!current) return current.refused();
  if (!same_login((*current)->author, action.actor)) {
    return unprocessable_entity("Can not update a review of somebody else");
  }
  if (text::trim(body).empty()) return unprocessable_entity("Body can't be blank");
  if ((*current)->body == body) return *current;
  Review next = **current;
  next.body = std::string(body);
  begin_mutation(action);
  ReviewPtr stored = put(action, std::move(next));
  if (stored->state != ReviewState::pending) touch_pull(action, repo, number);
  return stored;
}

Ruling<ReviewPtr> delete_pending_review(Action& action, Id repo, Id number, Id id) {
  const Ruling<ReviewPtr> current = seen_review(action, repo, number, id);
  if (!current) return current.refused();
  if ((*current)->state != ReviewState::pending) {
    return unprocessable_entity("Can not delete a non-pending pull request review");
  }
  begin_mutation(action);
  erase(action, *current);
  for (const ReviewCommentPtr& comment : comments_in(action.world, **current)) {
    erase(action, comment, Cause::followed);
  }
  return *current;
}

Ruling<ReviewPtr> dismiss_review(Action& action, Id repo, Id number, Id id, std::string_view message) {
  const Ruling<ReviewPtr> current = seen_review(action, repo, number, id);
  if (!current) return current.refused();
  if (permission_of(action.world, repo, action.actor) < Role::write) return forbidden();
  const ReviewState state = (*current)->state;
  if (state != ReviewState::approved && state != ReviewState::changes_requested) {
    return unprocessable_entity(
        text::cat("Can not dismiss a ", text::to_lower(review_state_name(state)), " pull request review"));
  }
  if (text::trim(message).empty()) return unprocessable_entity("Message can't be blank");
  Review next = **current;
  next.state = ReviewState::dismissed;
  next.dismissal = std::string(message);
  begin_mutation(action);
  ReviewPtr stored = put(action, std::move(next));
  EventDetails details;
  details.subject = text::to_lower(review_state_name(state));
  details.detail = stored->dismissal;
  details.related = {repo, id};
  note_event(action, NumberKey{repo, number}, EventKind::review_dismissed, details);
  touch_pull(action, repo, number);
  return stored;
}

}  // namespace pome::twin::github::model
