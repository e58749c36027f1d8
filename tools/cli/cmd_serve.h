#pragma once
#include "tools/cli/commands.h"

namespace pome::cli {

/// `pome serve`: the control plane, its twin sessions and the page on one port, in the foreground. On stdout, once it
/// answers, one NAME=value a line: POME_URL, POME_SIGNIN_URL, POME_API_KEY_FILE, POME_DATA (or, with --json, one object
/// {url, signin_url, api_key_file, data}).
int serve_command(Args args);

}  // namespace pome::cli
