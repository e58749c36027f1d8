#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/twin/github/model/seed.h"
#include "core/twin/github/model/state_export.h"
#include "tests/support/data.h"
#include "tests/unit/github_rest/twin.h"

/// Runs tests/data/twin/<operation>.json: one file for each operation, each with successes and refusals. A file, or a
/// case of its own, names the seed it starts from.
namespace pome::test {

namespace {

using twin::github::model::export_state;
using twin::github::rest::operations;
using twin::github::rest::Outcome;

constexpr std::string_view kFolder = "tests/data/twin";

std::string file_of(std::string_view operation) {
  return text::cat(kFolder, "/", text::replace_all(std::string(operation), "/", "__"), ".json");
}

void expect_answer(const Json& row, const Outcome& outcome) {
  const http::Response& response = outcome.response;
  EXPECT_EQ(row.at("status").get<int>(), response.status) << response.body;
  if (row.contains("expect")) {
    const Result<Json> body = json::parse(response.body);
    ASSERT_TRUE(body) << response.body;
    std::string where;
    EXPECT_TRUE(matches(row.at("expect"), *body, where)) << "at " << where << " in\n" << json::dump(*body, 1);
  }
  if (row.contains("content")) {
    EXPECT_EQ(row.at("content").get<std::string>(), response.body);
  }
  if (!row.contains("response_headers")) return;
  for (const auto& [name, value] : row.at("response_headers").items()) {
    const auto actual = response.headers.get(name);
    if (value.is_null()) {
      EXPECT_FALSE(actual) << name << ": " << *actual;
    } else {
      EXPECT_EQ(text::replace_all(value.get<std::string>(), "$base", kBase), actual.value_or("(none)")) << name;
    }
  }
}

/// Appends the answer to the file POME_DUMP_ANSWERS names, one JSON object a line, for `node
/// tests/e2e/check_answers.mjs`.
void dump_answer(const http::Request& request, const Outcome& outcome) {
  const char* path = std::getenv("POME_DUMP_ANSWERS");
  if (!path) return;
  std::ofstream file(path, std::ios::app);
  Json line = {{"operation", outcome.operation},
               {"request", text::cat(request.method, " ", request.path)},
               {"accept", request.headers.get("accept").value_or("")},
               {"status", outcome.response.status},
               {"type", outcome.response.headers.get("content-type").value_or("")},
               {"body", outcome.response.body}};
  file << json::dump(line) << '\n';
}

/// What holds for every call: purity, refusals and reads without effect, HEAD, conditional GET.
void expect_invariants(const Twin& before, const Twin& after, const http::Request& request, const std::string& login,
                       const Outcome& outcome) {
  const http::Response& response = outcome.response;
  Twin again = before;
  const Outcome repeated = again.send(request, login);
  EXPECT_EQ(response.headers, repeated.response.headers);
  EXPECT_EQ(response.body, repeated.response.body);
  EXPECT_EQ(export_state(after.world), export_state(again.world));
  const bool read = request.method == "GET";
  if (read || response.status >= 400) {
    EXPECT_TRUE(outcome.changes.empty());
    EXPECT_EQ(export_state(before.world), export_state(after.world));
  }
  if (response.status >= 400) {
    const Result<Json> body = json::parse(response.body);
    ASSERT_TRUE(body);
    EXPECT_EQ(text::cat(response.status), json::string_at(*body, "status").value_or(""));
    EXPECT_TRUE(json::string_at(*body, "documentation_url"));
  }
  if (!read) return;
  Twin heads = before;
  http::Request head = request;
  head.method = "HEAD";
  const Outcome headed = heads.send(head, login);
  EXPECT_EQ(response.status, headed.response.status);
  EXPECT_EQ("", headed.response.body);
  EXPECT_EQ(outcome.operation, headed.operation);
  if (response.status != 200) return;
  Twin cached = before;
  http::Request conditional = request;
  conditional.headers.set("if-none-match", response.headers.get("etag").value_or("none"));
  const Outcome unchanged = cached.send(conditional, login);
  EXPECT_EQ(304, unchanged.response.status);
  EXPECT_EQ("", unchanged.response.body);
}

void run_case(const Json& row, std::string_view operation, std::string_view seed) {
  Twin twin(seed);
  if (row.contains("given")) {
    for (const Json& step : row.at("given")) {
      const Outcome outcome = twin.send(request_of(step), actor_of(step));
      ASSERT_LT(outcome.response.status, 400) << step.at("request") << "\n" << outcome.response.body;
    }
  }
  const Twin before = twin;
  const http::Request request = request_of(row);
  const Outcome outcome = twin.send(request, actor_of(row));
  dump_answer(request, outcome);
  EXPECT_EQ(operation, outcome.operation);
  expect_answer(row, outcome);
  expect_invariants(before, twin, request, actor_of(row), outcome);
  if (!row.contains("then")) return;
  for (const Json& step : row.at("then")) {
    SCOPED_TRACE(step.at("request").get<std::string>());
    expect_answer(step, twin.send(request_of(step), actor_of(step)));
  }
}

class RowTest : public testing::Test {
 public:
  RowTest(std::string operation, std::string seed, Json row)
      : operation_(std::move(operation)), seed_(std::move(seed)), row_(std::move(row)) {}
  void TestBody() override { run_case(row_, operation_, seed_); }

 private:
  std::string operation_;
  std::string seed_;
  Json row_;
};

/// One GoogleTest for each case: `TwinRows.issues__create/title_only`.
bool register_rows() {
  for (const auto& info : operations()) {
    const std::string operation(info.operation);
    const std::string file = file_of(operation);
    const Json document = read_json(file);
    for (const Json& row : document.at("cases")) {
      const std::string seed = row.value("seed", document.value("seed", "world"));
      const std::string name =
          text::cat(text::replace_all(operation, "/", "__"), "/", row.at("name").get<std::string>());
      testing::RegisterTest("TwinRows", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [operation, seed, row]() -> testing::Test* { return new RowTest(operation, seed, row); });
    }
  }
  return true;
}

const bool kRegistered = register_rows();

TEST(TwinRowFiles, OneForEachOperationAndNoneLeftOver) {
  ASSERT_TRUE(kRegistered);
  std::set<std::string> expected;
  for (const auto& info : operations()) expected.insert(file_of(info.operation));
  const std::vector<std::string> found = list_files(kFolder, ".json");
  EXPECT_EQ(expected, std::set<std::string>(found.begin(), found.end()));
}

TEST(TwinRowFiles, EachShowsASuccessAndARefusal) {
  for (const std::string& file : list_files(kFolder, ".json")) {
    const Json document = read_json(file);
    int successes = 0;
    int refusals = 0;
    std::set<std::string> names;
    for (const Json& row : document.at("cases")) {
      ++(row.at("status").get<int>() < 400 ? successes : refusals);
      EXPECT_TRUE(names.insert(row.at("name").get<std::string>()).second) << file << ": " << row.at("name");
    }
    EXPECT_GT(successes, 0) << file;
    EXPECT_TRUE(refusals > 0 || document.contains("never_refused")) << file;
  }
}

/// Worlds copied from one seed share their rows. After all the rows above, each seed's world is what it was.
TEST(TwinRowSeeds, NoRowChangedTheWorldItsTwinWasCopiedFrom) {
  for (const std::string& name : seed_names()) {
    const auto fresh = twin::github::model::build_world(read_file(text::cat(kFolder, "/seed/", name, ".json")));
    ASSERT_TRUE(fresh.world) << name;
    EXPECT_EQ(export_state(row_world(name)), export_state(*fresh.world)) << name;
  }
}

}  // namespace

}  // namespace pome::test
