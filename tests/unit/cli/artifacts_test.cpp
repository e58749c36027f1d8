#include "tools/cli/artifacts.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/report/escape.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

TEST(EventsNdjson, KeepsBytesAndAddsWhatStoredRowsCarry) {
  const auto lines = events_ndjson("[{\"request_id\":\"req_1\",\"path\":\"/a,]}\\\"\"},\n {\"request_id\":\"req_2\"}]");
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines,
            "{\"kind\":\"TwinHttpEvent\",\"event_id\":\"req_1\",\"parent_id\":null,\"request_id\":\"req_1\","
            "\"path\":\"/a,]}\\\"\"}\n"
            "{\"kind\":\"TwinHttpEvent\",\"event_id\":\"req_2\",\"parent_id\":null,\"request_id\":\"req_2\"}\n");
}

TEST(EventsNdjson, PutsEveryRowOnOneLineAndLeavesRowsWithAKind) {
  const auto lines = events_ndjson("[\n  {\n    \"kind\": \"LlmCallEvent\",\n    \"n\": [1,\n2]\n  }\n]");
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines, "{    \"kind\": \"LlmCallEvent\",    \"n\": [1,2]  }\n");
}

TEST(EventsNdjson, EmptyTapesAndWrongDocuments) {
  EXPECT_EQ(*events_ndjson(""), "");
  EXPECT_EQ(*events_ndjson("[]"), "");
  EXPECT_FALSE(events_ndjson("{}"));
  EXPECT_FALSE(events_ndjson("[{]"));
}

TEST(SummaryOf, TakesTheWholeOutputOrTheLastLineThatHasOne) {
  EXPECT_EQ(summary_of("{\"summary\":\"all\"}\n"), "all");
  EXPECT_EQ(summary_of("{\n \"summary\": \"pretty\"\n}\n"), "pretty");
  EXPECT_EQ(summary_of("log\n{\"summary\":\"first\"}\n{\"summary\":\"last\"}\n{\"other\":1}\nbye\n"), "last");
  EXPECT_EQ(summary_of("{\"summary\":3}\nplain text"), "");
  EXPECT_EQ(summary_of(""), "");
}

TEST(FindRun, TakesAFolderAnIdOrLatestAndNothingElse) {
  auto scratch = system::ScratchFolder::create();
  ASSERT_TRUE(scratch);
  const std::string runs = system::join_path(scratch->path(), "runs");
  const std::string folder = system::join_path(runs, "slug/run_1");
  ASSERT_TRUE(system::make_folder(folder));
  EXPECT_EQ(mode_of(folder), 0700U);
  EXPECT_FALSE(find_run(runs, "latest"));
  RunMeta meta;
  meta.run_id = "run_1";
  ASSERT_TRUE(write_latest(runs, "runs/slug/run_1", meta, "slug"));
  EXPECT_EQ(*find_run(runs, "latest"), folder);
  EXPECT_EQ(*find_run(runs, "run_1"), folder);
  EXPECT_EQ(*find_run(runs, folder), folder);
  for (const char* wanted : {"run_2", "", "slug/run_1"}) {
    const auto found = find_run(runs, wanted);
    ASSERT_FALSE(found) << wanted;
    EXPECT_EQ(found.error().code, "usage");
  }
}

TEST(Indented, MovesEveryLineButTheFirst) {
  EXPECT_EQ(report::indented("{\n  \"a\": 1\n}", 2), "{\n      \"a\": 1\n    }");
}

}  // namespace
}  // namespace pome::cli
