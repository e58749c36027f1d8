#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/changes.h"
#include "core/twin/github/model/diff_place.h"
#include "core/twin/github/model/review_rules.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

constexpr std::string_view kResource = "PullRequestReviewComment";

/// What is wrong with a place: GitHub's field, its code and message, and the same as a sentence.
struct Misplaced {
  std::string_view field;
  std::string_view code;
  std::string_view message;
  std::string_view sentence;
  bool without_hunk = true;
};
constexpr Misplaced kBadPath{"pull_request_review_thread.path", "invalid", "",
                             "Pull request review thread path is invalid"};
constexpr Misplaced kBadPosition{"pull_request_review_thread.position", "invalid", "",
                                 "Pull request review thread position is invalid"};
constexpr Misplaced kBadLine{"pull_request_review_thread.line", "custom",
                             "pull_request_review_thread.line must be part of the diff",
                             "Pull request review thread line must be part of the diff"};
constexpr Misplaced kBadOrder{"pull_request_review_thread.start_line", "custom",
                              "pull_request_review_thread.start_line must precede the end line.",
                              "Pull request review thread start line must precede the end line.", false};
constexpr Misplaced kBadStart{"pull_request_review_thread.start_line", "custom",
                              "pull_request_review_thread.start_line must be part of the same hunk as the line.",
                              "Pull request review thread start line must be part of the same hunk as the line.",
                              false};

Refused refuse(const Misplaced& what, PlaceWords words) {
  if (words == PlaceWords::sentence) {
    return unprocessable_entity(
        text::cat(what.sentence, what.without_hunk ? " and Pull request review thread diff hunk can't be blank" : ""));
  }
  Refusal refusal{RefusalKind::validation, "", {}};
  refusal.errors.push_back({kResource, what.field, what.code, std::nullopt, std::string(what.message)});
  if (what.without_hunk) {
    refusal.errors.push_back({kResource, "pull_request_review_thread.diff_hunk", "missing_field", std::nullopt, ""});
  }
  return refusal;
}

Refused check_body(std::string_view body) {
  if (!text::trim(body).empty()) return std::nullopt;
  return invalid(kResource, "body", "missing_field");
}

/// The file of that path among what the commit changes against the base.
std::optional<git::FileChange> changed_file(const World& world, const PullRequest& pull, const git::ObjectId& commit,
                                            std::string_view path) {
  const git::ObjectId base = base_tip(world, pull);
  const git::ObjectId from = git::merge_base(world.objects, base, commit).value_or(base);
  for (git::FileChange& file : changes_between(world, from, commit)) {
    if (file.path == path) return std::move(file);
  }
  return std::nullopt;
}

/// The first line of a range, or a refusal.
Refused place_start(ReviewComment& row, const CommentDraft& draft, std::string_view hunks, Id hunk, PlaceWords words) {
  if (!draft.start_line) return std::nullopt;
  row.start_line = *draft.start_line;
  row.start_side = draft.start_side.value_or(row.side);
  if (row.start_side == row.side && row.start_line >= row.line) return refuse(kBadOrder, words);
  const std::optional<DiffPlace> start = place_of_line(hunks, row.start_side, row.start_line);
  if (!start || start->hunk != hunk) return refuse(kBadStart, words);
  return std::nullopt;
}

/// Stores a comment in the actor's pending review or in one of its own.
ReviewCommentPtr store_comment(Action& action, ReviewComment row) {
  World& world = action.world;
  const Time now = begin_mutation(action);
  row.author = user_or_stranger(world, action.actor)->login;
  row.created_at = row.updated_at = now;
  ReviewPtr review = pending_review(world, row.repo, row.number, row.author);
  if (!review) {
    Review own{row.repo, row.number, ++world.counters.review, row.author, ReviewState::commented, "", row.commit,
               now,      ""};
    review = put(action, std::move(own), Cause::followed);
  }
  row.review = review->id;
  row.id = ++world.counters.review_comment;
  ReviewCommentPtr stored = put(action, std::move(row));
  if (review->state != ReviewState::pending) touch_pull(action, stored->repo, stored->number);
  return stored;
}

Ruling<ReviewCommentPtr> changeable(const Action& action, Id repo, Id id) {
  ReviewCommentPtr comment = find_review_comment(action.world, repo, id);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!comment || role == Role::none) return not_found();
  const ReviewPtr review = find_review(action.world, repo, comment->number, comment->review);
  if (review && !is_visible(*review, action.actor)) return not_found();
  if (role < Role::write && !text::equals_ignore_case(comment->author, action.actor)) return forbidden();
  return comment;
}

