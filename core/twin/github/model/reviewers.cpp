#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/model/pull_rules.h"
#include "core/twin/github/model/store.h"

/// Who is asked to review.
namespace pome::twin::github::model {
namespace {

constexpr std::size_t kMaxReviewers = 15;

bool holds(const std::vector<std::string>& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& entry) { return text::equals_ignore_case(entry, name); });
}

Ruling<PullRequestPtr> changeable(const Action& action, Id repo, Id number) {
  PullRequestPtr pull = find_pull_request(action.world, repo, number);
  const Role role = permission_of(action.world, repo, action.actor);
  if (!pull || role == Role::none) return not_found();
  if (role < Role::triage) return forbidden();
  return pull;
}

void note_request(Action& action, const PullRequest& pull, EventKind kind, std::string login, std::string team) {
  EventDetails details;
  details.subject = std::move(login);
  details.detail = std::move(team);
  note_event(action, pull.key(), kind, details);
}

/// Notes who was asked, or is no longer.
void note_requests(Action& action, const PullRequest& before, const PullRequest& after) {
  const auto missing_in = [&](const std::vector<std::string>& list, const std::vector<std::string>& other,
                              EventKind kind, bool team) {
    for (const std::string& name : list) {
      if (!holds(other, name)) note_request(action, after, kind, team ? "" : name, team ? name : "");
    }
  };
  missing_in(after.requested_reviewers, before.requested_reviewers, EventKind::review_requested, false);
  missing_in(after.requested_teams, before.requested_teams, EventKind::review_requested, true);
  missing_in(before.requested_reviewers, after.requested_reviewers, EventKind::review_request_removed, false);
  missing_in(before.requested_teams, after.requested_teams, EventKind::review_request_removed, true);
}

Ruling<PullRequestPtr> store(Action& action, const PullRequestPtr& pull, PullRequest next) {
  if (next == *pull) return pull;
  const IssuePtr issue = find_issue(action.world, pull->repo, pull->number);
  Issue touched = *issue;
  touched.updated_at = begin_mutation(action);
  put(action, std::move(touched), Cause::followed);
  PullRequestPtr stored = put(action, std::move(next));
  note_requests(action, *pull, *stored);
  return stored;
}

Refused not_a_collaborator(const World& world, Id repo) {
  return unprocessable(
      text::cat("Reviews may only be requested from collaborators. One or more of the users or teams you specified is "
                "not a collaborator of the ",
                world.repositories_by_id.find(repo)->full_name(), " repository."));
}

}  // namespace

Ruling<PullRequestPtr> request_reviewers(Action& action, Id repo, Id number, const std::vector<std::string>& logins,
                                         const std::vector<std::string>& teams) {
  World& world = action.world;
  const Ruling<PullRequestPtr> pull = changeable(action, repo, number);
  if (!pull) return pull.refused();
  const IssuePtr issue = find_issue(world, repo, number);
  PullRequest next = **pull;
  for (const std::string& login : logins) {
    if (text::equals_ignore_case(login, issue->author)) {
      return unprocessable("Review cannot be requested from pull request author.");
    }
    if (!is_collaborator(world, repo, login)) return not_a_collaborator(world, repo);
    if (!holds(next.requested_reviewers, login)) {
      next.requested_reviewers.push_back(user_or_stranger(world, login)->login);
    }
  }
  for (const std::string& slug : teams) {
    const TeamPtr team = find_owners_team(world, repo, slug);
    if (!team) return not_a_collaborator(world, repo);
    if (!holds(next.requested_teams, slug)) next.requested_teams.push_back(team->slug);
  }
  if (next.requested_reviewers.size() + next.requested_teams.size() > kMaxReviewers) {
    return unprocessable("A pull request can have at most 15 requested reviewers.");
  }
  return store(action, *pull, std::move(next));
}

Ruling<PullRequestPtr> remove_reviewers(Action& action, Id repo, Id number, const std::vector<std::string>& logins,
                                        const std::vector<std::string>& teams) {
  const Ruling<PullRequestPtr> pull = changeable(action, repo, number);
  if (!pull) return pull.refused();
  PullRequest next = **pull;
  std::erase_if(next.requested_reviewers, [&](const std::string& login) { return holds(logins, login); });
  std::erase_if(next.requested_teams, [&](const std::string& slug) { return holds(teams, slug); });
  return store(action, *pull, std::move(next));
}

}  // namespace pome::twin::github::model
