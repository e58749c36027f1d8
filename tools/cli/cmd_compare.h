#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

int compare_command(Args args);  ///< `pome compare`

}  // namespace pome::cli
