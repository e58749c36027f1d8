#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "core/twin/github/rest/route.h"

namespace pome::twin::github::rest {

/// The routes whose templates agree with the most leading segments of `path`, at least two, best first; at most five.
/// They tell a caller of an unknown address what there is instead.
std::vector<const Route*> nearby_routes(std::span<const Route* const> routes, std::string_view path);

}  // namespace pome::twin::github::rest
