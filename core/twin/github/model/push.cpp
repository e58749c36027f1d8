#include "core/twin/github/model/push.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/issue_history.h"
#include "core/twin/github/model/kept_object.h"
#include "core/twin/github/model/protection.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

bool is_branch(std::string_view name) { return name.substr(0, kHeads.size()) == kHeads; }
std::string_view short_name(std::string_view name) {
  constexpr std::size_t kRefs = std::string_view("refs/").size();
  return name.substr(is_branch(name) ? kHeads.size() : std::min(kRefs, name.size()));
}

void note_push(Action& action, Id repo, Time now) {
  const RepositoryPtr row = action.world.repositories_by_id.get(repo);
  if (!row || row->pushed_at == now) return;
  Repository next = *row;
  next.pushed_at = now;
  put(action, std::move(next), Cause::followed);
}

/// Open pull requests that start or end at a branch.
std::vector<PullRequestPtr> open_pulls_at(const World& world, Id repo, std::string_view branch) {
  std::vector<PullRequestPtr> out;
  for (const auto& entry : world.pulls) {
    const PullRequest& pull = *entry.row;
    const auto is_here = [&](const PullEnd& end) { return end.repo == repo && end.ref == branch; };
    if (!is_here(pull.head) && !is_here(pull.base)) continue;
    const IssuePtr issue = find_issue(world, pull.repo, pull.number);
    if (issue && issue->state == OpenState::open) out.push_back(entry.row);
  }
  return out;
}

void close(Action& action, const PullRequest& pull, Time now) {
  const IssuePtr issue = find_issue(action.world, pull.repo, pull.number);
  Issue next = *issue;
  next.state = OpenState::closed;
  next.closed_at = next.updated_at = now;
  next.closed_by = user_or_stranger(action.world, action.actor)->login;
  save_issue(action, *issue, std::move(next), Cause::followed);
}

void follow_branch(Action& action, const PullRequest& pull, Id repo, std::string_view branch,
                   const git::ObjectId& target, Time now) {
  PullRequest next = pull;
  const bool head_moves = pull.head.repo == repo && pull.head.ref == branch;
  if (head_moves) next.head.sha = target;
  if (pull.base.repo == repo && pull.base.ref == branch) next.base.sha = target;
  const bool lands = !head_moves && git::is_ancestor(action.world.objects, next.head.sha, target);
  if (lands) {
    next.merged_at = now;
    next.merged_by = user_or_stranger(action.world, action.actor)->login;
    next.merge_commit = target;
  }
  if (next == pull) return;
  put(action, std::move(next), Cause::followed);
  if (lands) {
    EventDetails details;
    details.commit = target;
    note_event(action, pull.key(), EventKind::merged, details);
    return close(action, pull, now);
  }
  if (!head_moves) return;
  Issue issue = *find_issue(action.world, pull.repo, pull.number);
  issue.updated_at = now;
  put(action, std::move(issue), Cause::followed);
}

/// The object a request names, if the repository has it.
std::optional<git::ObjectId> object_of(const World& world, Id repo, std::string_view sha) {
  const std::optional<git::ObjectId> id = git::ObjectId::from_hex(sha);
  return id && has_object(world, repo, *id) ? id : std::nullopt;
}

Refused check_sha(std::string_view sha) {
  if (git::ObjectId::from_hex(sha)) return std::nullopt;
  return unprocessable("The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
}

Refused check_target(const World& world, Id repo, std::string_view name, std::string_view sha) {
  if (const Refused refused = check_sha(sha)) return refused;
  const std::optional<git::ObjectId> id = object_of(world, repo, sha);
  if (!id) return unprocessable("Object does not exist");
  if (is_branch(name) && !world.objects.commit(*id)) return unprocessable("Reference update failed");
  return std::nullopt;
}

Refused check_protection(const Action& action, Id repo, std::string_view name, const BranchUpdate& update) {
  if (!is_branch(name)) return std::nullopt;
  const std::string problem = push_obstacle(action, repo, short_name(name), update);
  return problem.empty() ? Refused() : unprocessable(problem);
}

}  // namespace

