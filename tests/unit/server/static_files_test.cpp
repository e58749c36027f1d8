#include "tools/server/static_files.h"
#include "tools/server/host_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/server/scratch_folder.h"

namespace pome::server {
namespace {

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    scratch.write("site/index.html", "<!doctype html><title>Pome</title>");
    scratch.write("site/assets/app-abc.js", "run()");
    scratch.write("site/assets/agent-worker-abc.js", "agent()");
    scratch.write("site/assets/pome-abc.wasm", std::string("\0asm", 4));
    scratch.write("site/.env", "hidden");
    scratch.write("secret.txt", "outside");
  }
  http::Response get(std::string_view path, std::string_view query = "", http::Headers headers = {}) {
    return files.handle({"GET", std::string(path), std::string(query), std::move(headers), ""});
  }
  test::ScratchFolder scratch;
  StaticFiles files{scratch.path() + "/site"};
};

TEST_F(StaticFilesTest, PageRoutesAnswerTheDocument) {
  for (const auto* path : {"/", "/runs/run_1", "/cli/login", "/index.html"}) {
    const http::Response response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.headers.get("content-type"), "text/html; charset=utf-8") << path;
    EXPECT_EQ(response.headers.get("cache-control"), "no-cache") << path;
  }
  for (const auto* path : {"/runs/", "/runs/a/b", "/runs", "/nothing", "/cli", "/assets", "/assets/"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(StaticFilesTest, AssetsCarryTheirTypeAndStayCached) {
  const http::Response wasm = get("/assets/pome-abc.wasm");
  EXPECT_EQ(wasm.headers.get("content-type"), "application/wasm");
  EXPECT_EQ(wasm.headers.get("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(wasm.body, std::string("\0asm", 4));
  EXPECT_EQ(get("/assets/app-abc.js").headers.get("content-type"), "text/javascript; charset=utf-8");
}

TEST_F(StaticFilesTest, AnUnchangedFileIsNotSentAgain) {
  const http::Response first = get("/");
  const std::string etag(*first.headers.get("etag"));
  const http::Response again = get("/", "", {{"If-None-Match", etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  scratch.write("site/index.html", "<!doctype html><title>Pome, rebuilt</title>");
  const http::Response rebuilt = get("/", "", {{"If-None-Match", etag}});
  EXPECT_EQ(rebuilt.status, 200);
  EXPECT_NE(rebuilt.body.find("rebuilt"), std::string::npos);
}

TEST_F(StaticFilesTest, NothingOutsideTheFolderIsReachable) {
  for (const auto* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt",
                           "/assets/../../secret.txt", "/%2e%2e%2fsecret.txt", "//secret.txt/..", "/..\\secret.txt",
                           "/.env", "/%2eenv", "/index.html%00.js", "/./index.html"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(StaticFilesTest, EveryAnswerCarriesThePolicy) {
  for (const auto* path : {"/", "/assets/app-abc.js", "/assets/agent-worker-abc.js"}) {
    const http::Response response = get(path);
    const std::string policy(response.headers.get("content-security-policy").value_or(""));
    for (const auto* part : {"default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self';",
                             "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}) {
      EXPECT_NE(policy.find(part), std::string::npos) << path << ": " << policy;
    }
    EXPECT_EQ(response.headers.get("x-content-type-options"), "nosniff");
    EXPECT_EQ(response.headers.get("referrer-policy"), "no-referrer");
  }
}

TEST_F(StaticFilesTest, OnlyTheAgentWorkerMayNameOriginsToConnectTo) {
  const auto connect = [&](std::string_view path, std::string_view query) {
    const http::Response response = get(path, query);
    const std::string policy(response.headers.get("content-security-policy").value_or(""));
    const std::size_t from = policy.find("connect-src ");
    return policy.substr(from, policy.find(';', from) - from);
  };
  const std::string query = "connect=https%3A%2F%2Fapi.openai.com&connect=http://127.0.0.1:11434";
  EXPECT_EQ(connect("/assets/agent-worker-abc.js", query),
            "connect-src 'self' https://api.openai.com http://127.0.0.1:11434");
  EXPECT_EQ(connect("/assets/app-abc.js", query), "connect-src 'self'");
  EXPECT_EQ(connect("/", query), "connect-src 'self'");
  EXPECT_EQ(
      connect("/assets/agent-worker-abc.js", "connect=https://a.example/;script-src%20*&connect=*&connect=https:"),
      "connect-src 'self'");
}

TEST(Origin, IsASchemeAHostAndAPort) {
  for (const auto* good :
       {"https://api.openai.com", "http://localhost:11434", "http://[::1]:8080", "https://a-b.example"}) {
    EXPECT_TRUE(is_origin(good)) << good;
  }
  for (const auto* bad :
       {"", "https://", "https://*", "*", "ftp://a.example", "https://a.example/", "https://a.example/x",
        "https://a.example;script-src", "https://a b", "https://u@a.example", "http://a:", "http://a:b",
        "'unsafe-inline'", "https://a.example 'unsafe-eval'", "data:", "https://[a]"}) {
    EXPECT_FALSE(is_origin(bad)) << bad;
  }
}

TEST_F(StaticFilesTest, WithoutABuiltPageItSaysWhatToDo) {
  StaticFiles missing(scratch.path() + "/no-such-folder");
  const http::Response response = missing.handle({"GET", "/", "", {}, ""});
  EXPECT_EQ(response.status, 503);
  EXPECT_NE(response.body.find("npm run serve"), std::string::npos);
  EXPECT_EQ(files.handle({"POST", "/", "", {}, ""}).status, 405);
}

}  // namespace
}  // namespace pome::server
