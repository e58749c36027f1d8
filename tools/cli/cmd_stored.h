#pragma once
#include "tools/cli/commands.h"

/// Commands over stored runs.
namespace pome::cli {

int eval_command(Args args);     ///< scores a stored run again
int inspect_command(Args args);  ///< shows a stored run

}  // namespace pome::cli
