#pragma once
#include <string>
#include <string_view>

#include "core/twin/github/rest/context.h"

/// GitHub's custom media types: "application/vnd.github.<param>", with or without a version and "+json".
namespace pome::twin::github::rest {

/// Whether the caller's Accept header asks for the media type of that parameter: "raw", "diff", "patch", "sha".
bool accepts(const Context& context, std::string_view param);

/// An answer of that media type that is no JSON. `param` must be a literal.
Reply text_answer(std::string body, std::string_view param);

}  // namespace pome::twin::github::rest
