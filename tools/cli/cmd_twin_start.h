#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

/// `pome twin start`: a standalone twin in the foreground. On stdout, once it answers, one NAME=value a line:
/// POME_GITHUB_REST_URL, POME_GITHUB_MCP_URL, POME_AUTH_TOKEN (and TWIN_AUTH_SECRET when one was just generated).
int twin_start_command(Args args);

}  // namespace pome::cli
