#pragma once
#include "tools/cli/commands.h"

/// Commands about who the user is.
namespace pome::cli {

int login_command(Args args);
int logout_command(Args args);
int whoami_command(Args args);

}  // namespace pome::cli
