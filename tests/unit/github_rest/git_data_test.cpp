#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/json.h"
#include "tests/unit/github_rest/twin.h"

/// What a repository with links, submodules, protected branches and pull requests shows, across operations.
namespace pome::test {

namespace {

Json get(Twin& twin, std::string_view path, std::string_view login = "alice") {
  const auto outcome = twin.send("GET /repos/acme/api" + std::string(path), login);
  EXPECT_EQ(200, outcome.response.status) << path << "\n" << outcome.response.body;
  Result<Json> body = json::parse(outcome.response.body);
  return body ? std::move(body).value() : Json();
}

TEST(GitData, ALinkToAFileReadsAsTheFile) {
  Twin twin("gitdata");
  const Json followed = get(twin, "/contents/current");
  EXPECT_EQ("file", followed["type"]);
  EXPECT_EQ("README.md", followed["path"]);
  EXPECT_EQ("IyBBUEkKCkhlbGxvLgo=\n", followed["content"]);
  const Json dangling = get(twin, "/contents/dangling");
  EXPECT_EQ("symlink", dangling["type"]);
  EXPECT_EQ("nowhere", dangling["target"]);
}

TEST(GitData, ASubmodulePointsToItsRepository) {
  Twin twin("gitdata");
  const Json module = get(twin, "/contents/libs/dep?ref=modules");
  EXPECT_EQ("submodule", module["type"]);
  EXPECT_EQ("https://github.com/acme/dep.git", module["submodule_git_url"]);
  EXPECT_EQ("https://github.com/acme/dep/tree/0123456789012345678901234567890123456789", module["html_url"]);
  EXPECT_EQ(nullptr, module["download_url"]);
  const Json folder = get(twin, "/contents/libs?ref=modules");
  EXPECT_EQ("file", folder[0]["type"]) << "lists call a submodule a file";
}

TEST(GitData, BranchesAreListedByProtection) {
  Twin twin("gitdata");
  const Json bound = get(twin, "/branches?protected=true");
  ASSERT_EQ(2u, bound.size());
  EXPECT_EQ("locked", bound[0]["name"]);
  EXPECT_EQ("release/1", bound[1]["name"]) << "an active ruleset protects too";
  EXPECT_EQ(5u, get(twin, "/branches?protected=false").size());
}

TEST(GitData, RequiredChecksBindAllButAdministrators) {
  Twin twin("gitdata");
  const std::string protection = R"({"required_status_checks":{"strict":false,"contexts":["ci"]},"enforce_admins":null,
    "required_pull_request_reviews":null,"restrictions":null})";
  ASSERT_EQ(200, twin.send("PUT /repos/acme/api/branches/main/protection", "root", protection).response.status);
  const std::string merged = get(twin, "/branches/merged")["commit"]["sha"].get<std::string>();
  const std::string body = R"({"sha":")" + merged + R"("})";
  const auto refused = twin.send("PATCH /repos/acme/api/git/refs/heads/main", "alice", body);
  EXPECT_EQ(422, refused.response.status) << refused.response.body;
  EXPECT_EQ(200, twin.send("PATCH /repos/acme/api/git/refs/heads/main", "root", body).response.status)
      << "administrators are not bound unless the protection says so";
}

TEST(GitData, ARenamedBranchTakesItsPullRequestsAlong) {
  Twin twin("gitdata");
  const auto& world = twin.world;
  ASSERT_EQ(
      201,
      twin.send("POST /repos/acme/api/branches/feature%2Fx/rename", "alice", R"({"new_name":"y"})").response.status);
  EXPECT_EQ("y", world.pulls.begin()->row->head.ref);
  ASSERT_EQ(201, twin.send("PUT /repos/acme/api/contents/more.txt", "alice",
                           R"({"message":"More","content":"bW9yZQo=","branch":"y"})")
                     .response.status);
  EXPECT_EQ(get(twin, "/branches/y")["commit"]["sha"], world.pulls.begin()->row->head.sha.hex());
}

/// Follows the redirect of a download. The files stand in the archive as they are: nothing is compressed.
std::string download(Twin& twin, std::string_view path) {
  const auto redirected = twin.send("GET /repos/acme/api" + std::string(path), "alice");
  EXPECT_EQ(302, redirected.response.status);
  std::string target(redirected.response.headers.get("location").value_or(""));
  EXPECT_EQ(kBase, target.substr(0, kBase.size()));
  return twin.send("GET " + target.substr(std::min(kBase.size(), target.size())), "alice").response.body;
}

TEST(GitData, ArchivesHoldTheFilesOfTheirRef) {
  Twin twin("gitdata");
  const std::string tar = download(twin, "/tarball/feature/x");
  EXPECT_EQ("\x1f\x8b", tar.substr(0, 2));
  EXPECT_NE(std::string::npos, tar.find("acme-api-b2fb20d/src/x.ts"));
  EXPECT_EQ(std::string::npos, tar.find("acme-api-b2fb20d/logo.bin")) << "the branch removed it";
  const std::string zip = download(twin, "/zipball");
  EXPECT_EQ("PK\x03\x04", zip.substr(0, 4));
  EXPECT_NE(std::string::npos, zip.find("acme-api-98a8ad4/README.md"));
  EXPECT_NE(std::string::npos, zip.find("# API\n\nHello.\n"));
  EXPECT_EQ(std::string::npos, zip.find("src/x.ts"));
}

}  // namespace

}  // namespace pome::test
