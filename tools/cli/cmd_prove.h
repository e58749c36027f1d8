#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

int prove_command(Args args);

}  // namespace pome::cli
