#include "core/base/hash.h"
#include "core/base/time.h"
#include "tests/unit/control/support.h"

namespace pome::control {
namespace {

using AccessTest = ControlTest;

TEST_F(AccessTest, TheFirstKeyComesOnceAndOnlyItsHashStays) {
  EXPECT_EQ(key.substr(0, 4), "pme_");
  EXPECT_GE(key.size(), 40u);
  const auto again = plane->ensure_first_key("second");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->has_value());
  ASSERT_EQ(store.api_keys.size(), 1u);
  const ApiKey& row = store.api_keys.begin()->second;
  EXPECT_EQ(row.hash, hash::sha256_hex(key));
  EXPECT_EQ(row.name, "first");
}

TEST_F(AccessTest, KeysInEitherHeader) {
  EXPECT_EQ(call("GET", "/v1/me").status, 200);
  http::Request bearer = request("GET", "/v1/me");
  bearer.headers.add("authorization", "Bearer " + key);
  EXPECT_EQ(plane->handle(bearer).status, 200);
  http::Request spaced = request("GET", "/v1/me");
  spaced.headers.add("x-api-key", "  " + key + " ");
  EXPECT_EQ(plane->handle(spaced).status, 200);
}

TEST_F(AccessTest, NoKeyNoAccess) {
  for (const char* target : {"/v1/sessions", "/v1/me", "/v1/usage", "/v1/runs", "/v1/keys", "/v1/sessions/x",
                             "/v1/sessions/x/state", "/v1/runs/x", "/v1/runs/x/files/report.json"}) {
    expect_error(call_open("GET", target), 401, "invalid_auth");
    http::Request wrong = request("GET", target);
    wrong.headers.add("x-api-key", key.substr(0, key.size() - 1) + "!");
    expect_error(plane->handle(wrong), 401, "invalid_auth");
  }
  expect_error(call_open("POST", "/v1/sessions", session_body()), 401, "invalid_auth");
  expect_error(call_open("POST", "/v1/auth/cli/approve", "{}"), 401, "invalid_auth");
  EXPECT_TRUE(store.session_rows.empty());
}

TEST_F(AccessTest, UnknownAddressesAndMethods) {
  expect_error(call("GET", "/v1/nothing"), 404, "not_found");
  expect_error(call("GET", "/"), 404, "not_found");
  expect_error(call("POST", "/v1/agents", "{}"), 404, "not_found");
  const http::Response response = call("PUT", "/v1/sessions");
  expect_error(response, 405, "method_not_allowed");
  EXPECT_EQ(response.headers.get("allow"), "POST, GET");
  EXPECT_EQ(call("HEAD", "/v1/me").status, 200);
  EXPECT_EQ(call("HEAD", "/v1/me").body, call("GET", "/v1/me").body) << "its length is sent, its bytes are not";
}

TEST_F(AccessTest, BadBodies) {
  expect_error(call("POST", "/v1/sessions", "{"), 422, "validation_failed");
  expect_error(call("POST", "/v1/sessions", "[]"), 422, "validation_failed");
  expect_error(call("POST", "/v1/keys", std::string(65 * 1024, ' ')), 413, "payload_too_large");
  expect_error(call("POST", "/v1/sessions", std::string(25 << 20, ' ')), 413, "payload_too_large");
}

TEST_F(AccessTest, KeysAreMadeListedAndRevoked) {
  const Json made = parse(call("POST", "/v1/keys", R"({"name":" CI\n key "})"));
  const std::string full = made["api_key"]["full_key"];
  EXPECT_EQ(made["api_key"]["name"], "CI key");
  const http::Response list = call("GET", "/v1/keys");
  EXPECT_EQ(parse(list).size(), 2u);
  EXPECT_FALSE(text::contains(list.body, full));
  EXPECT_FALSE(text::contains(list.body, hash::sha256_hex(full)));
  EXPECT_EQ(call("DELETE", "/v1/keys/" + made["api_key"]["id"].get<std::string>()).status, 204);
  expect_error(call("DELETE", "/v1/keys/key_nobody"), 404, "not_found");
  key = full;
  expect_error(call("GET", "/v1/me"), 403, "revoked_key");
}

TEST_F(AccessTest, MeAndUsage) {
  const Json account = parse(call("GET", "/v1/me"));
  EXPECT_EQ(account["team"]["slug"], "local");
  EXPECT_EQ(account["api_key"]["name"], "first");
  create();
  const Json usage = parse(call("GET", "/v1/usage"));
  EXPECT_EQ(usage["period_start"], "2027-01-01T00:00:00Z");
  EXPECT_EQ(usage["period_end"], "2027-02-01T00:00:00Z");
  EXPECT_EQ(usage["sessions_used"], 1);
  EXPECT_TRUE(usage["sessions_quota"].is_null());
  environment.millis = *time::parse_iso8601("2027-12-31T23:59:59Z") * 1000;
  EXPECT_EQ(parse(call("GET", "/v1/usage"))["period_end"], "2028-01-01T00:00:00Z");
}

TEST_F(AccessTest, RateLimit) {
  Config config;
  config.rate_limit_per_minute = 3;
  start(config);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(call("GET", "/v1/me").status, 200);
  const http::Response limited = call("GET", "/v1/me");
  expect_error(limited, 429, "rate_limited");
  EXPECT_EQ(limited.headers.get("retry-after"), "60");
  environment.pass(59);
  EXPECT_EQ(call("GET", "/v1/me").headers.get("retry-after"), "1");
  environment.pass(1);
  EXPECT_EQ(call("GET", "/v1/me").status, 200);
}

TEST_F(AccessTest, StrangersShareALimitForEachAddress) {
  Config config;
  config.rate_limit_per_minute = 2;
  start(config);
  create();
  const std::string target = parse(call("POST", at_session("/meta-upload-url"), "{}"))["url"];
  for (const int expected : {401, 401, 429}) {
    EXPECT_EQ(call_open("POST", "/v1/auth/cli/exchange", R"({"code":"guessed"})").status, expected);
  }
  EXPECT_EQ(call_open("PUT", target.substr(kOrigin.size()), "{}").status, 200);
}

TEST_F(AccessTest, CorsOnEveryAnswer) {
  http::Request preflight = request("OPTIONS", "/v1/sessions");
  preflight.headers.add("Origin", "https://play.example");
  preflight.headers.add("Access-Control-Request-Method", "POST");
  preflight.headers.add("Access-Control-Request-Headers", "x-api-key, content-type");
  const http::Response allowed = plane->handle(preflight);
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(allowed.headers.get("access-control-allow-origin"), "*");
  EXPECT_EQ(allowed.headers.get("access-control-allow-headers"), "x-api-key, content-type");
  EXPECT_TRUE(text::contains(allowed.headers.get("vary").value_or(""), "Origin"));
  Config config;
  config.rate_limit_per_minute = 1;
  start(config);
  for (const int expected : {200, 429, 401, 404}) {
    http::Request get = request("GET", expected == 404 ? "/v1/nowhere" : "/v1/me");
    get.headers.add("Origin", "https://play.example");
    if (expected != 401) get.headers.add("x-api-key", key);
    const http::Response response = plane->handle(get);
    EXPECT_EQ(response.status, expected);
    EXPECT_EQ(response.headers.get("access-control-allow-origin"), "*");
    EXPECT_EQ(response.headers.get("vary"), "Origin");
    EXPECT_TRUE(text::contains(response.headers.get("access-control-expose-headers").value_or(""), "Retry-After"));
    EXPECT_FALSE(response.headers.has("access-control-allow-credentials"));
  }
  http::Request odd = preflight;
  odd.headers.set("Access-Control-Request-Headers", "x\r\ny: z");
  EXPECT_EQ(plane->handle(odd).headers.get("access-control-allow-headers"), "Authorization, Content-Type, X-API-Key");
  EXPECT_EQ(call("GET", "/v1/me").headers.get("vary"), "Origin");
}

// ---- browser sign-in and login approval

class LoginTest : public ControlTest {
 protected:
  std::string sign_in() {
    const http::Response response = call_open("GET", "/signin?code=" + plane->mint_signin_code());
    EXPECT_EQ(response.status, 303);
    const std::string cookie(response.headers.get("set-cookie").value_or(""));
    return cookie.substr(0, cookie.find(';'));
  }
  http::Response page(std::string_view method, std::string_view target, std::string_view cookie, std::string body = {},
                      std::string_view origin = kOrigin) {
    http::Request made = request(method, target, std::move(body));
    made.headers.add("cookie", text::cat("other=1; ", cookie));
    if (!origin.empty()) made.headers.add("origin", origin);
    return plane->handle(made);
  }
  static std::string challenge(std::string_view verifier) {
    return encoding::base64url(encoding::bytes_view(hash::sha256(verifier)));
  }
  static std::string approval(std::string_view redirect = "http://127.0.0.1:4567/callback",
                              std::string_view code_challenge = challenge(kVerifier)) {
    return text::cat(R"({"redirect_uri":")", redirect, R"(","state":"s t&1","code_challenge":")", code_challenge,
                     "\"}");
  }
  static constexpr std::string_view kVerifier = "0123456789012345678901234567890123456789abcdefg";
};

