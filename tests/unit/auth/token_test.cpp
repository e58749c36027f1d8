#include <gtest/gtest.h>

#include <string>

#include "core/auth/jwt.h"
#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "tests/support/data.h"

namespace pome::auth {
namespace {

constexpr std::string_view kSecret = "a secret of more than thirty-two bytes, for tests";
constexpr std::int64_t kNow = 1'800'000'000;

/// A token with any header and payload, signed properly.
std::string signed_token(std::string_view header, std::string_view payload, std::string_view secret = kSecret) {
  const std::string data = text::cat(encoding::base64url(header), '.', encoding::base64url(payload));
  return text::cat(data, '.', encoding::base64url(encoding::bytes_view(hash::hmac_sha256(secret, data))));
}

std::string payload_token(std::string_view payload) { return signed_token(R"({"alg":"HS256","typ":"JWT"})", payload); }

TokenError error_of(std::string_view token, std::int64_t now = kNow) {
  const Verified verified = verify_token(token, kSecret, now);
  EXPECT_FALSE(verified.claims) << token;
  return verified.error;
}

Claims sample() { return Claims{"ses_1", "tm_1", "ada", kNow + 60}; }

TEST(Token, RoundTrips) {
  const std::string token = sign_jwt(sample(), kSecret);
  EXPECT_EQ(verify_token(token, kSecret, kNow).claims, sample());
  EXPECT_EQ(verify_token("edt_" + token, kSecret, kNow).claims, sample());
  Claims bare{"ses_1", "", "", std::nullopt};
  EXPECT_EQ(verify_token(sign_jwt(bare, kSecret), kSecret, kNow).claims, bare);
}

// RFC 7515 appendix A.1: the signature over the appendix's own bytes.
TEST(Token, AgreesWithRfc7515) {
  const auto key = encoding::from_base64url(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  ASSERT_TRUE(key);
  const std::string data =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  EXPECT_EQ(encoding::base64url(encoding::bytes_view(hash::hmac_sha256(*key, data))),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  // Signed well, but it names no session.
  const Verified verified = verify_token(data + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", *key, 1'300'000'000);
  EXPECT_FALSE(verified.claims);
  EXPECT_EQ(verified.error, TokenError::malformed);
}

TEST(Token, PinsTheAlgorithm) {
  const std::string payload = R"({"sid":"ses_1"})";
  EXPECT_TRUE(verify_token(signed_token(R"({"alg":"HS256"})", payload), kSecret, kNow).claims);
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"RS256"})", R"({"alg":"HS512"})", R"({"alg":"hs256"})",
        R"({"alg":["HS256"]})", R"({"typ":"JWT"})", "[]", "HS256", "", R"({"alg":"HS256","crit":["x"],"x":1})"}) {
    EXPECT_EQ(error_of(signed_token(header, payload)), TokenError::malformed) << header;
  }
  const std::string none = text::cat(encoding::base64url(R"({"alg":"none"})"), '.', encoding::base64url(payload), '.');
  EXPECT_EQ(error_of(none), TokenError::malformed);
}

TEST(Token, RefusesForgeries) {
  EXPECT_EQ(error_of(signed_token(R"({"alg":"HS256"})", R"({"sid":"ses_1"})", "another secret")),
            TokenError::bad_signature);
  const std::string token = sign_jwt(sample(), kSecret);
  EXPECT_EQ(error_of(token.substr(0, token.size() - 1)), TokenError::bad_signature);
  EXPECT_EQ(error_of(token.substr(0, token.rfind('.') + 1)), TokenError::bad_signature);
  EXPECT_EQ(error_of(token.substr(0, token.rfind('.'))), TokenError::malformed);
  EXPECT_EQ(error_of(token + "="), TokenError::bad_signature);
  EXPECT_EQ(error_of(token + ".x"), TokenError::malformed);
  EXPECT_EQ(error_of(""), TokenError::malformed);
  EXPECT_EQ(error_of("edt_"), TokenError::malformed);
  EXPECT_EQ(error_of(".."), TokenError::malformed);
  EXPECT_EQ(error_of(std::string(100'000, 'a')), TokenError::malformed);
  const Verified without_secret = verify_token(signed_token(R"({"alg":"HS256"})", R"({"sid":"s"})", ""), "", kNow);
  EXPECT_FALSE(without_secret.claims);
}

TEST(Token, EveryFlippedBitIsNoticed) {
  for (const std::string& token : {sign_jwt(sample(), kSecret), sign_github_token("ses_1", kNow + 60, kSecret)}) {
    for (std::size_t at = 0; at < token.size(); ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = token;
        changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1u << bit));
        EXPECT_FALSE(verify_token(changed, kSecret, kNow).claims) << at << '/' << bit;
      }
    }
  }
}

TEST(Token, Dates) {
  EXPECT_TRUE(verify_token(payload_token(R"({"sid":"s","exp":1800000001})"), kSecret, kNow).claims);
  EXPECT_TRUE(verify_token(payload_token(R"({"sid":"s","exp":1800000001.5})"), kSecret, kNow).claims);
  EXPECT_TRUE(verify_token(payload_token(R"({"sid":"s","exp":18446744073709551615})"), kSecret, kNow).claims);
  EXPECT_TRUE(verify_token(payload_token(R"({"sid":"s","exp":1e300})"), kSecret, kNow).claims);
  EXPECT_TRUE(verify_token(payload_token(R"({"sid":"s","nbf":1800000000,"iat":1800000030})"), kSecret, kNow).claims);
  EXPECT_EQ(error_of(payload_token(R"({"sid":"s","exp":1800000000})")), TokenError::expired);
  EXPECT_EQ(error_of(payload_token(R"({"sid":"s","exp":-1e300})")), TokenError::expired);
  EXPECT_EQ(error_of(payload_token(R"({"sid":"s","nbf":1800000001})")), TokenError::expired);
  EXPECT_EQ(error_of(payload_token(R"({"sid":"s","iat":1800000061})")), TokenError::expired);
  EXPECT_EQ(error_of(payload_token(R"({"sid":"s","exp":"1800000001"})")), TokenError::malformed);
  EXPECT_EQ(error_of(payload_token(R"({"sid":"s","nbf":true})")), TokenError::malformed);
}

TEST(Token, NeedsASession) {
  EXPECT_EQ(error_of(payload_token(R"({"team_id":"t"})")), TokenError::malformed);
  EXPECT_EQ(error_of(payload_token(R"({"sid":""})")), TokenError::malformed);
  EXPECT_EQ(error_of(payload_token(R"({"sid":7})")), TokenError::malformed);
  EXPECT_EQ(error_of(payload_token("null")), TokenError::malformed);
  EXPECT_EQ(error_of(payload_token("{")), TokenError::malformed);
}

TEST(Token, ProviderShaped) {
  for (const char* sid : {"ses_1", "standalone", "a", "_9", "x_12345"}) {
    for (const std::optional<std::int64_t> exp :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(kNow + 1)}) {
      const std::string token = sign_github_token(sid, exp, kSecret);
      EXPECT_EQ(token.substr(0, 9), "ghp_pome_");
      const Claims expected{sid, "provider-shaped", "", exp};
      EXPECT_EQ(verify_token(token, kSecret, kNow).claims, expected) << token;
      EXPECT_EQ(verify_token("github_pat_pome_" + token.substr(9), kSecret, kNow).claims, expected);
      EXPECT_EQ(verify_token(token, "other", kNow).error, TokenError::bad_signature);
    }
  }
  EXPECT_EQ(error_of(sign_github_token("ses_1", kNow, kSecret)), TokenError::expired);
  for (const char* token : {"ghp_pome_", "ghp_pome_x", "ghp_pome__0123456789012345678901", "github_pat_pome_",
                            "ghp_pome_!!_0123456789012345678901", "ghp_pome_YQx0123456789012345678901"}) {
    EXPECT_EQ(error_of(token), TokenError::malformed) << token;
  }
  // Neither a longer life nor another session can be written into a token.
  std::string token = sign_github_token("ses_1", kNow, kSecret);
  token.replace(token.find(std::to_string(kNow)), 10, std::to_string(kNow + 100));
  EXPECT_EQ(error_of(token), TokenError::bad_signature);
}

TEST(Authorization, EverySpelling) {
  const Json rows = test::read_json("tests/data/auth/authorization.json");
  ASSERT_FALSE(rows.empty());
  for (const Json& row : rows) {
    const std::optional<std::string> token = token_of_authorization(*json::string_at(row, "header"));
    const auto expected = json::string_at(row, "token");
    EXPECT_EQ(token.has_value(), expected.has_value()) << row;
    if (token && expected) {
      EXPECT_EQ(*token, *expected) << row;
    }
  }
}

}  // namespace
}  // namespace pome::auth
