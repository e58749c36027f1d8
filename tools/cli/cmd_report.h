#pragma once
#include "tools/cli/commands.h"

/// Stored runs as files for others.
namespace pome::cli {

int report_command(Args args);  ///< `pome report RUN... --report KIND=FILE`
int bundle_command(Args args);  ///< `pome bundle RUN -o FILE`

}  // namespace pome::cli