TEST_F(LoginTest, TheCookie) {
  const std::string code = plane->mint_signin_code();
  const http::Response response = call_open("GET", "/signin?code=" + code + "&next=/runs/run_1");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(response.headers.get("location"), "/runs/run_1");
  const std::string cookie(response.headers.get("set-cookie").value_or(""));
  for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="})
    EXPECT_TRUE(text::contains(cookie, part));
  EXPECT_EQ(call_open("GET", "/signin?code=" + code).status, 403) << "a link works once";
  EXPECT_EQ(call_open("GET", "/signin").status, 403);
}

TEST_F(LoginTest, SignInLeadsNowhereElse) {
  for (const char* next : {"//evil.example", "https://evil.example", "/\\\\evil.example", "/a%0d%0ab", ""}) {
    const http::Response response =
        call_open("GET", text::cat("/signin?code=", plane->mint_signin_code(), "&next=", next));
    EXPECT_EQ(response.headers.get("location"), "/") << next;
  }
}

TEST_F(LoginTest, TheCookieReadsAndSameOriginWrites) {
  const std::string cookie = sign_in();
  EXPECT_EQ(page("GET", "/v1/me", cookie, {}, "").status, 200);
  EXPECT_TRUE(parse(page("GET", "/v1/me", cookie))["api_key"].is_null());
  EXPECT_EQ(page("POST", "/v1/sessions", cookie, session_body()).status, 201);
  EXPECT_EQ(page("POST", "/v1/sessions", cookie, session_body(), "http://127.0.0.1:8080").status, 201);
  for (const char* origin : {"", "null", "https://evil.example", "http://127.0.0.1:8081", "127.0.0.1:8080"}) {
    expect_error(page("POST", "/v1/sessions", cookie, session_body(), origin), 403, "forbidden");
  }
}

