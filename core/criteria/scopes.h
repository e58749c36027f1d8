#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/criteria/changes.h"

namespace pome::criteria {

/// The list of what may change, in words:
///
///   scopes := scope { ( ", " | " and " | ", and " ) scope }
///   scope  := [ "the " part " of " ] thing [ " in `owner/name`" ] | "new " things [ " in `owner/name`" ]
///   part   := labels | assignees | state | title | body | milestone | lock | comments | reviews | review comments
///           | reviewers | settings
///   thing  := "issue #1" | "pull request #1" | "label `x`" | "milestone `x`" | "release `v1`" | "tag `v1`"
///           | "branch `x`" | "file `x`" | "collaborator `x`" | "the repository"
///   things := issues | pull requests | labels | milestones | releases | tags | branches | files | commits
///           | commit statuses | check runs | workflow runs | gists
///
/// A branch brings its files and new commits along. Nothing when the text is anything else.
std::optional<std::vector<Licence>> read_scopes(std::string_view text);

}  // namespace pome::criteria
