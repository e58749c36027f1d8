#pragma once
#include <memory>
#include <utility>

#include "core/twin/github/model/world.h"

/// How rules write: every row goes through here, so tables, second keys, totals and journal never disagree.
/// Internal to the model.
namespace pome::twin::github::model {

/// Starts a mutation that was found valid: moves the clock one second and stores an acting stranger as a user.
/// Returns the time of the mutation.
Time begin_mutation(Action& action);

enum class Cause { asked, followed };

/// Stores `after` (inserts or replaces), keeps totals and second keys, and notes the change.
IssuePtr put_issue(Action& action, Issue after, Cause cause = Cause::asked, Aspect aspect = Aspect::row);
CommentPtr put_comment(Action& action, Comment after, Cause cause = Cause::asked);
LabelPtr put_label(Action& action, Label after, Cause cause = Cause::asked);
MilestonePtr put_milestone(Action& action, Milestone after, Cause cause = Cause::asked);
CollaboratorPtr put_collaborator(Action& action, Collaborator after, Cause cause = Cause::asked);
RepositoryPtr put_repository(Action& action, Repository after, Cause cause = Cause::asked);

/// Removes the row (which must exist) and notes the change.
void erase_comment(Action& action, const CommentPtr& row);
void erase_label(Action& action, const LabelPtr& row);
void erase_milestone(Action& action, const MilestonePtr& row);
void erase_collaborator(Action& action, const CollaboratorPtr& row);

/// A user row, stored as it is: no journal, no clock. For the seed and for acting strangers.
UserPtr put_user(World& world, User row);

/// The totals of a repository, to be changed in place by `change(RepositoryTotals&)`.
template <class Change>
void change_totals(World& world, Id repo, Change change) {
  RepositoryTotals totals = totals_of(world, repo);
  change(totals);
  world.totals.put(repo, std::make_shared<const RepositoryTotals>(totals));
}

}  // namespace pome::twin::github::model
