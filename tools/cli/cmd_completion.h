#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/commands.h"

namespace pome::cli {

int completion_command(Args args);

struct FlagInfo {
  std::string name;  ///< "--json"
  std::string summary;
  bool takes_value = false;
};
struct CommandInfo {
  std::string name;  ///< "run", "twin start"
  std::string summary;
  std::vector<FlagInfo> flags;
};

/// Every row of the command table with the flags its function declares.
std::vector<CommandInfo> describe_commands();

}  // namespace pome::cli
