#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/twin/github/rest/input.h"
#include "core/twin/github/rest/reply.h"

/// From a request's bytes to a checked document. Only dispatch needs this.
namespace pome::twin::github::rest {

/// Parses `text` into `document`, always an object: an absent or null body is an empty one, a bare array counts as the
/// value of `spec.bare_array`. Answers GitHub's refusal when the text is not JSON or does not fit `spec`.
std::optional<Reply> check_body(std::string_view text, const BodySpec& spec, Json& document);

}  // namespace pome::twin::github::rest
