#include "core/twin/github/model/branch_rules.h"

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/git/landing.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

Refused check_rename(const Action& action, Id repo, std::string_view name, std::string_view new_name) {
  const World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  if (!find_branch(world, repo, name)) return not_found_because("Branch not found");
  const bool is_default = world.repositories_by_id.find(repo)->default_branch == name;
  if (is_default && permission_of(world, repo, action.actor) < Role::admin) return forbidden();
  if (!git::is_valid_ref_name(new_name)) return unprocessable(text::cat(new_name, " is not a valid branch name."));
  if (find_branch(world, repo, new_name)) return unprocessable(text::cat("Branch ", new_name, " already exists."));
  return std::nullopt;
}

/// Open and closed pull requests speak of the branch under its new name.
void rename_ends(Action& action, Id repo, std::string_view name, std::string_view new_name) {
  std::vector<PullRequestPtr> touched;
  const auto is_here = [&](const PullEnd& end) { return end.repo == repo && end.ref == name; };
  for (const auto& entry : action.world.pulls) {
    if (is_here(entry.row->head) || is_here(entry.row->base)) touched.push_back(entry.row);
  }
  for (const PullRequestPtr& pull : touched) {
    PullRequest next = *pull;
    if (is_here(next.head)) next.head.ref = std::string(new_name);
    if (is_here(next.base)) next.base.ref = std::string(new_name);
    put(action, std::move(next), Cause::followed);
  }
}

void rename_protection(Action& action, Id repo, std::string_view name, std::string_view new_name) {
  const BranchProtectionPtr row = find_protection(action.world, repo, name);
  if (!row) return;
  BranchProtection next = *row;
  next.branch = std::string(new_name);
  erase(action, row, Cause::followed);
  put(action, std::move(next), Cause::followed);
}

void rename_default(Action& action, Id repo, std::string_view name, std::string_view new_name, Time now) {
  Repository next = *action.world.repositories_by_id.find(repo);
  if (next.default_branch != name) return;
  next.default_branch = std::string(new_name);
  next.updated_at = now;
  put(action, std::move(next), Cause::followed);
}

/// The web signs what it merges for a person, who stays the author.
git::LandingPeople people_of(const Action& action, Time now) {
  return {signature_of(action.world, action.actor, now), web_signature(now)};
}

}  // namespace

Ruling<RefPtr> rename_branch(Action& action, Id repo, std::string_view name, std::string_view new_name) {
  if (const Refused refused = check_rename(action, repo, name, new_name)) return refused;
  const RefPtr current = find_branch(action.world, repo, name);
  const Time now = begin_mutation(action);
  RefPtr renamed = put(action, Ref{repo, text::cat(kHeads, new_name), current->target, now});
  erase(action, current, Cause::followed);
  if (const auto taken = action.world.former_branches.get(NameKeyView{repo, new_name})) {
    erase(action, taken, Cause::followed);
  }
  put(action, FormerBranch{repo, std::string(name), std::string(new_name)}, Cause::followed);
  rename_ends(action, repo, name, new_name);
  rename_protection(action, repo, name, new_name);
  rename_default(action, repo, name, new_name, now);
  return renamed;
}

std::string renamed_branch(const World& world, Id repo, std::string_view name) {
  std::string at(name);
  while (!find_branch(world, repo, at)) {
    const FormerBranch* row = world.former_branches.find(NameKeyView{repo, at});
    if (!row || row->now_at == name) return {};
    at = row->now_at;
  }
  return at == name ? std::string() : at;
}

Ruling<std::optional<git::ObjectId>> merge_branch(Action& action, Id repo, std::string_view base, std::string_view head,
                                                  const std::optional<std::string>& message) {
  World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  const RefPtr branch = find_branch(world, repo, base);
  if (!branch) return not_found_because("Base does not exist");
  const std::optional<git::ObjectId> commit = resolve_commit(world, repo, head);
  if (head.empty() || !commit) return not_found_because("Head does not exist");
  if (git::is_ancestor(world.objects, *commit, branch->target)) return std::optional<git::ObjectId>();
  const Time now = begin_mutation(action);
  const git::Landing landing = git::land_merge(world.objects, branch->target, *commit, people_of(action, now),
                                               message.value_or(text::cat("Merge ", head, " into ", base)));
  if (!landing.tip) return conflict("Merge conflict");
  const std::string problem = push_obstacle(action, repo, base, {branch->target, landing.tip});
  if (!problem.empty()) return conflict(problem);
  move_ref(action, repo, branch->name, *landing.tip, now);
  return landing.tip;
}

Ruling<Synced> merge_upstream(Action& action, Id repo, std::string_view branch) {
  World& world = action.world;
  if (const Refused refused = check_pusher(action, repo)) return refused;
  const Repository& fork = *world.repositories_by_id.find(repo);
  const Repository* parent = fork.parent == 0 ? nullptr : world.repositories_by_id.find(fork.parent);
  if (!parent) return unprocessable("Repository is not a fork.");
  const RefPtr ours = find_branch(world, repo, branch);
  const RefPtr theirs = find_branch(world, parent->id, branch);
  if (!ours) return not_found_because("Branch not found");
  if (!theirs) return unprocessable("The upstream repository has no such branch.");
  Synced out;
  out.upstream = text::cat(parent->owner, ":", branch);
  if (git::is_ancestor(world.objects, theirs->target, ours->target)) return out;
  const Time now = begin_mutation(action);
  git::ObjectId tip = theirs->target;
  out.kind = SyncKind::fast_forward;
  if (!git::is_ancestor(world.objects, ours->target, tip)) {
    out.kind = SyncKind::merge;
    const std::string message = text::cat("Merge branch '", out.upstream, "' into ", branch);
    const git::Landing landing = git::land_merge(world.objects, ours->target, tip, people_of(action, now), message);
    if (!landing.tip) return conflict("There are merge conflicts");
    tip = *landing.tip;
  }
  const std::string problem = push_obstacle(action, repo, branch, {ours->target, tip});
  if (!problem.empty()) return unprocessable(problem);
  move_ref(action, repo, ours->name, tip, now);
  return out;
}

}  // namespace pome::twin::github::model
