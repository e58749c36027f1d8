#pragma once
#include <string_view>

#include "core/twin/github/model/store.h"

/// From what a rule did to an issue to the events that tell of it. Internal to the model.
namespace pome::twin::github::model {

/// Notes what separates two states of an issue or pull request: state, title, labels, assignees, milestone, type, lock.
/// Opening is no event, so a fresh row is compared with the same row before anything was put on it (`blank`).
/// `at` 0 = now.
void note_changes(Action& action, const Issue& before, const Issue& after, Time at = 0);

/// An issue as it was opened: open, without labels, assignees, milestone, type and lock.
Issue blank(const Issue& issue);

/// Notes whom `text`, which somebody wrote in the conversation of `issue`, mentions, and in the issues it refers to
/// that it does, as far as `before` (its former state, "" when new) did not.
void note_text(Action& action, const Issue& issue, std::string_view before, std::string_view text, Time at = 0);

/// Stores the issue with what changed, and notes the events: how rules write issues.
IssuePtr save_issue(Action& action, const Issue& before, Issue after, Cause cause = Cause::asked,
                    Aspect aspect = Aspect::row);

}  // namespace pome::twin::github::model
