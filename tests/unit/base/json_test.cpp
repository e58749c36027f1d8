#include "core/base/json.h"

#include <gtest/gtest.h>

#include <optional>

#include "core/base/json_writer.h"
#include "core/base/pointer.h"

namespace pome {
namespace {

TEST(Json, ReportsWhereTheTextIsWrong) {
  const Result<Json> bad = json::parse("{\n  \"a\": tru\n}");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, "bad-json");
  EXPECT_EQ(bad.error().message.substr(0, 8), "line 2, ");
  ASSERT_FALSE(json::parse("{\"a\":"));
  EXPECT_NE(json::parse("{\"a\":").error().message.find("ends too early"), std::string::npos);
  EXPECT_FALSE(json::parse(""));
  EXPECT_FALSE(json::parse("\"\xFF\""));
}

TEST(Json, CapsNesting) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(json::parse(nested(json::kMaxDepth)));
  EXPECT_FALSE(json::parse(nested(json::kMaxDepth + 1)));
  EXPECT_TRUE(json::parse("\"" + std::string(100, '[') + "\""));
}

TEST(Json, LastDuplicateKeyWins) { EXPECT_EQ(json::at(*json::parse("{\"a\":1,\"a\":2}"), "a"), 2); }

TEST(Json, ReadsByType) {
  const Json value = *json::parse("{\"s\":\"x\",\"i\":7,\"b\":true,\"n\":null}");
  EXPECT_EQ(json::string_at(value, "s"), "x");
  EXPECT_EQ(json::integer_at(value, "i"), 7);
  EXPECT_EQ(json::bool_at(value, "b"), true);
  EXPECT_FALSE(json::string_at(value, "i"));
  EXPECT_FALSE(json::string_at(value, "missing"));
  EXPECT_TRUE(json::at(value, "n").is_null());
}

TEST(JsonWriter, WritesInOrder) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().field("b", 1).field("a", "x\"\n").field("none", std::optional<int>()).field("yes", true);
  writer.key("list").begin_array().value(1).value("two").begin_object().end_object().end_array().end_object();
  EXPECT_EQ(out, R"({"b":1,"a":"x\"\n","none":null,"yes":true,"list":[1,"two",{}]})");
  EXPECT_TRUE(json::parse(out));
}

TEST(JsonWriter, PrettyPrintsLikeTheParserLibrary) {
  std::string out;
  JsonWriter writer(out, 2);
  writer.begin_object().key("a").begin_array().value(1).begin_object().field("b", 2).end_object().end_array();
  writer.key("e").begin_array().end_array().key("o").begin_object().end_object().end_object();
  EXPECT_EQ(out, json::dump(*json::parse(out), 2));
}

TEST(JsonWriter, EscapesLikeTheParserLibrary) {
  for (int byte = 0; byte < 128; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    std::string out;
    append_json_string(out, text);
    ASSERT_TRUE(json::parse(out)) << byte;
    EXPECT_EQ(json::parse(out)->get<std::string>(), text);
  }
  std::string out;
  append_json_string(out, "a\xC3\xA9\xFF\xF0\x9F\x8D\x8E");
  EXPECT_EQ(out, "\"a\xC3\xA9\xEF\xBF\xBD\xF0\x9F\x8D\x8E\"");
}

TEST(Pointer, BuildsAndResolves) {
  const Json document = *json::parse(R"({"a/b":[{"m~n":5}]})");
  const std::string address = pointer::child(pointer::child(pointer::child("", "a/b"), 0), "m~n");
  EXPECT_EQ(address, "/a~1b/0/m~0n");
  ASSERT_NE(pointer::resolve(document, address), nullptr);
  EXPECT_EQ(*pointer::resolve(document, address), 5);
  EXPECT_EQ(pointer::resolve(document, ""), &document);
  for (const std::string_view bad : {"/x", "/a~1b/1", "/a~1b/00", "/a~1b/-1", "a"})
    EXPECT_EQ(pointer::resolve(document, bad), nullptr) << bad;
}

}  // namespace
}  // namespace pome
