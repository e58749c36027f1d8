#pragma once
#include <string_view>

#include "core/twin/github/rest/context.h"

namespace pome::twin::github::rest {

/// A pull request in GitHub's media types "diff" (the whole change) and "patch" (its commits as mails).
Reply change_text(const Context& context, const model::PullRequest& pull, std::string_view format);

}  // namespace pome::twin::github::rest
