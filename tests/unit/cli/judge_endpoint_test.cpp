#include "tools/cli/judge_endpoint.h"

#include <gtest/gtest.h>

#include "core/base/text.h"
#include "tools/cli/judge_client.h"

namespace pome::cli {
namespace {

std::string resolved(const Variables& own, std::string_view model = "") {
  const auto endpoint = resolve_judge(own, model);
  if (!endpoint) return endpoint.error().code + ": " + endpoint.error().message;
  return text::cat(judge::format_name(endpoint->format), " ", endpoint->base_url, " ", endpoint->model, " ",
                   endpoint->key, " ", endpoint->key_name);
}

TEST(ResolveJudge, TakesTheFirstKeyThatIsSet) {
  Variables own = {{"GEMINI_API_KEY", "g"}};
  EXPECT_EQ(resolved(own), "gemini https://generativelanguage.googleapis.com gemini-2.5-flash g GEMINI_API_KEY");
  own["ANTHROPIC_API_KEY"] = "a";
  EXPECT_EQ(resolved(own), "anthropic https://api.anthropic.com claude-haiku-4-5 a ANTHROPIC_API_KEY");
  own["OPENAI_API_KEY"] = " o\n";
  EXPECT_EQ(resolved(own), "openai https://api.openai.com/v1 gpt-4o-mini o OPENAI_API_KEY");
  own["OPENAI_BASE_URL"] = "https://proxy.example/v1/";
  EXPECT_EQ(resolved(own, "big"), "openai https://proxy.example/v1 big o OPENAI_API_KEY");
  own["POME_LLM_BASE_URL"] = "https://llm.example/v1";
  own["POME_LLM_API_KEY"] = "p";
  own["POME_LLM_MODEL"] = "m";
  EXPECT_EQ(resolved(own), "openai https://llm.example/v1 m p POME_LLM_API_KEY");
}

TEST(ResolveJudge, LocalEndpointsNeedNoKey) {
  const std::string expected = "openai http://127.0.0.1:11434/v1 m  POME_LLM_API_KEY";
  EXPECT_EQ(resolved({{"POME_LLM_BASE_URL", "http://127.0.0.1:11434/v1/"}, {"POME_LLM_MODEL", "m"}}), expected);
  EXPECT_EQ(resolved({{"POME_LLM_BASE_URL", "http://127.0.0.1:11434/v1"}}, "m"), expected);
  for (const char* url : {"http://localhost:1234/v1", "http://[::1]:1/v1", "https://localhost/v1"}) {
    EXPECT_TRUE(resolve_judge({{"POME_LLM_BASE_URL", url}, {"POME_LLM_MODEL", "m"}}, "")) << url;
  }
}

TEST(ResolveJudge, HalfAndUnsafeSettingsAreUsageErrorsWithoutTheKey) {
  const std::pair<Variables, std::string> rows[] = {
      {{}, "--judge needs a model to ask"},
      {{{"OPENAI_API_KEY", " "}}, "--judge needs a model to ask"},
      {{{"POME_LLM_API_KEY", "s3cret-key"}}, "POME_LLM_API_KEY is set without POME_LLM_BASE_URL"},
      {{{"POME_LLM_MODEL", "m"}, {"OPENAI_API_KEY", "o"}}, "POME_LLM_MODEL is set without POME_LLM_BASE_URL"},
      {{{"POME_LLM_BASE_URL", "https://llm.example"}, {"POME_LLM_API_KEY", "s3cret-key"}}, "without POME_LLM_MODEL"},
      {{{"POME_LLM_BASE_URL", "https://llm.example"}, {"POME_LLM_MODEL", "m"}}, "without POME_LLM_API_KEY"},
      {{{"POME_LLM_BASE_URL", "http://llm.example"}, {"POME_LLM_MODEL", "m"}, {"POME_LLM_API_KEY", "s3cret-key"}},
       "uses http:// to another machine"},
      {{{"POME_LLM_BASE_URL", "http://127.0.0.1.evil.example"},
        {"POME_LLM_MODEL", "m"},
        {"POME_LLM_API_KEY", "s3cret-key"}},
       "uses http:// to another machine"},
      {{{"OPENAI_BASE_URL", "http://10.0.0.1/v1"}, {"OPENAI_API_KEY", "s3cret-key"}},
       "uses http:// to another machine"},
      {{{"OPENAI_BASE_URL", "https://me:s3cret-key@llm.example"}, {"OPENAI_API_KEY", "o"}}, "an address alone"},
      {{{"OPENAI_BASE_URL", "https://llm.example/?key=s3cret-key"}, {"OPENAI_API_KEY", "o"}}, "an address alone"},
      {{{"OPENAI_BASE_URL", "ftp://llm.example"}, {"OPENAI_API_KEY", "o"}}, "must be an https:// URL"},
      {{{"OPENAI_BASE_URL", "llm.example"}, {"OPENAI_API_KEY", "o"}}, "must be an https:// URL"},
      {{{"OPENAI_API_KEY", "s3cret-key\r\nx-evil: 1"}}, "OPENAI_API_KEY holds characters"}};
  for (const auto& [own, message] : rows) {
    const std::string answer = resolved(own);
    EXPECT_TRUE(answer.starts_with("usage: ")) << answer;
    EXPECT_TRUE(text::contains(answer, message)) << answer;
    EXPECT_FALSE(text::contains(answer, "s3cret")) << answer;
  }
  EXPECT_TRUE(resolved({{"OPENAI_API_KEY", "o"}}, "a b").starts_with("usage: "));
}

TEST(JudgeCacheFolder, FollowsTheUsersCacheFolder) {
  EXPECT_EQ(judge_cache_folder({{"HOME", "/h"}}), "/h/.cache/pome/judge");
  EXPECT_EQ(judge_cache_folder({{"HOME", "/h"}, {"XDG_CACHE_HOME", "/c"}}), "/c/pome/judge");
  EXPECT_EQ(judge_cache_folder({{"HOME", "/h"}, {"XDG_CACHE_HOME", "relative"}}), "/h/.cache/pome/judge");
  EXPECT_EQ(judge_cache_folder({}), "");
}

}  // namespace
}  // namespace pome::cli
