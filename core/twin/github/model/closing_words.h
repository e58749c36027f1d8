#pragma once
#include <string_view>
#include <vector>

#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {

/// The issues a text says it closes ("Fixes #12"), in order. Plain numbers mean issues of `repo`.
std::vector<NumberKey> closed_by_words(const World& world, Id repo, std::string_view text);

/// Closes those of the issues that are open and that the actor may close, as completed. Runs inside a mutation.
void close_issues(Action& action, const std::vector<NumberKey>& issues);

}  // namespace pome::twin::github::model
