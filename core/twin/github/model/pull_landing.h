#pragma once
#include <optional>
#include <string>

#include "core/git/landing.h"
#include "core/twin/github/model/pull_rules.h"

/// How a pull request becomes commits on its base. Internal to the model.
namespace pome::twin::github::model {

/// Makes the commits that land `pull` on `target` and moves nothing. Titles and messages not given are GitHub's.
git::Landing land_pull(World& world, const PullRequest& pull, const git::ObjectId& target, const MergeInput& input,
                       std::string_view merger, Time now);

}  // namespace pome::twin::github::model
