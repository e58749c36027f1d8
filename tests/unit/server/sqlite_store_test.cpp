#include "tools/server/sqlite_store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/base/text.h"
#include "tests/unit/server/scratch_folder.h"
#include "tools/server/sqlite.h"

namespace pome::server {
namespace {

using control::Blobs;
using control::RunRow;

RunRow run_row(std::string id, std::int64_t created_at = 100) {
  RunRow row;
  row.id = std::move(id);
  row.session_id = "ses_1";
  row.team_id = "tm_1";
  row.scenario_name = "01-bug";
  row.title =
      "A \"title\"; -- with \xc3\xbcn\xc3\xaf"
      "code";
  row.created_at = created_at;
  row.duration_ms = 1234;
  row.stop_reason = "completed";
  row.local_score = 90;
  row.server_score = 100;
  row.status = "pass";
  row.mismatch = true;
  return row;
}

class SqliteStoreTest : public testing::Test {
 protected:
  SqliteStoreTest() { reopen(); }
  void reopen() {
    store.reset();
    auto opened = SqliteStore::open(scratch.path() + "/data");
    ASSERT_TRUE(opened) << opened.error().message;
    store = std::move(*opened);
  }
  std::size_t blob_folders() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(scratch.path() + "/data/blobs"))
      ++count;
    return count;
  }
  test::ScratchFolder scratch;
  std::unique_ptr<SqliteStore> store;
};

TEST_F(SqliteStoreTest, KeepsTeamsAndKeys) {
  ASSERT_TRUE(store->put_team({"tm_1", "local", "pro", 12}));
  ASSERT_TRUE(store->put_key({"key_1", "tm_1", "first", "hash-1", 7, false}));
  ASSERT_TRUE(store->put_key({"key_1", "tm_1", "first", "hash-1", 7, true}));
  reopen();
  const auto team = store->team("tm_1");
  ASSERT_TRUE(team && *team);
  EXPECT_EQ((*team)->plan_tier, "pro");
  EXPECT_EQ((*team)->monthly_quota, 12);
  const auto key = store->key_by_hash("hash-1");
  ASSERT_TRUE(key && *key);
  EXPECT_TRUE((*key)->revoked);
  EXPECT_EQ(store->keys()->size(), 1u);
  EXPECT_FALSE(store->team("tm_2")->has_value());
  EXPECT_FALSE(store->key_by_hash("' or 1=1 --")->has_value());
}

TEST_F(SqliteStoreTest, KeepsSessionsNewestFirst) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(
        store->put_session({text::cat("ses_", i), "tm_1", "ready", "github", "# s", "{}", 100 + i / 2, 200, {}}));
  }
  ASSERT_TRUE(store->put_session({"ses_x", "tm_2", "ready", "github", "", "", 500, 600, {}}));
  // An update must not make a session newer.
  ASSERT_TRUE(store->put_session({"ses_0", "tm_1", "done", "github", "# s", "{}", 100, 200, 150}));
  const auto rows = store->sessions("tm_1", 4);
  ASSERT_TRUE(rows);
  std::string order;
  for (const auto& row : *rows) order += row.id + " ";
  EXPECT_EQ(order, "ses_4 ses_3 ses_2 ses_1 ");
  const auto done = store->session("ses_0");
  ASSERT_TRUE(done && *done);
  EXPECT_EQ((*done)->state, "done");
  EXPECT_EQ((*done)->closed_at, 150);
  EXPECT_EQ((*store->session("ses_1"))->closed_at, std::nullopt);
  EXPECT_EQ(*store->sessions_created_since("tm_1", 101), 3);
  EXPECT_EQ(*store->sessions_created_since("tm_9", 0), 0);
}

TEST_F(SqliteStoreTest, ARunComesBackWithItsDocuments) {
  const std::string bytes("nul \0 and \xff", 11);
  ASSERT_TRUE(store->put_run(run_row("run_1"), {{"events.jsonl", bytes}, {"empty.json", ""}}));
  reopen();
  const auto row = store->run("run_1");
  ASSERT_TRUE(row && *row);
  EXPECT_EQ((*row)->title,
            "A \"title\"; -- with \xc3\xbcn\xc3\xaf"
            "code");
  EXPECT_EQ((*row)->local_score, 90);
  EXPECT_TRUE((*row)->mismatch);
  EXPECT_EQ((*store->run_of_session("ses_1"))->id, "run_1");
  EXPECT_EQ(*store->run_blob("run_1", "events.jsonl"), bytes);
  EXPECT_EQ(*store->run_blob("run_1", "empty.json"), "");
  EXPECT_FALSE(store->run_blob("run_1", "other.json")->has_value());
  EXPECT_EQ(*store->run_blob_names("run_1"), (std::vector<std::string>{"empty.json", "events.jsonl"}));
  EXPECT_TRUE(store->run_blob_names("run_2")->empty());
  EXPECT_FALSE(store->run_blob("run_2", "events.jsonl")->has_value());
}

