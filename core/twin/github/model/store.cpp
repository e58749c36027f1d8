#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

template <class Row>
void note(Action& action, std::shared_ptr<const Row> before, std::shared_ptr<const Row> after, Cause cause,
          Aspect aspect = Aspect::row) {
  action.journal.push_back(Change{Edit<Row>{std::move(before), std::move(after)}, cause == Cause::asked, aspect});
}

/// Adds (or with `by` -1 takes away) one issue from the sums it counts in.
void count_issue(World& world, const Issue& issue, Id by) {
  const bool open = issue.state == OpenState::open;
  if (issue.milestone != 0) {
    const NumberKey key{issue.repo, issue.milestone};
    const MilestoneTally* stored = world.milestone_tallies.find(key);
    MilestoneTally tally = stored ? *stored : MilestoneTally{};
    (open ? tally.open : tally.closed) += by;
    world.milestone_tallies.put(key, std::make_shared<const MilestoneTally>(tally));
  }
  if (open) change_totals(world, issue.repo, [by](RepositoryTotals& totals) { totals.open_issues += by; });
}

}  // namespace

Time begin_mutation(Action& action) {
  World& world = action.world;
  ++world.now;
  if (!action.actor.empty() && !world.users.find(action.actor)) {
    User stranger = *user_or_stranger(world, action.actor);
    put_user(world, std::move(stranger));
  }
  return world.now;
}

IssuePtr put_issue(Action& action, Issue after, Cause cause, Aspect aspect) {
  World& world = action.world;
  IssuePtr row = std::make_shared<const Issue>(std::move(after));
  IssuePtr before = world.issues.put(NumberKey{row->repo, row->number}, row);
  const bool counts_alike = before && before->state == row->state && before->milestone == row->milestone;
  if (!counts_alike) {
    if (before) count_issue(world, *before, -1);
    count_issue(world, *row, 1);
  }
  note(action, std::move(before), row, cause, aspect);
  return row;
}

CommentPtr put_comment(Action& action, Comment after, Cause cause) {
  CommentPtr row = std::make_shared<const Comment>(std::move(after));
  CommentPtr before = action.world.comments.put(ChildKey{row->repo, row->number, row->id}, row);
  action.world.comments_by_id.put(NumberKey{row->repo, row->id}, row);
  note(action, std::move(before), row, cause);
  return row;
}

LabelPtr put_label(Action& action, Label after, Cause cause) {
  World& world = action.world;
  LabelPtr row = std::make_shared<const Label>(std::move(after));
  LabelPtr before = world.labels_by_id.put(NumberKey{row->repo, row->id}, row);
  if (before) world.labels.erase(NameKeyView{before->repo, before->name});
  world.labels.put(NameKey{row->repo, row->name}, row);
  note(action, std::move(before), row, cause);
  return row;
}

MilestonePtr put_milestone(Action& action, Milestone after, Cause cause) {
  MilestonePtr row = std::make_shared<const Milestone>(std::move(after));
  MilestonePtr before = action.world.milestones.put(NumberKey{row->repo, row->number}, row);
  note(action, std::move(before), row, cause);
  return row;
}

CollaboratorPtr put_collaborator(Action& action, Collaborator after, Cause cause) {
  CollaboratorPtr row = std::make_shared<const Collaborator>(std::move(after));
  CollaboratorPtr before = action.world.collaborators.put(NameKey{row->repo, row->login}, row);
  note(action, std::move(before), row, cause);
  return row;
}

RepositoryPtr put_repository(Action& action, Repository after, Cause cause) {
  World& world = action.world;
  RepositoryPtr row = std::make_shared<const Repository>(std::move(after));
  RepositoryPtr before = world.repositories_by_id.put(row->id, row);
  if (before) world.repositories.erase(before->full_name());
  world.repositories.put(row->full_name(), row);
  note(action, std::move(before), row, cause);
  return row;
}

void erase_comment(Action& action, const CommentPtr& row) {
  action.world.comments.erase(ChildKey{row->repo, row->number, row->id});
  action.world.comments_by_id.erase(NumberKey{row->repo, row->id});
  note<Comment>(action, row, nullptr, Cause::asked);
}

void erase_label(Action& action, const LabelPtr& row) {
  action.world.labels.erase(NameKeyView{row->repo, row->name});
  action.world.labels_by_id.erase(NumberKey{row->repo, row->id});
  note<Label>(action, row, nullptr, Cause::asked);
}

void erase_milestone(Action& action, const MilestonePtr& row) {
  action.world.milestones.erase(NumberKey{row->repo, row->number});
  action.world.milestone_tallies.erase(NumberKey{row->repo, row->number});
  note<Milestone>(action, row, nullptr, Cause::asked);
}

void erase_collaborator(Action& action, const CollaboratorPtr& row) {
  action.world.collaborators.erase(NameKeyView{row->repo, row->login});
  note<Collaborator>(action, row, nullptr, Cause::asked);
}

UserPtr put_user(World& world, User row) {
  UserPtr stored = std::make_shared<const User>(std::move(row));
  world.users.put(stored->login, stored);
  return stored;
}

}  // namespace pome::twin::github::model
