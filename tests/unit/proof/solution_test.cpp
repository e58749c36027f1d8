#include "core/proof/solution.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/text.h"
#include "core/proof/placeholders.h"
#include "core/proof/record.h"
#include "tests/support/data.h"

namespace pome::proof {
namespace {

TEST(Solution, SaysWhereItIsWrong) {
  for (const Json& row : test::read_json("tests/data/proof/bad_solutions.json")) {
    SCOPED_TRACE(row.at("name").get<std::string>());
    const auto solution = read_solution(row.at("text").get<std::string>());
    ASSERT_FALSE(solution.has_value());
    EXPECT_EQ(solution.error().code, "bad-solution");
    EXPECT_TRUE(text::contains(solution.error().message, row.at("error").get<std::string>()))
        << solution.error().message;
    if (row.contains("where")) {
      EXPECT_EQ(solution.error().where, row.at("where").get<std::string>());
    }
  }
}

TEST(Solution, IsBounded) {
  const std::string huge = R"({"version":1,"calls":[{"method":"POST","path":"/gists","body":")" +
                           std::string(std::size_t{10} << 20, 'x') + R"("}]})";
  const auto too_long = read_solution(huge);
  ASSERT_FALSE(too_long.has_value());
  EXPECT_TRUE(text::contains(too_long.error().message, "8 MiB"));

  std::string endless = R"({"version":1,"calls":[)";
  for (std::size_t i = 0; i < kMaxCalls; ++i) endless += R"({"method":"GET","path":"/user"},)";
  EXPECT_TRUE(read_solution(endless.substr(0, endless.size() - 1) + "]}").has_value());
  const auto too_many = read_solution(endless + R"({"method":"GET","path":"/user"}]})");
  ASSERT_FALSE(too_many.has_value());
  EXPECT_TRUE(text::contains(too_many.error().message, "at most 500 calls, this one has 501"));

  const auto too_deep = read_solution(R"({"version":1,"calls":)" + std::string(100, '[') + std::string(100, ']') + "}");
  EXPECT_FALSE(too_deep.has_value());
}

TEST(Solution, IsWrittenAsItIsRead) {
  const std::string text = R"({"version": 1, "calls": [
    {"method": "GET", "path": "/repos/acme/api/issues?state=open", "expect": 200},
    {"method": "POST", "path": "/repos/acme/api/issues", "headers": {"accept": "application/json"},
     "body": {"title": "A \"title\"", "labels": ["bug"]}, "as": "alice", "expect": 201}]})";
  const auto read = read_solution(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->calls.size(), 2u);
  EXPECT_EQ(read->calls[1].as, "alice");
  const auto again = read_solution(solution_json(*read));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(*again, *read);
  EXPECT_EQ(*read_solution(solution_json({})), Solution());
}

TEST(Placeholders, StandForEarlierAnswers) {
  const Answers answers = {Json{{"sha", "abc"}, {"commit", {{"id", 7}}}}, Json::array({Json{{"id", 9}}}), Json()};
  EXPECT_EQ(*fill_text("/x/{{1.sha}}/{{ 1.commit.id }}?a={{2.0.id}}", answers), "/x/abc/7?a=9");
  EXPECT_EQ(*fill_text("plain {{", answers), "plain {{");
  EXPECT_EQ(*fill_json(R"({"id":"{{2.0.id}}","text":"no. {{2.0.id}}","list":["{{1.commit}}"]})", answers),
            R"({"id":9,"list":[{"id":7}],"text":"no. 9"})");
  for (const std::string_view wrong :
       {"{{4.sha}}", "{{0.sha}}", "{{sha}}", "{{}}", "{{1.commit.sha}}", "{{2.1.id}}", "{{3.id}}", "{{1.sha.x}}"}) {
    const auto filled = fill_text(wrong, answers);
    ASSERT_FALSE(filled.has_value()) << wrong;
    EXPECT_EQ(filled.error().code, "bad-placeholder");
  }
}

TEST(Record, KeepsWhatWroteAndRefersToEarlierAnswers) {
  const std::string digest(40, 'a');
  const std::string tape =
      R"({"kind":"TwinHttpEvent","method":"GET","path":"/s/run_1/repos/acme/api","status":200,"response_body":{"id":1100000001}})"
      "\n"
      R"({"kind":"TwinHttpEvent","method":"POST","path":"/s/run_1/repos/acme/api/issues/1/comments","status":201,"request_body":{"body":"Hi"},"response_body":{"id":3600000001}})"
      "\n"
      R"({"kind":"TwinHttpEvent","method":"POST","path":"/s/run_1/repos/acme/api/git/blobs","status":201,"request_body":{"content":"x"},"response_body":{"sha":")" +
      digest +
      R"("}})"
      "\n"
      R"({"kind":"TwinHttpEvent","method":"POST","path":"/s/run_1/repos/acme/api/labels","status":422,"request_body":{}})"
      "\n"
      R"({"kind":"TwinHttpEvent","method":"PATCH","path":"/s/run_1/repos/acme/api/issues/comments/3600000001","status":200,"request_body":{"body":"See","sha":")" +
      digest + "\"}}\n" + R"({"kind":"TapeTruncatedEvent","dropped":3})" + "\n";
  const auto solution = record(tape);
  ASSERT_TRUE(solution.has_value()) << solution.error().message;
  ASSERT_EQ(solution->calls.size(), 3u);
  EXPECT_EQ(solution->calls[0].path, "/repos/acme/api/issues/1/comments");
  EXPECT_EQ(solution->calls[0].expect, 201);
  EXPECT_EQ(solution->calls[2].path, "/repos/acme/api/issues/comments/{{1.id}}");
  EXPECT_EQ(*solution->calls[2].body, R"({"body":"See","sha":"{{2.sha}}"})");
  EXPECT_TRUE(read_solution(solution_json(*solution)).has_value());
  EXPECT_EQ(record("{").error().code, "bad-tape");
  EXPECT_TRUE(record("")->calls.empty());
}

}  // namespace
}  // namespace pome::proof
