#pragma once
#include <optional>
#include <string>

#include "core/trials/comparison.h"
#include "tools/cli/terminal.h"

namespace pome::cli {

/// A comparison for people: both sides, what changed, the verdict with its test, where the tapes part. `tapes`: whether
/// both tapes were there to compare. Ends with a newline.
std::string render_comparison(const trials::Comparison& comparison, bool tapes,
                              const std::optional<trials::Divergence>& divergence, const Paint& paint);

}  // namespace pome::cli
