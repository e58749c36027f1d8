#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/twin/github/model/review.h"

namespace pome::twin::github::model {

/// A line of a file's diff.
struct DiffPlace {
  Side side = Side::right;
  Id line = 0;
  Id position = 0;   ///< lines down from the first hunk header, GitHub's `position`
  Id hunk = 0;       ///< which hunk, from 0
  std::string text;  ///< the hunk from its header to the line, GitHub's `diff_hunk`
};

/// The place of a line of the old (left) or new (right) file in `hunks` (git::Patch), or nothing when no hunk shows it.
std::optional<DiffPlace> place_of_line(std::string_view hunks, Side side, Id line);
/// The line at a position. A line that was kept counts as right.
std::optional<DiffPlace> place_at(std::string_view hunks, Id position);

/// Where line `line` (from 1) of `before` is in `after`; nothing when it was changed or removed.
std::optional<Id> moved_line(std::string_view before, std::string_view after, Id line);

}  // namespace pome::twin::github::model
