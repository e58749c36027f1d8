#include "core/twin/github/model/deployment.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/git/landing.h"
#include "core/twin/github/model/push.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

Refused check_push(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::write ? not_found() : std::nullopt;
}

/// The newest status of a commit in one context; nullptr when nobody reported.
const CommitStatus* latest_status(const World& world, Id repo, const git::ObjectId& commit, std::string_view context) {
  const CommitStatus* latest = nullptr;
  for (const auto& entry : rows_of(world.statuses, repo)) {
    if (entry.row->commit == commit && entry.row->context == context) latest = entry.row.get();
  }
  return latest;
}

std::vector<std::string> contexts_of(const World& world, Id repo, const git::ObjectId& commit) {
  std::vector<std::string> out;
  for (const auto& entry : rows_of(world.statuses, repo)) {
    if (entry.row->commit == commit) out.push_back(entry.row->context);
  }
  return out;
}

Refused check_contexts(const World& world, Id repo, const git::ObjectId& commit, const NewDeployment& wanted) {
  const std::vector<std::string> contexts =
      wanted.required_contexts ? *wanted.required_contexts : contexts_of(world, repo, commit);
  for (const std::string& context : contexts) {
    const CommitStatus* status = latest_status(world, repo, commit, context);
    if (status && status->state == StatusState::success) continue;
    return Refusal{RefusalKind::conflict,
                   text::cat("Conflict: Commit status checks failed for ", wanted.ref, "."),
                   {{"Deployment", "required_contexts", "invalid", context, ""}}};
  }
  return std::nullopt;
}

/// Merges the default branch into the branch when that lacks commits of it. Answers the new tip, or nothing when there
/// was nothing to merge.
Ruling<std::optional<git::ObjectId>> catch_up(Action& action, const Repository& repo, std::string_view branch) {
  using Tip = std::optional<git::ObjectId>;
  World& world = action.world;
  const RefPtr head = find_branch(world, repo.id, branch);
  const RefPtr base = find_branch(world, repo.id, repo.default_branch);
  if (!head || !base || git::is_ancestor(world.objects, base->target, head->target)) return Tip();
  const Time now = begin_mutation(action);
  const git::Signature maker = signature_of(world, action.actor, now);
  const git::Landing landing = git::land_merge(world.objects, head->target, base->target, {maker, maker},
                                               text::cat("Merge branch '", repo.default_branch, "' into ", branch));
  if (!landing.tip) return conflict(text::cat("Conflict merging ", repo.default_branch, " into ", branch, "."));
  move_ref(action, repo.id, head->name, *landing.tip, now);
  return Tip(landing.tip);
}

bool is_active(const World& world, const Deployment& row) {
  const std::vector<DeploymentStatusPtr> statuses = statuses_of(world, row);
  if (statuses.empty()) return true;
  const DeploymentState state = statuses.front()->state;
  return state != DeploymentState::inactive && state != DeploymentState::failure && state != DeploymentState::error;
}

DeploymentStatusPtr put_status(Action& action, const Deployment& row, const NewDeploymentStatus& wanted, Time now,
                               Cause cause) {
  DeploymentStatus fresh;
  fresh.repo = row.repo;
  fresh.id = ++action.world.counters.deployment_status;
  fresh.deployment = row.id;
  fresh.state = wanted.state;
  fresh.creator = user_or_stranger(action.world, action.actor)->login;
  fresh.description = wanted.description;
  fresh.environment = row.environment;
  fresh.log_url = wanted.log_url;
  fresh.environment_url = wanted.environment_url;
  fresh.created_at = now;
  return put(action, std::move(fresh), cause);
}

/// What a success ends: see repos/create-deployment-status, `auto_inactive`.
void end_earlier(Action& action, const Deployment& current, Time now) {
  for (const DeploymentPtr& other : deployments_of(action.world, current.repo)) {
    if (other->id >= current.id || other->environment != current.environment) continue;
    if (other->transient || other->production) continue;
    const std::vector<DeploymentStatusPtr> statuses = statuses_of(action.world, *other);
    if (statuses.empty() || statuses.front()->state != DeploymentState::success) continue;
    NewDeploymentStatus inactive;
    inactive.state = DeploymentState::inactive;
    put_status(action, *other, inactive, now, Cause::followed);
  }
}

void write_status(JsonWriter& out, const World&, const DeploymentStatus& row) {
  out.field("id", row.id).field("deployment_id", row.deployment);
  out.field("state", word_of(kDeploymentStates, row.state)).field("description", row.description);
  out.field("environment", row.environment).field("environment_url", row.environment_url);
  out.field("log_url", row.log_url).field("creator_login", row.creator);
  time_field(out, "created_at", row.created_at);
}

