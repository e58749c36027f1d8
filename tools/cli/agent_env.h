#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/process.h"

/// What an agent's process gets to see. The same names with the same meaning in self-host and in hosted runs.
namespace pome::cli {

/// The CLI's own environment, read once.
using Variables = std::map<std::string, std::string, std::less<>>;
Variables read_environment();

struct AgentSession {
  std::string task;
  std::string run_id;
  std::vector<std::string> twins;  ///< "github"
  std::string rest_url;
  std::string mcp_url;       ///< empty while the twin answers no MCP
  std::string auth_token;    ///< opens this one session
  std::string github_token;  ///< provider-shaped; falls back to auth_token when empty
  std::string artifacts_dir;
  std::string home;  ///< a scratch folder
};

/// From the CLI's environment pass only PATH, LANG, LC_ALL, TMPDIR (TEMP, TMP), the LLM keys and what
/// POME_AGENT_ENV_ALLOWLIST (comma-separated) names; never the team key or POME_LLM_API_KEY, whatever that list says.
ProcessEnvironment agent_environment(const Variables& own, const AgentSession& session);
/// The same, with POME_PREFLIGHT=1.
ProcessEnvironment preflight_environment(const Variables& own, const AgentSession& session);

/// The values in `own` that no stored document may show: LLM keys, the judge's keys, the team key, and allow-listed
/// variables whose name says key, token, secret or password.
std::vector<std::string> secret_values(const Variables& own);

}  // namespace pome::cli
