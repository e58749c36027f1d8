#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

/// `pome twin coverage`: the operations of GitHub's REST interface that the twin answers, read off the route table.
int twin_coverage_command(Args args);

}  // namespace pome::cli