Refused check_pusher(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::write ? Refused(not_found()) : std::nullopt;
}

RefPtr move_ref(Action& action, Id repo, std::string name, const git::ObjectId& target, Time now) {
  World& world = action.world;
  const RefPtr before = find_ref(world, repo, name);
  const bool branch = is_branch(name);
  const std::string short_form(short_name(name));
  RefPtr moved = put(action, Ref{repo, std::move(name), target, now});
  if (before && !git::is_ancestor(world.objects, before->target, target)) keep_object(action, repo, before->target);
  note_push(action, repo, now);
  if (!branch) return moved;
  for (const PullRequestPtr& pull : open_pulls_at(world, repo, short_form)) {
    follow_branch(action, *pull, repo, short_form, target, now);
  }
  return moved;
}

void remove_ref(Action& action, const RefPtr& ref, Time now) {
  erase(action, ref);
  keep_object(action, ref->repo, ref->target);
  note_push(action, ref->repo, now);
  if (!is_branch(ref->name)) return;
  for (const PullRequestPtr& pull : open_pulls_at(action.world, ref->repo, short_name(ref->name))) {
    close(action, *pull, now);
  }
}

void remove_heads(Action& action, Id repo) {
  World& world = action.world;
  const std::string owner = world.repositories_by_id.find(repo)->owner;
  std::vector<PullRequestPtr> pulls;
  for (const auto& entry : world.pulls) {
    if (entry.row->head.repo == repo && entry.row->repo != repo) pulls.push_back(entry.row);
  }
  for (const PullRequestPtr& pull : pulls) {
    if (is_open(world, *pull)) close(action, *pull, world.now);
    PullRequest next = *pull;
    next.head.repo = 0;
    next.head.former_owner = owner;
    put(action, std::move(next), Cause::followed);
  }
}

Ruling<RefPtr> create_ref(Action& action, Id repo, std::string_view name, std::string_view sha) {
  const World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  const auto slashes = std::count(name.begin(), name.end(), '/');
  if (name.substr(0, 5) != "refs/" || slashes < 2 || !git::is_valid_ref_name(short_name(name))) {
    return unprocessable(text::cat(name, " is not a valid ref name."));
  }
  if (const Refused refused = check_target(world, repo, name, sha)) return refused;
  if (find_ref(world, repo, name)) return unprocessable("Reference already exists");
  const git::ObjectId target = *git::ObjectId::from_hex(sha);
  if (const Refused refused = check_protection(action, repo, name, {std::nullopt, target})) return refused;
  const Time now = begin_mutation(action);
  return move_ref(action, repo, std::string(name), target, now);
}

Ruling<RefPtr> update_ref(Action& action, Id repo, std::string_view name, std::string_view sha, bool force) {
  const World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  const RefPtr current = find_ref(world, repo, name);
  if (!current) return unprocessable("Reference does not exist");
  if (const Refused refused = check_target(world, repo, name, sha)) return refused;
  const git::ObjectId target = *git::ObjectId::from_hex(sha);
  if (current->target == target) return current;
  if (!force && !git::is_ancestor(world.objects, current->target, target)) {
    return unprocessable("Update is not a fast forward");
  }
  if (const Refused refused = check_protection(action, repo, name, {current->target, target})) return refused;
  const Time now = begin_mutation(action);
  return move_ref(action, repo, current->name, target, now);
}

Refused delete_ref(Action& action, Id repo, std::string_view name) {
  const World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  const RefPtr current = find_ref(world, repo, name);
  if (!current) return unprocessable("Reference does not exist");
  const RepositoryPtr row = world.repositories_by_id.get(repo);
  if (is_branch(name) && short_name(name) == row->default_branch) {
    return unprocessable("Cannot delete the default branch");
  }
  if (const Refused refused = check_protection(action, repo, name, {current->target, std::nullopt})) return refused;
  const Time now = begin_mutation(action);
  remove_ref(action, current, now);
  return std::nullopt;
}

}  // namespace pome::twin::github::model