TEST_F(SqliteStoreTest, StoringARunAgainReplacesAllOfIt) {
  ASSERT_TRUE(store->put_run(run_row("run_1"), {{"a", "1"}, {"b", "1"}}));
  RunRow again = run_row("run_1");
  again.server_score = 50;
  ASSERT_TRUE(store->put_run(again, {{"a", "2"}}));
  EXPECT_EQ((*store->run("run_1"))->server_score, 50);
  EXPECT_EQ(*store->run_blob("run_1", "a"), "2");
  EXPECT_FALSE(store->run_blob("run_1", "b")->has_value());
  EXPECT_EQ(blob_folders(), 1u);
  EXPECT_EQ(store->runs("tm_1", 10)->size(), 1u);
}

TEST_F(SqliteStoreTest, NamesThatCouldLeaveTheFolderAreRefused) {
  for (const auto* name : {"../x", "a/b", "", ".hidden", "..", "a\\b"}) {
    EXPECT_FALSE(store->put_run(run_row("run_1"), {{name, "x"}})) << name;
    EXPECT_FALSE(store->put_run(run_row(name), {})) << name;
    EXPECT_FALSE(store->run("run_1")->has_value());
    EXPECT_EQ(blob_folders(), 0u) << "a run that is not stored leaves nothing";
  }
  ASSERT_TRUE(store->put_run(run_row("run_1"), {{"a", "1"}}));
  EXPECT_FALSE(store->run_blob("run_1", "../../pome.db")->has_value());
}

TEST_F(SqliteStoreTest, DocumentsWithoutARowAreRemovedAtTheNextStart) {
  ASSERT_TRUE(store->put_run(run_row("run_1"), {{"a", "1"}}));
  scratch.write("data/blobs/run_2/events.jsonl", "half");
  ASSERT_EQ(blob_folders(), 2u);
  reopen();
  EXPECT_EQ(blob_folders(), 1u);
  EXPECT_EQ(*store->run_blob("run_1", "a"), "1");
}

TEST_F(SqliteStoreTest, ASecondProcessOnTheSameDataRemovesNothing) {
  scratch.write("data/blobs/run_2/events.jsonl", "being written by the first");
  const auto second = SqliteStore::open(scratch.path() + "/data");
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(blob_folders(), 1u);
  ASSERT_TRUE(store->put_run(run_row("run_1"), {{"a", "1"}}));
  EXPECT_TRUE((*second)->run("run_1")->has_value());
}

TEST_F(SqliteStoreTest, DataOfANewerVersionIsLeftAlone) {
  store.reset();
  ASSERT_TRUE((*Database::open(scratch.path() + "/data/pome.db"))->execute("pragma user_version = 99"));
  const auto opened = SqliteStore::open(scratch.path() + "/data");
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("newer version"), std::string::npos);
}

TEST_F(SqliteStoreTest, AFolderThatCannotBeUsedIsAnError) {
  scratch.write("file", "x");
  const auto opened = SqliteStore::open(scratch.path() + "/file/data");
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("file"), std::string::npos);
}

/// Stores runs without end, telling after each one; killed by the test.
[[noreturn]] void store_until_killed(const std::string& folder, int pipe) {
  auto opened = SqliteStore::open(folder);
  if (!opened) _exit(1);
  const Blobs blobs{
      {"one", std::string(50'000, '1')}, {"two", std::string(50'000, '2')}, {"three", std::string(50'000, '3')}};
  for (std::uint8_t i = 0;; ++i) {
    if (!(*opened)->put_run(run_row(text::cat("run_", static_cast<int>(i))), blobs)) _exit(1);
    if (write(pipe, &i, 1) != 1) _exit(1);
    if (i == 250) pause();
  }
}

TEST_F(SqliteStoreTest, KillingTheProcessLosesNoFinishedRunAndLeavesNoHalfRun) {
  const std::string folder = scratch.path() + "/killed";
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) store_until_killed(folder, ends[1]);
    close(ends[1]);
    std::uint8_t last = 0;
    ASSERT_EQ(read(ends[0], &last, 1), 1);  // at least one run is stored
    std::this_thread::sleep_for(std::chrono::microseconds(700 * round + 300));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (read(ends[0], &last, 1) == 1) {
    }
    close(ends[0]);

    const auto opened = SqliteStore::open(folder);
    ASSERT_TRUE(opened) << opened.error().message;
    for (int i = 0; i <= last; ++i) EXPECT_TRUE((*opened)->run(text::cat("run_", i))->has_value()) << i;
    const auto rows = (*opened)->runs("tm_1", 1000);
    ASSERT_TRUE(rows);
    for (const RunRow& row : *rows) {
      EXPECT_EQ((*opened)->run_blob(row.id, "one")->value_or("").size(), 50'000u) << row.id;
      EXPECT_EQ((*opened)->run_blob(row.id, "three")->value_or("").size(), 50'000u) << row.id;
    }
    std::size_t folders = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder + "/blobs")) ++folders;
    EXPECT_EQ(folders, rows->size());
  }
}

}  // namespace
}  // namespace pome::server
