#pragma once
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/twin/github/rest/hook_events.h"

/// What webhooks hear of each kind of change. Internal to the webhook deliveries; the payloads are GitHub's, by event:
/// its OpenAPI description's webhooks.
namespace pome::twin::github::rest {

using model::Change;

// issues, pull_request (what both share), issue_comment, sub_issues
void on_issue(const Context& cause, const Change& change);
void on_comment(const Context& cause, const Change& change);
void on_sub_issue(const Context& cause, const Change& change);
// pull_request (what issues lack), pull_request_review, pull_request_review_comment
void on_pull_request(const Context& cause, const Change& change);
void on_review(const Context& cause, const Change& change);
void on_review_comment(const Context& cause, const Change& change);
// status; check_run and check_suite; workflow_run; commit_comment
void on_status(const Context& cause, const Change& change);
void on_check_run(const Context& cause, const Change& change);
void on_workflow_run(const Context& cause, const Change& change);
void on_commit_comment(const Context& cause, const Change& change);
// fork, repository, public; member; deploy_key; star and watch
void on_repository(const Context& cause, const Change& change);
void on_collaborator(const Context& cause, const Change& change);
void on_deploy_key(const Context& cause, const Change& change);
void on_star(const Context& cause, const Change& change);

/// "created", "edited" or "deleted", from which halves a change has.
std::string plain_action(const Change& change);

/// The row as it is now, or was until its deletion.
template <class Row>
const Row& row_of(const Change& change) {
  return *static_cast<const Row*>((change.after ? change.after : change.before).get());
}

/// The row before an edit; nullptr when the change made or deleted it.
template <class Row>
const Row* edited_from(const Change& change) {
  return change.after ? model::before<Row>(change) : nullptr;
}

/// For events that say no more than what all payloads of their kind say.
inline constexpr auto nothing_more = [](JsonWriter&, const Context&) {};

/// pull_request events: the row, and what the action adds.
void about_pull(const Context& cause, const model::PullRequest& pull, std::string action, PayloadMembers more);

template <class List, class Each>
void each_missing(const List& from, const List& in, Each each) {
  for (const auto& value : from) {
    if (std::find(in.begin(), in.end(), value) == in.end()) each(value);
  }
}

/// A member before and after an edit.
struct OldValue {
  std::string_view name;
  std::optional<std::string> before;
  std::optional<std::string> after;
};
/// The members that differ, each with its old value.
void write_old_values(JsonWriter& json, std::initializer_list<OldValue> values);
/// The same as "changes".
void write_changes(JsonWriter& json, std::initializer_list<OldValue> values);

}  // namespace pome::twin::github::rest
