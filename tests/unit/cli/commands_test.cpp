#include "tools/cli/commands.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tools/cli/exit_codes.h"

namespace pome::cli {
namespace {

int run(std::vector<std::string> args) { return dispatch(args); }

TEST(Commands, RowsAreCompleteAndNamesUnique) {
  std::set<std::string_view> names;
  for (const Command& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
  }
  EXPECT_FALSE(names.empty());
}

TEST(Commands, EveryCommandExplainsItself) {
  for (const Command& command : commands()) {
    std::vector<std::string> args;
    const std::string name(command.name);
    for (std::size_t start = 0; start != std::string::npos;) {
      const std::size_t space = name.find(' ', start);
      args.push_back(name.substr(start, space - start));
      start = space == std::string::npos ? space : space + 1;
    }
    args.push_back("--help");
    testing::internal::CaptureStdout();
    const int code = dispatch(args);
    const std::string help = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, kExitPassed) << name;
    EXPECT_NE(help.find("Usage: pome " + name), std::string::npos) << help;
    args.pop_back();
    args.insert(args.begin(), "help");
    testing::internal::CaptureStdout();
    EXPECT_EQ(dispatch(args), kExitPassed) << name;
    EXPECT_EQ(testing::internal::GetCapturedStdout(), help);
  }
}

TEST(Commands, UsageErrorsAnswerFive) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  EXPECT_EQ(run({"no-such-command"}), kExitUsage);
  EXPECT_EQ(run({"--no-such-flag"}), kExitUsage);
  EXPECT_EQ(run({"version", "--no-such-flag"}), kExitUsage);
  EXPECT_EQ(run({"help", "no-such-command"}), kExitUsage);
  EXPECT_EQ(run({}), kExitUsage);
  EXPECT_EQ(run({"--help"}), kExitPassed);
  EXPECT_EQ(run({"--version"}), kExitPassed);
  testing::internal::GetCapturedStdout();
  testing::internal::GetCapturedStderr();
}

TEST(Commands, ATypoNamesTheNearestCommand) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(run({"versoin"}), kExitUsage);
  const std::string message = testing::internal::GetCapturedStderr();
  EXPECT_NE(message.find("Did you mean \"version\"?"), std::string::npos) << message;
}

TEST(Commands, AFirstWordAloneNamesWhatMayFollow) {
  for (const std::vector<std::string>& args : {std::vector<std::string>{"twin"}, {"twin", "--port"}}) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(args), kExitUsage);
    const std::string message = testing::internal::GetCapturedStderr();
    EXPECT_NE(message.find("pome twin start"), std::string::npos) << message;
    EXPECT_EQ(message.find("Did you mean"), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace pome::cli
