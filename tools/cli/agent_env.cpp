#include "tools/cli/agent_env.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"

extern char** environ;  // NOLINT: POSIX declares no header for it

namespace pome::cli {
namespace {

constexpr std::array<std::string_view, 6> kPlain = {"PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP"};
constexpr std::array<std::string_view, 7> kLlmKeys = {
    "AI_GATEWAY_API_KEY",           "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "GOOGLE_API_KEY",
    "GOOGLE_GENERATIVE_AI_API_KEY", "OPENAI_API_KEY",    "OPENROUTER_API_KEY"};
constexpr std::string_view kTeamKey = "POME_API_KEY";
constexpr std::string_view kJudgeKey = "POME_LLM_API_KEY";
constexpr std::string_view kGeminiKey = "GEMINI_API_KEY";  // the judge's; agents get it by the allow-list only
constexpr std::array<std::string_view, 4> kSecretWords = {"KEY", "TOKEN", "SECRET", "PASSWORD"};

std::vector<std::string> allow_list(const Variables& own) {
  std::vector<std::string> names;
  const auto list = own.find("POME_AGENT_ENV_ALLOWLIST");
  if (list == own.end()) return names;
  for (std::string_view part : text::split(list->second, ',')) {
    const std::string_view name = text::trim(part);
    if (!name.empty() && name != kTeamKey && name != kJudgeKey) names.emplace_back(name);
  }
  return names;
}

bool sounds_secret(std::string_view name) {
  const std::string upper = text::to_upper(name);
  return std::any_of(kSecretWords.begin(), kSecretWords.end(),
                     [&](std::string_view word) { return text::contains(upper, word); });
}

std::string joined(const std::vector<std::string>& parts) { return text::join(parts, ","); }

/// The team key may hide under another name; a value equal to it is never passed on.
bool is_team_key(const Variables& own, std::string_view value) {
  const auto key = own.find(kTeamKey);
  return key != own.end() && !key->second.empty() && value == key->second;
}

}  // namespace

Variables read_environment() {
  Variables variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.insert_or_assign(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
  }
  return variables;
}

ProcessEnvironment agent_environment(const Variables& own, const AgentSession& session) {
  Variables out;
  out["HOME"] = session.home;
  const auto pass = [&](std::string_view name) {
    const auto found = own.find(name);
    if (found != own.end() && !is_team_key(own, found->second)) out.insert_or_assign(found->first, found->second);
  };
  for (std::string_view name : kPlain) pass(name);
  for (std::string_view name : kLlmKeys) pass(name);
  for (const std::string& name : allow_list(own)) pass(name);
  if (!out.contains("PATH")) out["PATH"] = "/usr/local/bin:/usr/bin:/bin";

  out["POME_TASK"] = session.task;
  out["POME_TWIN_NAMES"] = joined(session.twins);
  out["POME_RUN_ID"] = session.run_id;
  out["POME_GITHUB_REST_URL"] = session.rest_url;
  if (!session.mcp_url.empty()) out["POME_GITHUB_MCP_URL"] = session.mcp_url;
  out["POME_AUTH_TOKEN"] = session.auth_token;
  out["POME_GITHUB_TOKEN"] = session.github_token.empty() ? session.auth_token : session.github_token;
  out["POME_ARTIFACTS_DIR"] = session.artifacts_dir;
  return {out.begin(), out.end()};
}

ProcessEnvironment preflight_environment(const Variables& own, const AgentSession& session) {
  ProcessEnvironment environment = agent_environment(own, session);
  environment.emplace_back("POME_PREFLIGHT", "1");
  return environment;
}

std::vector<std::string> secret_values(const Variables& own) {
  std::vector<std::string> values;
  const auto add = [&](std::string_view name) {
    const auto found = own.find(name);
    if (found != own.end() && !found->second.empty()) values.push_back(found->second);
  };
  for (std::string_view name : {kTeamKey, kJudgeKey, kGeminiKey}) add(name);
  for (std::string_view name : kLlmKeys) add(name);
  for (const std::string& name : allow_list(own)) {
    if (sounds_secret(name)) add(name);
  }
  return values;
}

}  // namespace pome::cli
