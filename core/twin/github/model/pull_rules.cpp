#include "core/twin/github/model/pull_rules.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/graph.h"
#include "core/twin/github/model/issue_history.h"
#include "core/twin/github/model/issue_rules.h"
#include "core/twin/github/model/kept_object.h"

namespace pome::twin::github::model {
namespace {

Refused bad_end(std::string_view field) { return invalid("PullRequest", field, "invalid"); }
Refused custom(std::string_view message) { return invalid_because("PullRequest", "", message); }

/// The repository that "owner:branch" means: of that owner, in the network of `base`, by the given name if any.
RepositoryPtr head_repository(const World& world, const Repository& base, std::string_view owner,
                              std::string_view name) {
  if (name.empty() && text::equals_ignore_case(owner, base.owner)) return world.repositories_by_id.get(base.id);
  const Id network = network_root(world, base.id);
  for (const auto& entry : world.repositories) {
    const Repository& row = *entry.row;
    const bool named = name.empty() || text::equals_ignore_case(row.name, name);
    if (named && text::equals_ignore_case(row.owner, owner) && network_root(world, row.id) == network) return entry.row;
  }
  return nullptr;
}

/// What `head` and `head_repo` name, or nothing.
std::optional<PullEnd> find_head(const World& world, const Repository& base, const NewPullRequest& input,
                                 std::string_view actor) {
  const std::size_t colon = input.head.find(':');
  const bool plain = colon == std::string::npos;
  const std::string_view branch = plain ? std::string_view(input.head) : std::string_view(input.head).substr(colon + 1);
  std::string_view owner = plain ? std::string_view(base.owner) : std::string_view(input.head).substr(0, colon);
  std::string_view name = input.head_repo;
  if (const std::size_t slash = name.find('/'); slash != std::string_view::npos) {
    if (plain) owner = name.substr(0, slash);
    name.remove_prefix(slash + 1);
  }
  const RepositoryPtr repository = head_repository(world, base, owner, name);
  if (!repository || permission_of(world, repository->id, actor) == Role::none) return std::nullopt;
  const RefPtr ref = find_branch(world, repository->id, branch);
  if (!ref) return std::nullopt;
  return PullEnd{repository->id, std::string(branch), ref->target};
}

std::string owner_of(const World& world, Id repo) {
  const Repository* row = world.repositories_by_id.find(repo);
  return row ? row->owner : std::string();
}

/// Refuses two ends that make no pull request.
Refused check_ends(const World& world, const PullEnd& head, const PullEnd& base) {
  if (git::commits_between(world.objects, base.sha, head.sha).empty()) {
    const bool across = head.repo != base.repo;
    const std::string from = across ? text::cat(owner_of(world, base.repo), ":", base.ref) : base.ref;
    const std::string to = across ? text::cat(owner_of(world, head.repo), ":", head.ref) : head.ref;
    return custom(text::cat("No commits between ", from, " and ", to));
  }
  if (find_open_pull(world, head, base)) {
    return custom(text::cat("A pull request already exists for ", owner_of(world, head.repo), ":", head.ref, "."));
  }
  return std::nullopt;
}

/// The issue that becomes a pull request, or a fresh one.
Ruling<Issue> issue_for(Action& action, Id repo, const NewPullRequest& input) {
  World& world = action.world;
  if (!input.issue) {
    Issue fresh;
    fresh.repo = repo;
    fresh.title = *input.title;
    fresh.body = input.body;
    return fresh;
  }
  const IssuePtr issue = find_issue(world, repo, *input.issue);
  const bool fits = issue && !issue->is_pull_request && issue->state == OpenState::open;
  if (!fits) return bad_end("issue");
  return *issue;
}

PullRequestPtr store_pull(Action& action, Issue issue, PullRequest pull) {
  World& world = action.world;
  const Time now = begin_mutation(action);
  const bool fresh = issue.number == 0;
  issue.updated_at = now;
  if (fresh) {
    change_totals(world, issue.repo, [&](RepositoryTotals& totals) { issue.number = ++totals.last_number; });
    issue.id = ++world.counters.issue;
    issue.author = user_or_stranger(world, action.actor)->login;
    issue.created_at = now;
  }
  issue.is_pull_request = true;
  issue.state_reason.reset();
  pull.repo = issue.repo;
  pull.number = issue.number;
  pull.id = ++world.counters.pull_request;
  const Issue opened = blank(issue);
  const IssuePtr stored = save_issue(action, fresh ? opened : issue, std::move(issue), Cause::followed);
  if (fresh) note_text(action, *stored, "", stored->body.value_or(""));
  return put(action, std::move(pull));
}

/// Repositories may take no pull requests at all, or only those of people who may push.
Refused check_welcome(const Repository& repository, Role role) {
  if (role == Role::none || !repository.has_pull_requests) return not_found();
  if (repository.collaborators_only && role < Role::write) return custom("must be a collaborator");
  return std::nullopt;
}

Refused check_new_title(const NewPullRequest& input) {
  if (input.issue) return std::nullopt;
  if (!input.title || text::trim(*input.title).empty()) {
    return invalid("PullRequest", "title", "missing_field");
  }
  return check_issue_texts(input.title, input.body);
}

/// The new base of a pull request, or a refusal.
Ruling<PullEnd> changed_base(const World& world, const PullRequest& pull, const std::string& name) {
  const RefPtr ref = find_branch(world, pull.base.repo, name);
  if (!ref) return bad_end("base");
  PullEnd base{pull.base.repo, name, ref->target};
  if (const Refused refused = check_ends(world, pull.head, base)) return refused;
  return base;
}

}  // namespace

Ruling<PullRequestPtr> create_pull_request(Action& action, Id repo, const NewPullRequest& input) {
  World& world = action.world;
  const RepositoryPtr row = world.repositories_by_id.get(repo);
  if (!row) return not_found();
  const Role own = permission_of(world, repo, action.actor);
  if (const Refused refused = check_welcome(*row, own)) return refused;
  if (const Refused refused = check_new_title(input)) return refused;
  const RefPtr base_ref = find_branch(world, repo, input.base);
  if (!base_ref) return bad_end("base");
  const std::optional<PullEnd> head = find_head(world, *row, input, action.actor);
  if (!head) return bad_end("head");
  const Role role = std::max(own, permission_of(world, head->repo, action.actor));
  if (role < Role::write) return forbidden("Must have push access to the head repository.");
  const PullEnd base{repo, input.base, base_ref->target};
  if (const Refused refused = check_ends(world, *head, base)) return refused;
  Ruling<Issue> issue = issue_for(action, repo, input);
  if (!issue) return issue.refused();
  PullRequest pull;
  pull.head = *head;
  pull.base = base;
  pull.draft = input.draft;
  pull.maintainer_can_modify = head->repo != repo && input.maintainer_can_modify.value_or(true);
  return store_pull(action, std::move(*issue), std::move(pull));
}

Ruling<PullRequestPtr> update_pull_request(Action& action, Id repo, Id number, const PullRequestPatch& patch) {
  World& world = action.world;
  PullRequestPtr pull = find_pull_request(world, repo, number);
  const IssuePtr issue = find_issue(world, repo, number);
  if (!pull || !issue || permission_of(world, repo, action.actor) == Role::none) return not_found();
  PullRequest next = *pull;
  if (patch.base && *patch.base != pull->base.ref) {
    if (issue->state == OpenState::closed) return custom("Cannot change the base branch of a closed pull request.");
    Ruling<PullEnd> base = changed_base(world, *pull, *patch.base);
    if (!base) return base.refused();
    next.base = std::move(*base);
  }
  if (patch.maintainer_can_modify && next.head.repo != repo) next.maintainer_can_modify = *patch.maintainer_can_modify;
  IssuePatch half;
  half.title = patch.title;
  half.body = patch.body;
  half.state = patch.state;
  const Ruling<IssuePtr> updated = update_issue(action, repo, number, half);
  if (!updated) return updated.refused();
  if (next == *pull) return pull;
  Issue touched = **updated;
  touched.updated_at = *updated == issue ? begin_mutation(action) : world.now;
  put(action, std::move(touched), Cause::followed);
  if (next.base.ref != pull->base.ref) {
    EventDetails details;
    details.subject = pull->base.ref;
    details.detail = next.base.ref;
    note_event(action, pull->key(), EventKind::base_ref_changed, details);
  }
  return put(action, std::move(next));
}

}  // namespace pome::twin::github::model
