#include "core/judge/wire.h"

#include <gtest/gtest.h>

#include "core/judge/verdict.h"
#include "tests/support/data.h"

namespace pome::judge {
namespace {

std::string member(const Json& row, std::string_view name) {
  return std::string(json::string_at(row, name).value_or(""));
}

Format format_of(const Json& row) {
  const std::string name = member(row, "format");
  for (const Format format : {Format::openai, Format::anthropic, Format::gemini}) {
    if (format_name(format) == name) return format;
  }
  ADD_FAILURE() << "no format " << name;
  return Format::openai;
}

TEST(JudgeWire, RequestBodiesAreThoseOfEachProtocol) {
  for (const Json& row : test::read_json("tests/data/judge/requests.json")) {
    SCOPED_TRACE(member(row, "name"));
    const std::string model = "vendor/small:1";
    const Ask ask{format_of(row), model, "rules", "{\"criterion\":\"x\"}"};
    const auto body = json::parse(request_body(ask, member(row, "form") == "full" ? Form::full : Form::plain));
    ASSERT_TRUE(body);
    EXPECT_EQ(json::dump(*body, 1), json::dump(json::at(row, "body"), 1));
    EXPECT_EQ(request_path(ask.format, model), member(row, "path"));
  }
}

TEST(JudgeWire, AnswersGiveTextAndTokensOrASentence) {
  for (const Json& row : test::read_json("tests/data/judge/answers.json")) {
    SCOPED_TRACE(member(row, "name"));
    const auto answer = read_answer(format_of(row), json::dump(json::at(row, "body")));
    if (const std::string error = member(row, "error"); !error.empty()) {
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().code, "bad-answer");
      EXPECT_NE(answer.error().message.find(error), std::string::npos) << answer.error().message;
      continue;
    }
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->text, member(row, "text"));
    EXPECT_EQ(answer->tokens_in, json::integer_at(row, "in"));
    EXPECT_EQ(answer->tokens_out, json::integer_at(row, "out"));
  }
  for (const char* body : {"", "<html>busy</html>", "{\"choices\":[", "null"}) {
    EXPECT_FALSE(read_answer(Format::openai, body)) << body;
  }
}

TEST(JudgeWire, RefusalsAreToldApart) {
  const std::vector<std::string> names = {"key", "too_long", "form", "rate", "unavailable", "other"};
  for (const Json& row : test::read_json("tests/data/judge/refusals.json")) {
    SCOPED_TRACE(member(row, "name"));
    const std::string body = member(row, "body");
    const auto refusal = refusal_of(static_cast<int>(json::integer_at(row, "status").value_or(0)), body);
    EXPECT_EQ(names[static_cast<std::size_t>(refusal)], member(row, "refusal"));
    EXPECT_EQ(provider_message(body), member(row, "message"));
  }
  const std::string longer = provider_message("{\"error\":\"" + std::string(5000, 'x') + "\"}");
  EXPECT_LE(longer.size(), 220u);
  EXPECT_TRUE(longer.ends_with("[cut]"));
}

TEST(JudgeVerdict, IsReadStrictlyOrNotAtAll) {
  for (const Json& row : test::read_json("tests/data/judge/verdicts.json")) {
    SCOPED_TRACE(member(row, "name"));
    const auto verdict = parse_verdict(member(row, "text"));
    if (const std::string error = member(row, "error"); !error.empty()) {
      ASSERT_FALSE(verdict);
      EXPECT_EQ(verdict.error().code, "bad-verdict");
      EXPECT_NE(verdict.error().message.find(error), std::string::npos) << verdict.error().message;
      continue;
    }
    ASSERT_TRUE(verdict) << verdict.error().message;
    EXPECT_EQ(status_name(verdict->status), member(row, "status"));
    EXPECT_EQ(verdict->confidence, json::integer_at(row, "confidence"));
    EXPECT_EQ(verdict->reasoning, member(row, "reasoning"));
  }
}

TEST(JudgeVerdict, LongReasoningIsCutAtACharacter) {
  std::string text = "x";  // so that the limit falls inside a character
  for (int i = 0; i < 1000; ++i) text += "\xC3\xBC";
  const auto verdict = parse_verdict("{\"status\":\"pass\",\"confidence\":1,\"reasoning\":\"" + text + "\"}");
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->reasoning.size(), kMaxReasoning - 1);
}

}  // namespace
}  // namespace pome::judge
