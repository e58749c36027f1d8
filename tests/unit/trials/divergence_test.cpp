#include "core/trials/divergence.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/text.h"

namespace pome::trials {
namespace {

/// A tape of one session; %S stands for its id, %H for its host. Every row gets times and ids of its own.
std::string tape(std::string_view session, std::string_view host, std::vector<std::string> rows) {
  std::string out;
  for (const std::string& row : rows) {
    std::string text = text::replace_all(text::replace_all(row, "%S", session), "%H", host);
    out += text::cat("{\"kind\":\"TwinHttpEvent\",\"ts\":\"", host, "\",\"request_id\":\"", session,
                     "\",\"latency_ms\":", session.size(), ",\"run_id\":\"", session, "\",", text, "}\n");
  }
  return out;
}

std::string row(std::string_view method, std::string_view path, int status, std::string_view body = "null",
                std::string_view answer = "null") {
  return text::cat("\"method\":\"", method, "\",\"path\":\"/s/%S", path, "\",\"status\":", status,
                   ",\"request_body\":", body, ",\"response_body\":", answer);
}

Divergence found(std::vector<std::string> a, std::vector<std::string> b) {
  const auto result = first_divergence(tape("run_0123456789ab", "127.0.0.1:1", std::move(a)),
                                       tape("run_0123456789abcdef-longer", "127.0.0.1:22222", std::move(b)));
  EXPECT_TRUE(result) << result.error().message;
  EXPECT_TRUE(*result) << "the tapes are alike";
  return result && *result ? **result : Divergence{};
}

bool alike(std::vector<std::string> a, std::vector<std::string> b) {
  const auto result = first_divergence(tape("run_0123456789ab", "127.0.0.1:1", std::move(a)),
                                       tape("run_0123456789abcdef-longer", "127.0.0.1:22222", std::move(b)));
  EXPECT_TRUE(result) << result.error().message;
  return result && !*result;
}

TEST(Divergence, AddressesAndIdsOfTheSessionAreNone) {
  const std::string links =
      R"({"url":"http://%H/s/%S/user","html_url":"https://github.com/x","note":"run %S said /s/%S"})";
  EXPECT_TRUE(alike({row("GET", "/user", 200, "null", links)}, {row("GET", "/user", 200, "null", links)}));
  EXPECT_TRUE(alike({}, {}));
}

TEST(Divergence, AShortSessionIdIsAWordLikeOthers) {
  const std::vector<std::string> rows = {row("POST", "/a", 201, R"({"ref":"main"})")};
  const auto result = first_divergence(tape("main", "h:1", rows), tape("run_0123456789ab", "h:2", rows));
  ASSERT_TRUE(result);
  EXPECT_FALSE(*result);
}

TEST(Divergence, AnotherRequest) {
  const Divergence method =
      found({row("GET", "/user", 200), row("GET", "/a", 200)}, {row("GET", "/user", 200), row("PUT", "/a", 200)});
  EXPECT_EQ(method.index, 2U);
  EXPECT_EQ(method.kind, DivergenceKind::request);
  EXPECT_EQ(method.a->method, "GET");
  EXPECT_EQ(method.b->method, "PUT");
  ASSERT_TRUE(method.before);
  EXPECT_EQ(method.before->path, "/user");

  const Divergence query = found({row("GET", "/a", 200) + ",\"query\":\"page=1\""}, {row("GET", "/a", 200)});
  EXPECT_EQ(query.kind, DivergenceKind::request);
  EXPECT_EQ(query.a->path, "/a?page=1");
  EXPECT_FALSE(query.before);
}

TEST(Divergence, AnotherBody) {
  const Divergence changed = found({row("POST", "/a", 201, R"({"labels":["bug","p1"],"title":"x"})")},
                                   {row("POST", "/a", 201, R"({"title":"x","labels":["bug","p2"]})")});
  EXPECT_EQ(changed.kind, DivergenceKind::body);
  EXPECT_EQ(changed.pointer, "/labels/1");
  EXPECT_EQ(changed.a_value, "\"p1\"");
  EXPECT_EQ(changed.b_value, "\"p2\"");

  const Divergence more =
      found({row("POST", "/a", 201, R"({"labels":["bug"]})")}, {row("POST", "/a", 201, R"({"labels":["bug",null]})")});
  EXPECT_EQ(more.pointer, "/labels/1");
  EXPECT_EQ(more.a_value, "");
  EXPECT_EQ(more.b_value, "null");

  const Divergence member = found({row("POST", "/a", 201, R"({"a/b":1})")}, {row("POST", "/a", 201, R"({})")});
  EXPECT_EQ(member.pointer, "/a~1b");
  EXPECT_EQ(found({row("POST", "/a", 201, "null")}, {row("POST", "/a", 201, "{}")}).pointer, "");
}

TEST(Divergence, AnotherStatusThenAnotherAnswer) {
  EXPECT_EQ(found({row("GET", "/a", 200)}, {row("GET", "/a", 404, "null", R"({"message":"Not Found"})")}).kind,
            DivergenceKind::status);
  const Divergence answer =
      found({row("GET", "/a", 200, "null", R"({"n":1})")}, {row("GET", "/a", 200, "null", R"({"n":2})")});
  EXPECT_EQ(answer.kind, DivergenceKind::answer);
  EXPECT_EQ(answer.pointer, "/n");
}

TEST(Divergence, AnEarlierEnd) {
  const Divergence end = found({row("GET", "/a", 200)}, {row("GET", "/a", 200), row("PUT", "/b", 204)});
  EXPECT_EQ(end.kind, DivergenceKind::end);
  EXPECT_EQ(end.index, 2U);
  EXPECT_FALSE(end.a);
  EXPECT_EQ(end.b->path, "/b");
  EXPECT_EQ(end.before->path, "/a");
}

TEST(Divergence, LongValuesAreShortened) {
  const std::string body = text::cat("{\"body\":\"", std::string(5000, 'x'), "\"}");
  const Divergence value = found({row("POST", "/a", 201, body)}, {row("POST", "/a", 201, R"({"body":"y"})")});
  EXPECT_LT(value.a_value.size(), 200U);
  EXPECT_TRUE(value.a_value.ends_with("..."));
}

TEST(Divergence, OtherEventsAreNotCalls) {
  const std::string other = "{\"kind\":\"LlmCallEvent\",\"model\":\"m\"}\n";
  const auto result =
      first_divergence(other + tape("a", "h", {row("GET", "/a", 200)}), tape("b", "h", {row("GET", "/a", 200)}));
  ASSERT_TRUE(result);
  EXPECT_FALSE(*result);
}

TEST(Divergence, BrokenTapesNameTheLine) {
  const std::string good = tape("a", "h", {row("GET", "/a", 200)});
  for (const std::string& bad : {good + "{\"cut", good + "17\n", std::string("[{]")}) {
    const auto result = first_divergence(good, bad);
    ASSERT_FALSE(result) << bad;
  }
  EXPECT_NE(first_divergence(good, good + "{\"cut").error().message.find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace pome::trials
