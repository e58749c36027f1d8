#pragma once
#include <span>
#include <string>
#include <string_view>

/// The command table: one row a command, one function a row. Help, completion and dispatch all read these rows.
namespace pome::cli {

/// The arguments after the command's name.
using Args = std::span<const std::string>;

struct Command {
  std::string_view name;     ///< one or two words: "run", "twin start"
  std::string_view summary;  ///< one line for `pome --help`
  int (*run)(Args args);     ///< parses its own flags (flags.h), answers an exit code of exit_codes.h
};

std::span<const Command> commands();
std::string_view version();

/// The whole program after argv[0]: global flags, command look-up, and the catch-all that turns an unexpected
/// failure into one line on stderr and exit code 2.
int dispatch(Args args);

}  // namespace pome::cli
