#include <utility>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/git/merge.h"
#include "core/twin/github/model/closing_words.h"
#include "core/twin/github/model/issue_history.h"
#include "core/twin/github/model/merge_gate.h"
#include "core/twin/github/model/protection.h"
#include "core/twin/github/model/pull_landing.h"
#include "core/twin/github/model/pull_rules.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

constexpr std::array<std::string_view, 3> kMethods{"merge", "squash", "rebase"};
constexpr std::string_view kNotMergeable = "Pull Request is not mergeable";

Refused check_method(const Repository& repo, MergeMethod method) {
  if (method == MergeMethod::merge && !repo.allow_merge_commit) {
    return not_allowed("Merge commits are not allowed on this repository.");
  }
  if (method == MergeMethod::squash && !repo.allow_squash_merge) {
    return not_allowed("Squash merges are not allowed on this repository.");
  }
  if (method == MergeMethod::rebase && !repo.allow_rebase_merge) {
    return not_allowed("Rebase merges are not allowed on this repository.");
  }
  return std::nullopt;
}

Refused check_merge(const World& world, const PullRequest& pull, const Repository& repo, const MergeInput& input) {
  if (!is_open(world, pull)) return not_allowed(kNotMergeable);
  if (pull.draft) return not_allowed("Pull Request is still a draft");
  if (input.sha && !text::equals_ignore_case(*input.sha, pull.head.sha.hex())) {
    return conflict("Head branch was modified. Review and try the merge again.");
  }
  return check_method(repo, input.method);
}

/// The issue half of a merge: closed by the merger.
void close_merged(Action& action, const PullRequest& pull) {
  EventDetails details;
  details.commit = pull.merge_commit;
  note_event(action, pull.key(), EventKind::merged, details);
  const IssuePtr issue = find_issue(action.world, pull.repo, pull.number);
  Issue next = *issue;
  next.state = OpenState::closed;
  next.closed_at = next.updated_at = action.world.now;
  next.closed_by = user_or_stranger(action.world, action.actor)->login;
  save_issue(action, *issue, std::move(next), Cause::followed);
}

/// On the default branch, the issues that the pull request's text and the messages of its commits close.
void close_linked(Action& action, const PullRequest& pull, const Repository& repo,
                  const std::vector<git::ObjectId>& commits) {
  World& world = action.world;
  if (pull.base.ref != repo.default_branch) return;
  const IssuePtr issue = find_issue(world, pull.repo, pull.number);
  close_issues(action, closed_by_words(world, pull.repo, issue->body.value_or("")));
  for (const git::ObjectId& id : commits) {
    if (const git::Commit* commit = world.objects.commit(id)) {
      close_issues(action, closed_by_words(world, pull.repo, commit->message));
    }
  }
}

/// Removes a merged head branch. Pull requests that were built on it are pointed to where it went.
void drop_head_branch(Action& action, const PullRequest& pull, const Repository& repo) {
  World& world = action.world;
  const RefPtr ref = find_branch(world, pull.head.repo, pull.head.ref);
  if (!ref || pull.head.repo != pull.base.repo || pull.head.ref == repo.default_branch) return;
  std::vector<PullRequestPtr> built_on;
  for (const auto& entry : rows_of(world.pulls, pull.repo)) {
    if (entry.row->base.ref == pull.head.ref && is_open(world, *entry.row)) built_on.push_back(entry.row);
  }
  for (const PullRequestPtr& other : built_on) {
    PullRequest next = *other;
    next.base = {pull.base.repo, pull.base.ref, find_branch(world, pull.base.repo, pull.base.ref)->target};
    put(action, std::move(next), Cause::followed);
    note_event(action, other->key(), EventKind::automatic_base_change_succeeded);
  }
  note_event(action, pull.key(), EventKind::head_ref_deleted);
  remove_ref(action, ref, world.now);
}

/// May the actor push to the head of a pull request?
bool may_push_head(const Action& action, const PullRequest& pull) {
  if (permission_of(action.world, pull.head.repo, action.actor) >= Role::write) return true;
  return pull.maintainer_can_modify && permission_of(action.world, pull.repo, action.actor) >= Role::write;
}

}  // namespace

std::optional<MergeMethod> merge_method_from(std::string_view word) { return enum_from<MergeMethod>(kMethods, word); }

Ruling<git::ObjectId> merge_pull_request(Action& action, Id repo, Id number, const MergeInput& input) {
  World& world = action.world;
  const PullRequestPtr pull = find_pull_request(world, repo, number);
  const RepositoryPtr row = world.repositories_by_id.get(repo);
  const Role role = permission_of(world, repo, action.actor);
  if (!pull || !row || role == Role::none) return not_found();
  if (role < Role::write) return forbidden();
  if (const Refused refused = check_merge(world, *pull, *row, input)) return refused;
  const std::string missing = merge_obstacle(world, *pull, action.actor);
  if (!missing.empty()) return not_allowed(missing);
  const git::ObjectId target = base_tip(world, *pull);
  const Time now = begin_mutation(action);
  const git::Landing landing = land_pull(world, *pull, target, input, action.actor, now);
  if (!landing.tip) {
    return not_allowed(input.method == MergeMethod::rebase ? "This branch can't be rebased" : kNotMergeable);
  }
  const std::string obstacle = push_obstacle(action, repo, pull->base.ref, {target, *landing.tip, true});
  if (!obstacle.empty()) return not_allowed(obstacle);
  std::vector<git::ObjectId> landed = git::commits_between(world.objects, target, pull->head.sha);
  landed.insert(landed.end(), landing.commits.begin(), landing.commits.end());
  PullRequest next = *pull;
  next.merged_at = now;
  next.merged_by = user_or_stranger(world, action.actor)->login;
  next.merge_commit = landing.tip;
  next.base.sha = target;
  put(action, PullRequest(next));
  close_merged(action, next);
  move_ref(action, repo, text::cat(kHeads, pull->base.ref), *landing.tip, now);
  close_linked(action, next, *row, landed);
  if (row->delete_branch_on_merge) drop_head_branch(action, next, *row);
  return *landing.tip;
}

Refused update_pull_branch(Action& action, Id repo, Id number, const std::optional<std::string>& expected_head) {
  World& world = action.world;
  const PullRequestPtr pull = find_pull_request(world, repo, number);
  if (!pull || permission_of(world, repo, action.actor) == Role::none) return not_found();
  if (!may_push_head(action, *pull)) return forbidden();
  if (!is_open(world, *pull)) return unprocessable("Pull request is closed.");
  if (expected_head && !text::equals_ignore_case(*expected_head, pull->head.sha.hex())) {
    return unprocessable("expected head sha didn\xE2\x80\x99t match current head ref.");
  }
  const git::ObjectId base = base_tip(world, *pull);
  if (git::is_ancestor(world.objects, base, pull->head.sha)) {
    return unprocessable("There are no new commits on the base branch.");
  }
  const Time now = begin_mutation(action);
  const git::LandingPeople people{signature_of(world, action.actor, now), web_signature(now)};
  const git::Landing landing = git::land_merge(world.objects, pull->head.sha, base, people,
                                               text::cat("Merge branch '", pull->base.ref, "' into ", pull->head.ref));
  if (!landing.tip) return unprocessable("merge conflict between base and head");
  move_ref(action, pull->head.repo, text::cat(kHeads, pull->head.ref), *landing.tip, now);
  return std::nullopt;
}

}  // namespace pome::twin::github::model
