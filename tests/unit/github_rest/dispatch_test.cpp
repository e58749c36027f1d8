#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/rest/routes.h"
#include "tests/unit/github_rest/twin.h"

namespace pome::test {

namespace {

using namespace twin::github::rest;

Json body_of(const Outcome& outcome) {
  Result<Json> body = json::parse(outcome.response.body);
  return body ? std::move(body).value() : Json();
}

std::string header(const Outcome& outcome, std::string_view name) {
  return std::string(outcome.response.headers.get(name).value_or("(none)"));
}

TEST(Routes, MethodAndPathAndOperationAreUnique) {
  std::set<std::pair<std::string_view, std::string_view>> paths;
  std::set<std::string_view> names;
  for (const Route* route : all_routes()) {
    EXPECT_TRUE(paths.emplace(method_name(route->method), route->path).second) << route->path;
    const bool is_download = route->operation.empty();  // what an operation redirects to
    EXPECT_TRUE(is_download || names.insert(route->operation).second) << route->operation;
    EXPECT_NE(nullptr, route->handle) << route->operation;
    EXPECT_FALSE(route->docs.empty()) << route->operation;
  }
}

TEST(Routes, RepositoryPathsCheckTheRepository) {
  for (const Route* route : all_routes()) {
    const bool in_repository = text::starts_with_ignore_case(route->path, "/repos/{");
    EXPECT_EQ(in_repository, route->access != Access::account) << route->operation;
  }
}

TEST(Routes, UnknownOnesAreLoud) {
  Twin twin;
  for (const std::string_view line : {"GET /repos/acme/api/nowhere", "DELETE /repos/acme/api/nothing", "POST /graphql",
                                      "OPTIONS /user", "GET /nowhere/at/all"}) {
    const Outcome outcome = twin.send(line, "alice");
    const http::Request request = make_request(line);
    EXPECT_EQ(501, outcome.response.status) << line;
    EXPECT_EQ(Fidelity::unsupported, outcome.fidelity);
    EXPECT_EQ("", outcome.operation);
    const Json body = body_of(outcome);
    EXPECT_TRUE(text::contains(json::string_at(body, "message").value_or(""), line)) << outcome.response.body;
    EXPECT_EQ("unsupported", json::string_at(json::at(body, "_twin"), "fidelity"));
    EXPECT_EQ(request.method, json::string_at(json::at(body, "_twin"), "method"));
    EXPECT_EQ(request.path, json::string_at(json::at(body, "_twin"), "path"));
  }
}

TEST(Routes, UnknownOnesNameWhatIsNearby) {
  Twin twin;
  const Outcome outcome = twin.send("GET /repos/acme/api/issue/1", "alice");
  ASSERT_EQ(501, outcome.response.status);
  const Json nearby = json::at(json::at(body_of(outcome), "_twin"), "nearby_operations");
  ASSERT_EQ(5U, nearby.size());
  EXPECT_EQ("issues/get: GET /repos/{owner}/{repo}/issues/{issue_number}", nearby[0].get<std::string>());
  const Outcome elsewhere = twin.send("GET /marketplace_listing/plans", "alice");
  EXPECT_EQ(0U, json::at(json::at(body_of(elsewhere), "_twin"), "nearby_operations").size());
}

TEST(Routes, SegmentsAreDecodedAndNamesCompareWithoutCase) {
  Twin twin;
  EXPECT_EQ(200, twin.send("GET /repos/ACME/Api/labels/BUG", "alice").response.status);
  EXPECT_EQ(200, twin.send("GET /repos/acme/api/labels/good%20first%20issue", "alice").response.status);
  EXPECT_EQ(200, twin.send("GET /repos/acme/api/labels/area%2Fdocs", "alice").response.status);
  EXPECT_EQ(200, twin.send("GET /repos/acme/api/issues/1/", "alice").response.status);
  EXPECT_EQ(404, twin.send("GET /repos/acme/api/issues/one", "alice").response.status);
  EXPECT_EQ(404, twin.send("GET /repos/acme/api/issues/1.5", "alice").response.status);
  EXPECT_EQ(404, twin.send("GET /repos/acme/api/issues/99999999999999999999", "alice").response.status);
}

TEST(Headers, AreGitHubs) {
  Twin twin;
  twin.calls = 41;
  const Outcome outcome = twin.send("GET /repos/acme/api/issues/1", "alice");
  EXPECT_EQ("application/json; charset=utf-8", header(outcome, "Content-Type"));
  EXPECT_EQ("5000", header(outcome, "X-RateLimit-Limit"));
  EXPECT_EQ("42", header(outcome, "X-RateLimit-Used"));
  EXPECT_EQ("4958", header(outcome, "X-RateLimit-Remaining"));
  EXPECT_EQ("1900000800", header(outcome, "X-RateLimit-Reset"));  // the next full hour
  EXPECT_EQ("core", header(outcome, "X-RateLimit-Resource"));
  EXPECT_EQ("github.v3; format=json", header(outcome, "X-GitHub-Media-Type"));
  EXPECT_EQ("2022-11-28", header(outcome, "X-GitHub-Api-Version-Selected"));
  EXPECT_EQ("private, max-age=60, s-maxage=60", header(outcome, "Cache-Control"));
  const std::string tag = header(outcome, "ETag");
  EXPECT_EQ(68U, tag.size()) << tag;
  EXPECT_EQ("W/\"", tag.substr(0, 3));
  EXPECT_NE("(none)", header(outcome, "Last-Modified"));
  EXPECT_NE(header(outcome, "X-GitHub-Request-Id"),
            header(twin.send("GET /repos/acme/api/issues/1", "alice"), "X-GitHub-Request-Id"));
}

TEST(Headers, EachNameOnce) {
  Twin twin;
  const Outcome outcome = twin.send("GET /repos/acme/api/issues?per_page=1", "alice");
  std::set<std::string> names;
  for (const http::Header one : outcome.response.headers) {
    EXPECT_TRUE(names.insert(text::to_lower(one.name)).second) << one.name;
  }
}

TEST(Conditional, TagsFollowTheContent) {
  Twin twin;
  http::Request request = make_request("GET /repos/acme/api/issues/1");
  const std::string tag = header(twin.send(request, "alice"), "etag");
  request.headers.set("if-none-match", "\"other\", " + tag.substr(2));  // weak comparison, in a list
  EXPECT_EQ(304, twin.send(request, "alice").response.status);
  EXPECT_EQ(200, twin.send("PATCH /repos/acme/api/issues/1", "alice", R"({"title":"Changed"})").response.status);
  const Outcome changed = twin.send(request, "alice");
  EXPECT_EQ(200, changed.response.status);
  EXPECT_NE(tag, header(changed, "etag"));
}

TEST(Conditional, DatesCountOnlyWithoutTags) {
  Twin twin;
  http::Request request = make_request("GET /repos/acme/api/issues/1");
  const std::string date = header(twin.send(request, "alice"), "last-modified");
  request.headers.set("if-modified-since", date);
  const Outcome unchanged = twin.send(request, "alice");
  EXPECT_EQ(304, unchanged.response.status);
  EXPECT_EQ("(none)", header(unchanged, "content-type"));
  EXPECT_EQ(date, header(unchanged, "last-modified"));
  request.headers.set("if-none-match", "\"other\"");
  EXPECT_EQ(200, twin.send(request, "alice").response.status);
}

TEST(Conditional, WritesHaveStrongTagsAndNeverAnswer304) {
  Twin twin;
  http::Request request = make_request("POST /repos/acme/api/issues");
  request.body = R"({"title":"One"})";
  request.headers.add("if-none-match", "*");
  const Outcome created = twin.send(request, "alice");
  EXPECT_EQ(201, created.response.status);
  EXPECT_EQ('"', header(created, "etag").front());
  EXPECT_EQ("(none)", header(created, "last-modified"));
}

TEST(Body, MustBeAJsonObject) {
  Twin twin;
  const auto refused_with = [&](std::string body, int status, std::string_view message) {
    const Outcome outcome = twin.send("POST /repos/acme/api/issues", "alice", body);
    EXPECT_EQ(status, outcome.response.status) << body;
    EXPECT_EQ(message, json::string_at(body_of(outcome), "message").value_or("")) << body;
    EXPECT_FALSE(body_of(outcome).contains("errors"));
  };
  refused_with("{", 400, "Problems parsing JSON");
  refused_with("title=x", 400, "Problems parsing JSON");
  refused_with(std::string(1000, '['), 400, "Problems parsing JSON");
  refused_with("[]", 400, "Body should be a JSON object");
  refused_with("\"title\"", 400, "Body should be a JSON object");
  refused_with("", 422, "Invalid request.\n\n\"title\" wasn't supplied.");
  refused_with("{}", 422, "Invalid request.\n\n\"title\" wasn't supplied.");
  refused_with(R"({"title":null})", 422, "Invalid request.\n\nFor 'properties/title', nil is not a string.");
  refused_with(R"({"title":"x","labels":"bug","body":3})", 422,
               "Invalid request.\n\nFor 'properties/body', 3 is not a string.\n"
               "For 'properties/labels', \"bug\" is not an array.");
  refused_with(R"({"title":"x","labels":[{"a":[true,null,"q\"uote"]}]})", 422,
               "Invalid request.\n\nFor 'properties/labels/items', "
               "{\"a\"=>[true, nil, \"q\\\"uote\"]} is not a string.");
}

