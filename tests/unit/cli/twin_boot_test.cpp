#include "tools/cli/twin_boot.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/server/scratch_folder.h"
#include "tools/system/environment.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

TEST(TwinBoot, Defaults) {
  const auto boot = read_twin_boot({}, {});
  ASSERT_TRUE(boot) << boot.error().message;
  EXPECT_EQ(boot->host, "127.0.0.1");
  EXPECT_EQ(boot->port, 3333);
  EXPECT_EQ(boot->seed_json, "");
  EXPECT_EQ(boot->run_id, "spawn");
  EXPECT_EQ(boot->admin_token, "");
}

TEST(TwinBoot, PortComesFromTheFlagThenPortThenTheTwinsOwnVariable) {
  Variables variables{{"GITHUB_CLONE_PORT", "4000"}};
  EXPECT_EQ(read_twin_boot({}, variables)->port, 4000);
  variables["PORT"] = "5000";
  EXPECT_EQ(read_twin_boot({}, variables)->port, 5000);
  TwinFlags flags;
  flags.port = 0;
  EXPECT_EQ(read_twin_boot(flags, variables)->port, 0);
  variables["PORT"] = "";  // empty counts as unset
  EXPECT_EQ(read_twin_boot({}, variables)->port, 4000);
  for (const auto* bad : {"abc", "65536", "-1", "80 ", "1e3"}) {
    variables["PORT"] = bad;
    const auto boot = read_twin_boot({}, variables);
    ASSERT_FALSE(boot) << bad;
    EXPECT_NE(boot.error().message.find("PORT"), std::string::npos);
  }
}

TEST(TwinBoot, SeedComesFromTheFlagThenTheEnvironment) {
  const test::ScratchFolder scratch;
  scratch.write("seed.json", "{\"from\":\"file\"}");
  scratch.write("empty.json", " \n");
  const Variables variables{{"POME_SEED_JSON", "{\"from\":\"environment\"}"}};
  TwinFlags flags;
  EXPECT_EQ(read_twin_boot(flags, variables)->seed_json, "{\"from\":\"environment\"}");
  flags.seed_file = scratch.path() + "/seed.json";
  EXPECT_EQ(read_twin_boot(flags, variables)->seed_json, "{\"from\":\"file\"}");
  flags.seed_file = scratch.path() + "/empty.json";
  EXPECT_FALSE(read_twin_boot(flags, variables));
  flags.seed_file = scratch.path() + "/missing.json";
  EXPECT_EQ(read_twin_boot(flags, variables).error().code, "usage");
  const auto unseeded = read_twin_boot({}, {{"GITHUB_CLONE_NO_SEED", "1"}});
  ASSERT_FALSE(unseeded);
  EXPECT_NE(unseeded.error().message.find("GITHUB_CLONE_NO_SEED"), std::string::npos);
  flags.seed_file = scratch.path() + "/seed.json";
  EXPECT_TRUE(read_twin_boot(flags, {{"GITHUB_CLONE_NO_SEED", "1"}}));
}

TEST(TwinBoot, RuntimeAndIdentifiersComeFromTheEnvironment) {
  const auto boot = read_twin_boot({}, {{"GITHUB_CLONE_HOST", "0.0.0.0"},
                                        {"TWIN_ADMIN_TOKEN", "t"},
                                        {"POME_RUN_ID", "run_7"},
                                        {"POME_TWIN_VERSION", "9"},
                                        {"VERCEL_GIT_COMMIT_SHA", "abc"},
                                        {"POME_TWIN_BUILD_TIME", "now"}});
  ASSERT_TRUE(boot);
  EXPECT_EQ(boot->host, "0.0.0.0");
  EXPECT_EQ(boot->admin_token, "t");
  EXPECT_EQ(boot->run_id, "run_7");
  EXPECT_EQ(boot->runtime.version, "9");
  EXPECT_EQ(boot->runtime.git_sha, "abc");
  EXPECT_EQ(boot->runtime.build_time, "now");
}

TEST(TwinBoot, AnotherTwinIsRefusedWithTheList) {
  TwinFlags flags;
  flags.twin = "slack";
  const auto boot = read_twin_boot(flags, {});
  ASSERT_FALSE(boot);
  EXPECT_NE(boot.error().message.find("Available: github"), std::string::npos);
}

TEST(TwinSecret, TheEnvironmentWins) {
  system::SystemEnvironment environment;
  EXPECT_EQ(twin_secret("0.0.0.0", {{"TWIN_AUTH_SECRET", "s"}}, environment)->value, "s");
}

TEST(TwinSecret, LoopbackHasAFixedOneExceptInProduction) {
  system::SystemEnvironment environment;
  for (const auto* host : {"127.0.0.1", "localhost", "::1"}) {
    EXPECT_EQ(twin_secret(host, {{"TWIN_AUTH_SECRET", ""}}, environment)->value, "dev-only-insecure-secret");
    const auto refused = twin_secret(host, {{"NODE_ENV", "production"}}, environment);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("TWIN_AUTH_SECRET"), std::string::npos);
  }
}

TEST(TwinSecret, ElsewhereOneIsMadeOnceAndKeptPrivate) {
  const test::ScratchFolder scratch;
  system::SystemEnvironment environment;
  const Variables variables{{"POME_TWIN_DATA_DIR", scratch.path() + "/twin"}};
  const auto made = twin_secret("0.0.0.0", variables, environment);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->value.size(), 64u);
  EXPECT_EQ(made->new_file, scratch.path() + "/twin/secret");
  struct stat status {};
  ASSERT_EQ(stat(made->new_file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(*system::read_file(made->new_file), made->value + "\n");
  const auto again = twin_secret("0.0.0.0", variables, environment);
  EXPECT_EQ(again->value, made->value);
  EXPECT_EQ(again->new_file, "");
}

TEST(TwinSecret, AShortOrUnusableStoredSecretIsRefused) {
  const test::ScratchFolder scratch;
  system::SystemEnvironment environment;
  scratch.write("twin/secret", "short\n");
  for (const auto& folder : {scratch.path() + "/twin", scratch.path() + "/twin/secret/below-a-file"}) {
    const auto refused = twin_secret("192.168.0.2", {{"POME_TWIN_DATA_DIR", folder}}, environment);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("TWIN_AUTH_SECRET"), std::string::npos);
  }
}

}  // namespace
}  // namespace pome::cli