TEST_F(LoginTest, ForgedAndOldCookies) {
  const std::string cookie = sign_in();
  expect_error(page("GET", "/v1/me", cookie + "x"), 401, "invalid_auth");
  expect_error(page("GET", "/v1/me", "pome_signin=" + encoding::base64url("9999999999|tm_x") + ".x"), 401,
               "invalid_auth");
  expect_error(page("GET", "/v1/me", "pome_signin="), 401, "invalid_auth");
  environment.pass(31 * 24 * 3600);
  expect_error(page("GET", "/v1/me", cookie), 401, "invalid_auth");
}

TEST_F(LoginTest, OldSignInLinks) {
  const std::string code = plane->mint_signin_code();
  environment.pass(24 * 3600);
  EXPECT_EQ(call_open("GET", "/signin?code=" + code).status, 403);
}

TEST_F(LoginTest, ALoginFromBeginningToEnd) {
  const Json approved = parse(page("POST", "/v1/auth/cli/approve", sign_in(), approval()));
  const std::string code = approved["code"];
  EXPECT_EQ(approved["redirect_to"], "http://127.0.0.1:4567/callback?code=" + code + "&state=s%20t%261");
  const std::string body =
      text::cat(R"({"code":")", code, R"(","code_verifier":")", kVerifier, R"(","key_name":"laptop"})");
  const http::Response exchanged = call_open("POST", "/v1/auth/cli/exchange", body);
  ASSERT_EQ(exchanged.status, 200) << exchanged.body;
  const Json made = parse(exchanged);
  key = made["api_key"]["full_key"];
  const Json account = parse(call("GET", "/v1/me"));
  EXPECT_EQ(account["api_key"]["name"], "laptop");
  EXPECT_EQ(account["team"]["id"], made["team_id"]);
  expect_error(call_open("POST", "/v1/auth/cli/exchange", body), 401, "invalid_auth");
}

