#pragma once
#include "core/twin/github/model/review_rules.h"
#include "core/twin/github/rest/shapes.h"

/// JSON of reviews and their comments.
namespace pome::twin::github::rest {

/// pull-request-review. `state` is its state's word where that is not GitHub's usual one.
void write_review(JsonWriter& json, const Context& context, const model::Review& review, std::string_view state = {});
/// pull-request-review-comment; review-comment is the same.
void write_review_comment(JsonWriter& json, const Context& context, const model::PullRequest& pull,
                          const model::ReviewComment& comment);

/// A comment as bodies describe it.
model::CommentDraft read_draft(const Input& body);

}  // namespace pome::twin::github::rest
