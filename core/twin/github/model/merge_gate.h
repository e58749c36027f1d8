#pragma once
#include <string>
#include <string_view>

#include "core/twin/github/model/world.h"

/// What the base branch still asks of a pull request before it may land. Internal to the model.
namespace pome::twin::github::model {

/// The first unmet demand of the base's protection and rulesets in GitHub's words: approvals, then checks, then an
/// up-to-date head. Empty = none. Who administers the repository passes a protection that does not bind
/// administrators; an empty `actor` is exempt from nothing.
std::string merge_obstacle(const World& world, const PullRequest& pull, std::string_view actor);

/// The base wants its own commits in the head, and some are missing.
bool is_behind(const World& world, const PullRequest& pull);

}  // namespace pome::twin::github::model