void write_deployment(JsonWriter& out, const World& world, const Deployment& row) {
  out.field("id", row.id).field("ref", row.ref).field("sha", row.sha.hex()).field("task", row.task);
  out.field("environment", row.environment).field("description", row.description);
  out.field("creator_login", row.creator).field("transient_environment", row.transient);
  out.field("production_environment", row.production).raw_field("payload", row.payload);
  times(out, row.created_at, row.updated_at);
  out.key("statuses").begin_array();
  for (const DeploymentStatusPtr& status : statuses_of(world, row)) {
    out.begin_object();
    write_status(out, world, *status);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

const RowKind Deployment::kind = row_kind<&World::deployments, write_deployment>("deployment");
const RowKind DeploymentStatus::kind = row_kind<&World::deployment_statuses, write_status>("deployment_status");

std::vector<DeploymentPtr> deployments_of(const World& world, Id repo) {
  std::vector<DeploymentPtr> out;
  for (const auto& entry : rows_of(world.deployments, repo)) out.push_back(entry.row);
  std::reverse(out.begin(), out.end());
  return out;
}

DeploymentPtr find_deployment(const World& world, Id repo, Id id) { return world.deployments.get(NumberKey{repo, id}); }

std::vector<DeploymentStatusPtr> statuses_of(const World& world, const Deployment& deployment) {
  std::vector<DeploymentStatusPtr> out;
  for (const auto& entry : rows_of(world.deployment_statuses, deployment.repo)) {
    if (entry.row->deployment == deployment.id) out.push_back(entry.row);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Ruling<DeploymentOutcome> create_deployment(Action& action, Id repo, const NewDeployment& wanted) {
  World& world = action.world;
  if (const Refused refused = check_push(action, repo)) return refused;
  const std::optional<git::ObjectId> commit =
      wanted.ref.empty() ? std::nullopt : resolve_commit(world, repo, wanted.ref);
  if (!commit) return Refusal{RefusalKind::validation, text::cat("No ref found for: ", wanted.ref), {}};
  const RepositoryPtr home = world.repositories_by_id.get(repo);
  if (wanted.auto_merge) {
    const auto merged = catch_up(action, *home, wanted.ref);
    if (!merged) return merged.refusal();
    if (*merged) {
      return DeploymentOutcome{
          nullptr, text::cat("Auto-merged ", home->default_branch, " into ", wanted.ref, " on deployment.")};
    }
  }
  if (const Refused refused = check_contexts(world, repo, *commit, wanted)) return refused;
  Deployment fresh;
  fresh.repo = repo;
  fresh.ref = wanted.ref;
  fresh.sha = *commit;
  fresh.task = wanted.task;
  fresh.payload = wanted.payload;
  fresh.environment = fresh.original_environment = wanted.environment;
  fresh.description = wanted.description;
  fresh.transient = wanted.transient;
  fresh.production = wanted.production.value_or(wanted.environment == "production");
  fresh.created_at = fresh.updated_at = begin_mutation(action);
  fresh.id = ++world.counters.deployment;
  fresh.creator = user_or_stranger(world, action.actor)->login;
  const DeploymentPtr stored = put(action, std::move(fresh));
  need_environment(action, repo, stored->environment, stored->created_at);
  return DeploymentOutcome{stored, ""};
}

Refused delete_deployment(Action& action, Id repo, Id id) {
  World& world = action.world;
  if (const Refused refused = check_push(action, repo)) return refused;
  const DeploymentPtr row = find_deployment(world, repo, id);
  if (!row) return not_found();
  if (deployments_of(world, repo).size() > 1 && is_active(world, *row)) {
    return Refusal{RefusalKind::validation,
                   "We cannot delete an active deployment unless it is the only deployment in a given environment.",
                   {}};
  }
  begin_mutation(action);
  const std::vector<DeploymentStatusPtr> statuses = statuses_of(world, *row);
  erase(action, row);
  for (const DeploymentStatusPtr& status : statuses) erase(action, status, Cause::followed);
  return std::nullopt;
}

Ruling<DeploymentStatusPtr> create_deployment_status(Action& action, Id repo, Id deployment,
                                                     const NewDeploymentStatus& wanted) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const DeploymentPtr row = find_deployment(action.world, repo, deployment);
  if (!row) return not_found();
  const Time now = begin_mutation(action);
  Deployment next = *row;
  next.updated_at = now;
  if (wanted.environment) next.environment = *wanted.environment;
  DeploymentStatusPtr stored = put_status(action, next, wanted, now, Cause::asked);
  const DeploymentPtr moved = put(action, std::move(next), Cause::followed);
  need_environment(action, repo, moved->environment, now);
  if (wanted.auto_inactive && wanted.state == DeploymentState::success) end_earlier(action, *moved, now);
  return stored;
}

void export_deployments(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.deployments);
}

}  // namespace pome::twin::github::model