TEST_F(LoginTest, ACodeNeedsItsVerifierAndFailsOnce) {
  const std::string cookie = sign_in();
  for (const std::string_view verifier :
       {std::string_view(""), std::string_view("wrong-0123456789012345678901234567890123456789"),
        kVerifier.substr(0, 42)}) {
    const std::string code = parse(page("POST", "/v1/auth/cli/approve", cookie, approval()))["code"];
    expect_error(call_open("POST", "/v1/auth/cli/exchange",
                           text::cat(R"({"code":")", code, R"(","code_verifier":")", verifier, "\"}")),
                 401, "invalid_auth");
    expect_error(call_open("POST", "/v1/auth/cli/exchange",
                           text::cat(R"({"code":")", code, R"(","code_verifier":")", kVerifier, "\"}")),
                 401, "invalid_auth");
  }
  const std::string code = parse(page("POST", "/v1/auth/cli/approve", cookie, approval()))["code"];
  environment.pass(300);
  expect_error(call_open("POST", "/v1/auth/cli/exchange",
                         text::cat(R"({"code":")", code, R"(","code_verifier":")", kVerifier, "\"}")),
               401, "invalid_auth");
  expect_error(call_open("POST", "/v1/auth/cli/exchange", "{}"), 422, "validation_failed");
}

TEST_F(LoginTest, ApprovalsGoToThisMachineOnly) {
  const std::string cookie = sign_in();
  for (const char* redirect :
       {"https://evil.example/", "http://127.0.0.1.evil.example:80/", "http://127.0.0.1/callback",
        "http://127.0.0.1:0/", "http://127.0.0.1:4567/?x=1", "http://127.0.0.1:x@evil.example/",
        "http://localhost:99999/", "", "http://127.0.0.1:4567/#x"}) {
    expect_error(page("POST", "/v1/auth/cli/approve", cookie, approval(redirect)), 422, "validation_failed");
  }
  EXPECT_EQ(page("POST", "/v1/auth/cli/approve", cookie, approval("http://localhost:1/x")).status, 200);
  EXPECT_EQ(page("POST", "/v1/auth/cli/approve", cookie, approval("http://[::1]:65535/")).status, 200);
  expect_error(page("POST", "/v1/auth/cli/approve", cookie, approval("http://localhost:1/x", "")), 422,
               "validation_failed");
  expect_error(page("POST", "/v1/auth/cli/approve", cookie, approval("http://localhost:1/x", "plain")), 422,
               "validation_failed");
  expect_error(page("POST", "/v1/auth/cli/approve", cookie, approval(), "https://evil.example"), 403, "forbidden");
}

}  // namespace
}  // namespace pome::control
