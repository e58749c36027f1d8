#include "core/auth/resolver.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/data.h"

namespace pome::auth {
namespace {

constexpr const char* kPath = "/home/ada/.pome/credentials.json";

std::optional<std::string> member(const Json& row, std::string_view name) {
  const auto value = json::string_at(row, name);
  return value ? std::optional<std::string>(std::string(*value)) : std::nullopt;
}

unsigned mode_of(const Json& row) {
  unsigned mode = 0;
  for (const char c : json::string_at(row, "mode").value_or("0600")) mode = mode * 8 + static_cast<unsigned>(c - '0');
  return mode;
}

CredentialInputs inputs_of(const Json& row) {
  CredentialInputs inputs;
  inputs.env_api_key = member(row, "env_api_key");
  inputs.env_api_url = member(row, "env_api_url");
  inputs.env_dashboard_url = member(row, "env_dashboard_url");
  inputs.flag_api_url = member(row, "flag_api_url");
  inputs.flag_dashboard_url = member(row, "flag_dashboard_url");
  if (const auto content = member(row, "file")) inputs.file = CredentialsFile{kPath, *content, mode_of(row)};
  inputs.expected_path = kPath;
  return inputs;
}

void check_failure(const Json& row, const Result<Credentials>& result) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, *member(row, "error"));
  for (const Json& part : json::at(row, "says")) {
    EXPECT_TRUE(text::contains(result.error().message, part.get<std::string>())) << result.error().message;
  }
  for (const Json& part : json::at(row, "hides")) {
    EXPECT_FALSE(text::contains(result.error().message, part.get<std::string>())) << result.error().message;
  }
}

TEST(Resolver, Rows) {
  const Json rows = test::read_json("tests/data/auth/resolver.json");
  ASSERT_GT(rows.size(), 40u);
  for (const Json& row : rows) {
    SCOPED_TRACE(*member(row, "name"));
    const Result<Credentials> result = resolve(inputs_of(row));
    if (row.contains("error")) {
      check_failure(row, result);
      continue;
    }
    ASSERT_TRUE(result) << result.error().message;
    if (const auto key = member(row, "key")) {
      EXPECT_EQ(result->api_key, *key);
    }
    if (const auto url = member(row, "url")) {
      EXPECT_EQ(result->api_url, *url);
    }
    if (const auto team = member(row, "team")) {
      EXPECT_EQ(result->team_id, *team);
    }
    if (const auto url = member(row, "dashboard")) {
      EXPECT_EQ(result->dashboard_url, *url);
    }
    if (const auto source = member(row, "source")) {
      EXPECT_EQ(result->source == KeySource::environment ? "environment" : "file", *source);
    }
  }
}

TEST(Resolver, LoginNeedsNoKeyAndSurvivesABrokenFile) {
  CredentialInputs inputs;
  inputs.expected_path = kPath;
  EXPECT_EQ(*resolve_api_url(inputs), kDefaultApiUrl);
  EXPECT_EQ(*resolve_dashboard_url(inputs), kDefaultDashboardUrl);
  inputs.file = CredentialsFile{kPath, R"({"api_url":"https://stored.example/"})", 0600};
  EXPECT_EQ(*resolve_api_url(inputs), "https://stored.example");
  inputs.file->content = "{";
  EXPECT_EQ(*resolve_api_url(inputs), kDefaultApiUrl);
  inputs.flag_api_url = "nonsense";
  ASSERT_FALSE(resolve_api_url(inputs));
  EXPECT_EQ(resolve_api_url(inputs).error().code, "bad-url");
}

}  // namespace
}  // namespace pome::auth
