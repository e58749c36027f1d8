#include "tests/unit/twin_session/support.h"

namespace pome::twin {
namespace {

constexpr std::string_view kRepositories = R"("repositories":[{"owner":"acme","name":"api"}]})";

std::string seed_with(std::string_view rules) { return text::cat("{\"rate_limit\":", rules, ",", kRepositories); }

std::string header(const http::Response& response, std::string_view name) {
  return std::string(response.headers.get(name).value_or("(none)"));
}

TEST(RateLimits, TheBudgetComesBackWhenTheWindowEnds) {
  Client client(test_config(), seed_with(R"({"limit":3,"remaining":1,"reset_after":90})"));
  const http::Response first = client.call("GET", "/user");
  EXPECT_EQ(first.status, 200);
  const std::string reset = header(first, "x-ratelimit-reset");
  EXPECT_EQ(reset, text::cat(client.environment.seconds() + 90));
  client.environment.pass(89);
  const http::Response refused = client.call("GET", "/user");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(message_of(refused).find("API rate limit exceeded for user ID "), 0u);
  EXPECT_EQ(header(refused, "x-ratelimit-reset"), reset);
  client.environment.pass(1);
  const http::Response again = client.call("GET", "/user");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(header(again, "x-ratelimit-remaining"), "2");
  EXPECT_EQ(header(again, "x-ratelimit-reset"), text::cat(client.environment.seconds() + 90));
}

TEST(RateLimits, TheSecondaryLimitLastsAMinute) {
  Client client(test_config(), seed_with(R"({"points_per_minute":6,"retry_after":17})"));
  EXPECT_EQ(client.call("POST", "/repos/acme/api/issues", R"({"title":"x"})").status, 201);
  EXPECT_EQ(client.call("GET", "/user").status, 200);
  const http::Response refused = client.call("GET", "/user");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(header(refused, "retry-after"), "17");
  EXPECT_EQ(message_of(refused).find("You have exceeded a secondary rate limit."), 0u);
  client.environment.pass(60);
  EXPECT_EQ(client.call("GET", "/user").status, 200);
}

TEST(RateLimits, ARefusedCallChangesNothingAndIsOnTheTapeAsAnswered) {
  Client client(test_config(), seed_with(R"({"limit":1,"reset_after":60})"));
  client.call("GET", "/user");
  const std::string before = client.session->state();
  const http::Response refused = client.call("POST", "/repos/acme/api/issues", R"({"title":"x"})");
  client.environment.pass(60);
  EXPECT_EQ(client.session->state(), before);
  const Json row = client.events()[1];
  EXPECT_EQ(row["status"], 403);
  EXPECT_EQ(row["operation"], "issues/create");
  EXPECT_EQ(row["state_mutation"], false);
  EXPECT_EQ(row["response_body"], *json::parse(refused.body));
  EXPECT_EQ(client.call("GET", "/user").status, 200);
  client.session->reset();
  EXPECT_EQ(client.call("GET", "/user").status, 200);
  EXPECT_EQ(client.call("GET", "/user").status, 403) << "a reset starts the budget over";
}

TEST(RateLimits, WithoutASeedThatAsksNothingIsRefused) {
  Client client;
  for (int i = 0; i < 5100; ++i) ASSERT_EQ(client.call("GET", "/rate_limit").status, 200);
  const http::Response response = client.call("GET", "/user");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "x-ratelimit-remaining"), "0");
}

}  // namespace
}  // namespace pome::twin
