#include <utility>

#include "core/git/graph.h"
#include "core/twin/github/model/issue_history.h"

/// What moving a branch means for pull requests.
namespace pome::twin::github::model {
namespace {

std::string_view branch_of(std::string_view full_name) {
  return full_name.substr(0, kHeads.size()) == kHeads ? full_name.substr(kHeads.size()) : std::string_view();
}

/// The open pull requests of any repository with that branch as their head, or of that repository as their base.
std::vector<PullRequestPtr> open_pulls_of(const World& world, Id repo, std::string_view branch) {
  std::vector<PullRequestPtr> out;
  for (const auto& entry : world.pulls) {
    const PullRequest& row = *entry.row;
    const bool head = row.head.repo == repo && row.head.ref == branch;
    const bool base = row.base.repo == repo && row.base.ref == branch;
    if ((head || base) && is_open(world, row)) out.push_back(entry.row);
  }
  return out;
}

void touch(Action& action, const PullRequest& pull, bool close) {
  const IssuePtr issue = find_issue(action.world, pull.repo, pull.number);
  if (!issue) return;
  Issue next = *issue;
  next.updated_at = action.world.now;
  if (close) {
    next.state = OpenState::closed;
    next.closed_at = action.world.now;
    next.closed_by = user_or_stranger(action.world, action.actor)->login;
  }
  save_issue(action, *issue, std::move(next), Cause::followed);
}

/// A push to the base that brought the head along merges the pull request.
void merge_by_push(Action& action, const PullRequest& pull, const git::ObjectId& tip) {
  PullRequest next = pull;
  next.merged_at = action.world.now;
  next.merged_by = user_or_stranger(action.world, action.actor)->login;
  next.merge_commit = tip;
  next.draft = false;
  put(action, std::move(next), Cause::followed);
  EventDetails details;
  details.commit = tip;
  note_event(action, pull.key(), EventKind::merged, details);
  touch(action, pull, true);
}

}  // namespace

void follow_head(World& world, const Change& change) {
  const Ref* now = after<Ref>(change);
  const std::string_view branch = now ? branch_of(now->name) : std::string_view();
  if (branch.empty()) return;
  for (const PullRequestPtr& pull : open_pulls_of(world, now->repo, branch)) {
    if (pull->head.repo != now->repo || pull->head.ref != branch || pull->head.sha == now->target) continue;
    PullRequest next = *pull;
    next.head.sha = now->target;
    next.base.sha = base_tip(world, *pull);
    world.pulls.put(next.key(), std::make_shared<const PullRequest>(next));
  }
}

void follow_push(Action& action, Id repo, std::string_view full_name) {
  const World& world = action.world;
  const std::string branch(branch_of(full_name));
  if (branch.empty()) return;
  const RefPtr ref = find_branch(world, repo, branch);
  for (const PullRequestPtr& pull : open_pulls_of(world, repo, branch)) {
    const bool is_head = pull->head.repo == repo && pull->head.ref == branch;
    if (!ref) {
      touch(action, *pull, true);
    } else if (git::is_ancestor(world.objects, pull->head.sha, base_tip(world, *pull))) {
      merge_by_push(action, *pull, base_tip(world, *pull));
    } else if (is_head) {
      touch(action, *pull, false);
    }
  }
}

}  // namespace pome::twin::github::model