/// A review that said nothing but this comment goes with it.
void drop_empty_review(Action& action, Id repo, Id number, Id id) {
  const ReviewPtr review = find_review(action.world, repo, number, id);
  if (!review || review->state != ReviewState::commented || !review->body.empty()) return;
  for (const auto& entry : rows_of(action.world.review_comments, repo, number)) {
    if (entry.row->review == id) return;
  }
  erase(action, review, Cause::followed);
}

/// Replies belong to whoever starts the thread; without that comment the next one starts it.
void hand_over_thread(Action& action, const ReviewComment& gone) {
  if (gone.in_reply_to != 0) return;
  std::vector<ReviewCommentPtr> replies;
  for (const auto& entry : rows_of(action.world.review_comments, gone.repo, gone.number)) {
    if (entry.row->in_reply_to == gone.id) replies.push_back(entry.row);
  }
  for (const ReviewCommentPtr& reply : replies) {
    ReviewComment next = *reply;
    next.in_reply_to = reply == replies.front() ? 0 : replies.front()->id;
    put(action, std::move(next), Cause::followed);
  }
}

}  // namespace

Ruling<ReviewComment> place_comment(const World& world, const PullRequest& pull, const CommentDraft& draft,
                                    const git::ObjectId& commit, PlaceWords words) {
  const std::optional<git::FileChange> file = changed_file(world, pull, commit, draft.path);
  if (!file) return refuse(kBadPath, words);
  ReviewComment row;
  row.repo = pull.repo;
  row.number = pull.number;
  row.path = draft.path;
  row.body = draft.body;
  row.commit = commit;
  row.on_file = draft.on_file;
  if (draft.on_file) return row;
  const git::Patch patch = git::patch_of(world.objects, *file);
  const std::optional<DiffPlace> place = draft.line
                                             ? place_of_line(patch.hunks, draft.side.value_or(Side::right), *draft.line)
                                             : place_at(patch.hunks, draft.position.value_or(0));
  if (!place) return refuse(draft.line || !draft.position ? kBadLine : kBadPosition, words);
  row.side = place->side;
  row.line = place->line;
  row.position = place->position;
  row.diff_hunk = place->text;
  if (const Refused refused = place_start(row, draft, patch.hunks, place->hunk, words)) return refused;
  return row;
}

Ruling<ReviewCommentPtr> create_review_comment(Action& action, Id repo, Id number, const CommentDraft& draft,
                                               std::string_view commit) {
  const Ruling<PullRequestPtr> pull = pull_to_review(action, repo, number);
  if (!pull) return pull.refused();
  if (const Refused refused = check_body(draft.body)) return refused;
  for (const git::ObjectId& id : commits_of(action.world, **pull)) {
    if (!text::equals_ignore_case(id.hex(), commit)) continue;
    Ruling<ReviewComment> row = place_comment(action.world, **pull, draft, id, PlaceWords::fields);
    if (!row) return row.refused();
    return store_comment(action, std::move(*row));
  }
  return invalid(kResource, "commit_id", "invalid");
}

Ruling<ReviewCommentPtr> reply_to_review_comment(Action& action, Id repo, Id number, Id comment,
                                                 std::string_view body) {
  const Ruling<PullRequestPtr> pull = pull_to_review(action, repo, number);
  if (!pull) return pull.refused();
  ReviewCommentPtr root = action.world.review_comments.get(ChildKey{repo, number, comment});
  if (root && root->in_reply_to != 0)
    root = action.world.review_comments.get(ChildKey{repo, number, root->in_reply_to});
  if (!root) return not_found();
  if (const Refused refused = check_body(body)) return refused;
  ReviewComment row = *root;
  row.in_reply_to = root->id;
  row.body = std::string(body);
  return store_comment(action, std::move(row));
}

Ruling<ReviewCommentPtr> update_review_comment(Action& action, Id repo, Id id, std::string_view body) {
  const Ruling<ReviewCommentPtr> current = changeable(action, repo, id);
  if (!current) return current.refused();
  if (const Refused refused = check_body(body)) return refused;
  if ((*current)->body == body) return *current;
  ReviewComment next = **current;
  next.body = std::string(body);
  next.updated_at = begin_mutation(action);
  ReviewCommentPtr stored = put(action, std::move(next));
  touch_pull(action, repo, stored->number);
  return stored;
}

Refused delete_review_comment(Action& action, Id repo, Id id) {
  const Ruling<ReviewCommentPtr> current = changeable(action, repo, id);
  if (!current) return current.refused();
  begin_mutation(action);
  erase(action, *current);
  drop_reactions(action, repo, id);
  hand_over_thread(action, **current);
  drop_empty_review(action, repo, (*current)->number, (*current)->review);
  touch_pull(action, repo, (*current)->number);
  return std::nullopt;
}

}  // namespace pome::twin::github::model
