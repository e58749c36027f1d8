#include "tools/cli/agent_env.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace pome::cli {
namespace {

AgentSession session() {
  AgentSession out;
  out.task = "Triage issue #1";
  out.run_id = "run_1";
  out.twins = {"github"};
  out.rest_url = "http://127.0.0.1:1/s/run_1";
  out.auth_token = "edt_token";
  out.github_token = "ghp_pome_x";
  out.artifacts_dir = "/runs/x/run_1";
  out.home = "/tmp/home";
  return out;
}

std::map<std::string, std::string> as_map(const ProcessEnvironment& environment) {
  std::map<std::string, std::string> out(environment.begin(), environment.end());
  EXPECT_EQ(out.size(), environment.size()) << "a name twice";
  return out;
}

TEST(AgentEnvironment, HoldsExactlyWhatTheContractNames) {
  const Variables own = {{"PATH", "/bin"},         {"LANG", "C.UTF-8"},      {"HOME", "/home/me"},
                         {"SSH_AUTH_SOCK", "/s"},  {"OPENAI_API_KEY", "sk"}, {"POME_API_KEY", "pme_team"},
                         {"AWS_SECRET_KEY", "no"}, {"TMPDIR", "/tmp"},       {"POME_TASK", "stale"}};
  const std::map<std::string, std::string> expected = {{"PATH", "/bin"},
                                                       {"LANG", "C.UTF-8"},
                                                       {"TMPDIR", "/tmp"},
                                                       {"HOME", "/tmp/home"},
                                                       {"OPENAI_API_KEY", "sk"},
                                                       {"POME_TASK", "Triage issue #1"},
                                                       {"POME_TWIN_NAMES", "github"},
                                                       {"POME_RUN_ID", "run_1"},
                                                       {"POME_GITHUB_REST_URL", "http://127.0.0.1:1/s/run_1"},
                                                       {"POME_AUTH_TOKEN", "edt_token"},
                                                       {"POME_GITHUB_TOKEN", "ghp_pome_x"},
                                                       {"POME_ARTIFACTS_DIR", "/runs/x/run_1"}};
  EXPECT_EQ(as_map(agent_environment(own, session())), expected);
  auto preflight = expected;
  preflight["POME_PREFLIGHT"] = "1";
  EXPECT_EQ(as_map(preflight_environment(own, session())), preflight);
}

TEST(AgentEnvironment, AllowListPassesMoreButNeverTheTeamKey) {
  const Variables own = {{"POME_AGENT_ENV_ALLOWLIST", " HOME, MY_TOKEN ,POME_API_KEY,COPY,ABSENT,"},
                         {"HOME", "/home/me"},
                         {"MY_TOKEN", "t"},
                         {"COPY", "pme_team"},
                         {"POME_API_KEY", "pme_team"}};
  const auto environment = as_map(agent_environment(own, session()));
  EXPECT_EQ(environment.at("HOME"), "/home/me") << "the user asked for it";
  EXPECT_EQ(environment.at("MY_TOKEN"), "t");
  EXPECT_FALSE(environment.contains("ABSENT"));
  EXPECT_TRUE(std::none_of(environment.begin(), environment.end(),
                           [](const auto& entry) { return entry.second.find("pme_team") != std::string::npos; }));
}

TEST(AgentEnvironment, TheJudgesKeysAreNotTheAgents) {
  const Variables own = {{"POME_AGENT_ENV_ALLOWLIST", "POME_LLM_API_KEY,POME_LLM_MODEL"},
                         {"POME_LLM_BASE_URL", "http://127.0.0.1:1"},
                         {"POME_LLM_API_KEY", "own"},
                         {"POME_LLM_MODEL", "m"},
                         {"GEMINI_API_KEY", "AIza"}};
  const auto environment = as_map(agent_environment(own, session()));
  EXPECT_EQ(environment.at("POME_LLM_MODEL"), "m");
  for (const char* name : {"POME_LLM_API_KEY", "POME_LLM_BASE_URL", "GEMINI_API_KEY"}) {
    EXPECT_FALSE(environment.contains(name)) << name;
  }
}

TEST(AgentEnvironment, AllowListCannotReplaceTheSession) {
  const Variables own = {{"POME_AGENT_ENV_ALLOWLIST", "POME_AUTH_TOKEN"}, {"POME_AUTH_TOKEN", "old"}};
  EXPECT_EQ(as_map(agent_environment(own, session())).at("POME_AUTH_TOKEN"), "edt_token");
}

TEST(AgentEnvironment, FallsBackToTheSessionTokenAndNamesMcpOnlyWhenItAnswers) {
  AgentSession plain = session();
  plain.github_token.clear();
  EXPECT_EQ(as_map(agent_environment({}, plain)).at("POME_GITHUB_TOKEN"), "edt_token");
  EXPECT_FALSE(as_map(agent_environment({}, plain)).contains("POME_GITHUB_MCP_URL"));
  plain.mcp_url = "http://x/mcp";
  EXPECT_EQ(as_map(agent_environment({}, plain)).at("POME_GITHUB_MCP_URL"), "http://x/mcp");
}

TEST(SecretValues, CoverKeysAndSecretSoundingAllowListEntries) {
  const Variables own = {{"POME_AGENT_ENV_ALLOWLIST", "MY_TOKEN,COLOUR"},
                         {"MY_TOKEN", "t0ken"},
                         {"COLOUR", "blue"},
                         {"OPENAI_API_KEY", "sk-1"},
                         {"ANTHROPIC_API_KEY", ""},
                         {"GEMINI_API_KEY", "AIza"},
                         {"POME_LLM_API_KEY", "own"},
                         {"POME_API_KEY", "pme_team"}};
  auto values = secret_values(own);
  std::sort(values.begin(), values.end());
  EXPECT_EQ(values, (std::vector<std::string>{"AIza", "own", "pme_team", "sk-1", "t0ken"}));
}

}  // namespace
}  // namespace pome::cli
