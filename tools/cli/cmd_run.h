#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

int run_command(Args args);

}  // namespace pome::cli
