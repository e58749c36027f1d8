#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/world.h"

/// What may be done with pull requests, besides what issues.h says of all issues.
namespace pome::twin::github::model {

struct NewPullRequest {
  std::optional<std::string> title;  ///< or `issue`
  std::optional<std::string> body;
  std::string head;       ///< "branch", or "owner:branch" of a fork or of the repository itself
  std::string head_repo;  ///< name of the head's repository, where its owner has several in the network
  std::string base;
  bool draft = false;
  std::optional<bool> maintainer_can_modify;
  std::optional<Id> issue;  ///< becomes the pull request, keeping number, title and conversation
};

/// pulls/create. Everybody who may read and may push to the head. Refuses branches that do not exist, a head without
/// commits of its own, and a second open pull request of the same two branches.
Ruling<PullRequestPtr> create_pull_request(Action& action, Id repo, const NewPullRequest& input);

/// Absent members stay as they are; an inner null clears.
struct PullRequestPatch {
  std::optional<std::string> title;
  std::optional<std::optional<std::string>> body;
  std::optional<OpenState> state;
  std::optional<std::string> base;
  std::optional<bool> maintainer_can_modify;
};

/// pulls/update. The author, or triage (push for the base). Refuses to reopen what was merged or lost its branch.
Ruling<PullRequestPtr> update_pull_request(Action& action, Id repo, Id number, const PullRequestPatch& patch);

enum class MergeMethod { merge, squash, rebase };
std::optional<MergeMethod> merge_method_from(std::string_view word);

struct MergeInput {
  MergeMethod method = MergeMethod::merge;
  std::optional<std::string> title;
  std::optional<std::string> message;
  std::optional<std::string> sha;  ///< what the head must be
};

/// pulls/merge. Needs push. Lands the head on its base, closes the pull request and, on the default branch, the issues
/// that its text or its commits close by keyword; removes the head branch where the repository wants that. Answers the
/// commit the base then points to.
Ruling<git::ObjectId> merge_pull_request(Action& action, Id repo, Id number, const MergeInput& input);

/// pulls/update-branch. Merges the base into the head. Needs push to the head, or to the base where the author lets
/// maintainers edit.
Refused update_pull_branch(Action& action, Id repo, Id number, const std::optional<std::string>& expected_head);

/// pulls/request-reviewers, pulls/remove-requested-reviewers. Need triage. Requesting refuses the author, people who
/// do not collaborate, and more than 15 reviewers.
Ruling<PullRequestPtr> request_reviewers(Action& action, Id repo, Id number, const std::vector<std::string>& logins,
                                         const std::vector<std::string>& teams);
Ruling<PullRequestPtr> remove_reviewers(Action& action, Id repo, Id number, const std::vector<std::string>& logins,
                                        const std::vector<std::string>& teams);

}  // namespace pome::twin::github::model
