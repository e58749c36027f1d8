#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace pome::cli {

/// Splits a command line into words without a shell: blanks separate, '...' and "..." group, \ takes the next character
/// as it is outside quotes and before " and \ inside double quotes. `NAME=value` words, pipes and globs mean nothing.
/// Fails with `agent-command` when a quote is not closed, the text ends in a lone \, or there is no word.
Result<std::vector<std::string>> split_command(std::string_view command);

struct AgentCommand {
  std::vector<std::string> argv;
  std::string shown;   ///< as the user wrote it
  std::string source;  ///< "--agent", "pome.json", "pome.config.json" or "bundled"
};

/// Where a command may come from, in this order. Contents are the files' text.
struct AgentCommandInputs {
  std::optional<std::string> flag;           ///< --agent
  std::optional<std::string> manifest;       ///< pome.json: {"command": "..."}
  std::optional<std::string> config;         ///< pome.config.json: {"agent": {"command": "..."}}
  std::optional<std::string> bundled_agent;  ///< path of octokit-agent.mjs
  std::string node = "node";
};

/// Fails with `agent-command` (bad quoting, a file that is not JSON or whose command is not a text, or no command
/// anywhere); all of them are usage errors.
Result<AgentCommand> resolve_agent_command(const AgentCommandInputs& inputs);

}  // namespace pome::cli
