#pragma once
#include "core/twin/github/rest/shapes.h"

/// JSON of pull requests.
namespace pome::twin::github::rest {

/// The pull request the path names at `index`, or nullptr.
model::PullRequestPtr named_pull(const Context& context, std::size_t index = 2);

/// pull-request-simple, as lists and review requests answer it.
void write_pull_simple(JsonWriter& json, const Context& context, const model::PullRequest& pull);
/// pull-request.
void write_pull(JsonWriter& json, const Context& context, const model::PullRequest& pull);
/// pull-request as an answer, with its time and (of a new one) its address.
Reply pull_answer(const Context& context, int status, const model::PullRequest& pull);

}  // namespace pome::twin::github::rest
