#include "tools/cli/agent_command.h"

#include <gtest/gtest.h>

#include "tests/support/data.h"

namespace pome::cli {
namespace {

TEST(SplitCommand, Rows) {
  const Json rows = test::read_json("tests/data/cli/commands.json");
  ASSERT_TRUE(rows.is_array());
  ASSERT_FALSE(rows.empty());
  for (const Json& row : rows) {
    const std::string command = row.at("command");
    const auto words = split_command(command);
    if (row.contains("error")) {
      ASSERT_FALSE(words) << command;
      EXPECT_EQ(words.error().code, "agent-command");
      EXPECT_NE(words.error().message.find(std::string(row.at("error"))), std::string::npos) << words.error().message;
    } else {
      ASSERT_TRUE(words) << command << ": " << words.error().message;
      EXPECT_EQ(*words, row.at("words").get<std::vector<std::string>>()) << command;
    }
  }
}

TEST(ResolveAgentCommand, TakesTheFirstSourceThatNamesOne) {
  AgentCommandInputs inputs;
  inputs.bundled_agent = "/opt/agents/octokit-agent.mjs";
  EXPECT_EQ(resolve_agent_command(inputs)->source, "bundled");
  EXPECT_EQ(resolve_agent_command(inputs)->argv, (std::vector<std::string>{"node", "/opt/agents/octokit-agent.mjs"}));
  inputs.config = R"({"agent":{"command":"from config"}})";
  EXPECT_EQ(resolve_agent_command(inputs)->source, "pome.config.json");
  inputs.manifest = R"({"command":"from manifest"})";
  EXPECT_EQ(resolve_agent_command(inputs)->argv[1], "manifest");
  inputs.flag = "from flag";
  EXPECT_EQ(resolve_agent_command(inputs)->source, "--agent");
}

TEST(ResolveAgentCommand, AManifestWithoutCommandIsPassedOver) {
  AgentCommandInputs inputs;
  inputs.manifest = R"({"agent":{"slug":"x"}})";
  inputs.config = R"({"agent":{"sdk":"none"}})";
  inputs.bundled_agent = "a.mjs";
  EXPECT_EQ(resolve_agent_command(inputs)->source, "bundled");
}

TEST(ResolveAgentCommand, SaysWhatIsWrongWithAFile) {
  AgentCommandInputs inputs;
  for (const char* manifest : {"{", "[]", R"({"command": 3})", R"({"command": "'open"})", R"({"command": ""})"}) {
    inputs.manifest = manifest;
    const auto command = resolve_agent_command(inputs);
    ASSERT_FALSE(command) << manifest;
    EXPECT_EQ(command.error().code, "agent-command");
    EXPECT_NE(command.error().message.find("pome.json"), std::string::npos) << command.error().message;
  }
}

TEST(ResolveAgentCommand, FailsWhenThereIsNone) {
  const auto command = resolve_agent_command({});
  ASSERT_FALSE(command);
  EXPECT_NE(command.error().message.find("--agent"), std::string::npos);
}

}  // namespace
}  // namespace pome::cli
