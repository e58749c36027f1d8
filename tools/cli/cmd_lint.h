#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

int lint_command(Args args);

}  // namespace pome::cli
