#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

int import_command(Args args);

}  // namespace pome::cli
