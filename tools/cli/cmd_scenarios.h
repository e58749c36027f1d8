#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

/// `pome scenarios`: the library that ships with the program, listed or copied.
int scenarios_command(Args args);

}  // namespace pome::cli