TEST(Access, PrivateRepositoriesDoNotExistForOthers) {
  Twin twin;
  for (const Route* route : all_routes()) {
    if (route->access == Access::account) continue;
    std::string path = text::replace_all(std::string(route->path), "{owner}", "bob");
    path = text::replace_all(path, "{repo}", "secret");
    for (const std::string_view name : {"{issue_number}", "{comment_id}", "{milestone_number}"}) {
      path = text::replace_all(path, name, "1");
    }
    for (const std::string_view name : {"{name}", "{assignee}", "{username}", "{branch}", "{path}"}) {
      path = text::replace_all(path, name, "x");
    }
    const Outcome outcome = twin.send(text::cat(method_name(route->method), " ", path), "mallory", "{}");
    EXPECT_EQ(404, outcome.response.status) << route->operation;
    EXPECT_EQ(route->operation, outcome.operation);
    const Json body = body_of(outcome);
    EXPECT_EQ("Not Found", json::string_at(body, "message"));
    EXPECT_EQ(text::cat("https://docs.github.com/rest/", route->docs), json::string_at(body, "documentation_url"));
  }
}

TEST(Access, ArchivedRepositoriesAreReadOnly) {
  Twin twin;
  ASSERT_EQ(200, twin.send("PATCH /repos/acme/api", "acme", R"({"archived":true})").response.status);
  EXPECT_EQ(200, twin.send("GET /repos/acme/api/issues/1", "alice").response.status);
  const Outcome refused = twin.send("POST /repos/acme/api/issues/1/comments", "alice", R"({"body":"hi"})");
  EXPECT_EQ(403, refused.response.status);
  EXPECT_EQ("Repository was archived so is read-only.", json::string_at(body_of(refused), "message"));
  EXPECT_EQ(200, twin.send("PATCH /repos/acme/api", "acme", R"({"archived":false})").response.status);
  EXPECT_EQ(201, twin.send("POST /repos/acme/api/issues/1/comments", "alice", R"({"body":"hi"})").response.status);
}

TEST(Mount, AuthenticationRefusals) {
  EXPECT_EQ(
      R"({"message":"Requires authentication","documentation_url":"https://docs.github.com/rest","status":"401"})",
      requires_authentication().body);
  EXPECT_EQ(R"({"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"})",
            bad_credentials().body);
  EXPECT_EQ(401, bad_credentials().status);
}

TEST(Tools, NamesOfBothGenerations) {
  Twin twin;
  const auto has = [](const Outcome& outcome, std::string_view name) {
    return std::find(outcome.tools.begin(), outcome.tools.end(), name) != outcome.tools.end();
  };
  const Outcome read = twin.send("GET /repos/acme/api/issues/1", "alice");
  EXPECT_TRUE(has(read, "issue_read"));
  EXPECT_TRUE(has(read, "get_issue"));
  const Outcome comment = twin.send("POST /repos/acme/api/issues/1/comments", "alice", "{}");
  EXPECT_TRUE(has(comment, "add_issue_comment"));  // a refused call was still that call
}

}  // namespace

}  // namespace pome::test
