#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

/// `pome seed schema`: the JSON Schema of seeds.
int seed_schema_command(Args args);
/// `pome seed from-git PATH`: a local repository as a seed, on stdout.
int seed_from_git_command(Args args);

}  // namespace pome::cli
