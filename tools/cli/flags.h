#pragma once
#include <optional>

#include <CLI/CLI.hpp>

#include "tools/cli/commands.h"

namespace pome::cli {

/// Parses a command's flags. Nothing when the command should go on; otherwise the exit code to answer: 0 after
/// `--help` (printed on stdout), 5 after a usage error (one line on stderr). `app`'s name should read "pome <command>".
std::optional<int> parse_flags(CLI::App& app, Args args);

}  // namespace pome::cli
