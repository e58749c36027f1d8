#include "core/base/json_scanner.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pome {
namespace {

using Token = JsonScanner::Token;

/// One character a token: { } [ ] k s n l, then "." for a proper end or "!" for an error.
std::string tokens_of(std::string_view text) {
  JsonScanner scanner(text);
  std::string out;
  for (;;) {
    const Token token = scanner.next();
    out.push_back("{}[]ksnl.!"[static_cast<std::size_t>(token)]);
    if (token == Token::end || token == Token::error) return out;
  }
}

TEST(JsonScanner, ReadsTokens) {
  EXPECT_EQ(tokens_of(R"({"a":[1,"x",true,null,{}],"b":-1.5e+3})"), "{k[nsll{}]kn}.");
  EXPECT_EQ(tokens_of("[]"), "[].");
  EXPECT_EQ(tokens_of(""), ".");
  EXPECT_EQ(tokens_of("{}\n{\"a\":1}\n"), "{}{kn}.");
}

TEST(JsonScanner, AgreesWithTheParserOnWhatIsJson) {
  for (const std::string_view text : {"1",
                                      "\"a\"",
                                      "[1,2]",
                                      "{\"a\":{}}",
                                      " [ ] ",
                                      "-0",
                                      "0.5",
                                      "1e9",
                                      "\"\\u00e9\\n\"",
                                      "{\"a\" : 1 , \"b\":[[]]}",
                                      "[1,]",
                                      "[,1]",
                                      "{,}",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "[1 2]",
                                      "01",
                                      "1.",
                                      ".5",
                                      "+1",
                                      "1e",
                                      "-",
                                      "tru",
                                      "nul",
                                      "\"",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"a\nb\"",
                                      "[",
                                      "]",
                                      "{",
                                      "}",
                                      "[}",
                                      "{]",
                                      "{\"a\":1",
                                      "[\"a\":1]",
                                      "{1:2}",
                                      "truefalse"}) {
    const std::string tokens = tokens_of(text);
    JsonScanner scanner(text);
    const Token first = scanner.skip();
    const bool one_value = tokens.back() == '.' && first != Token::end && scanner.next() == Token::end;
    EXPECT_EQ(one_value, json::parse(text).has_value()) << text;
  }
}

TEST(JsonScanner, CapsNesting) {
  EXPECT_EQ(tokens_of(std::string(json::kMaxDepth, '[') + std::string(json::kMaxDepth, ']')).back(), '.');
  EXPECT_EQ(tokens_of(std::string(json::kMaxDepth + 1, '[') + std::string(json::kMaxDepth + 1, ']')).back(), '!');
}

TEST(JsonScanner, SkipsWholeValues) {
  JsonScanner scanner(R"({"a": {"x":[1,{"y":2}]} , "b":3})");
  ASSERT_EQ(scanner.next(), Token::begin_object);
  ASSERT_EQ(scanner.next(), Token::key);
  EXPECT_EQ(scanner.text(), "a");
  EXPECT_EQ(scanner.skip(), Token::begin_object);
  EXPECT_EQ(scanner.raw(), R"({"x":[1,{"y":2}]})");
  ASSERT_EQ(scanner.next(), Token::key);
  EXPECT_EQ(scanner.skip(), Token::number);
  EXPECT_EQ(scanner.next(), Token::end_object);
  EXPECT_EQ(scanner.next(), Token::end);
}

TEST(JsonScanner, DecodesStringsLikeTheParser) {
  for (const std::string_view text :
       {R"("")", R"("a\"b\\c\/d\b\f\n\r\t")", R"("\u0041\u00e9\u20ac\ud83c\udf4e")", "\"\xC3\xA9\xF0\x9F\x8D\x8E\""}) {
    JsonScanner scanner(text);
    ASSERT_EQ(scanner.next(), Token::string) << text;
    EXPECT_EQ(scanner.text(), json::parse(text)->get<std::string>()) << text;
  }
  JsonScanner half(R"("\ud83cx")");
  ASSERT_EQ(half.next(), Token::string);
  EXPECT_EQ(half.text(), "\xEF\xBF\xBDx");
}

}  // namespace
}  // namespace pome
