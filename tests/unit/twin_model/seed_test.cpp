#include "core/twin/github/model/seed.h"

#include "core/base/text.h"
#include "core/twin/github/model/state_export.h"
#include "tests/support/data.h"
#include "tests/unit/twin_model/play.h"

namespace pome::twin::github::model {
namespace {

/// "E line:column+length code: message hint"
std::string spelled(const Diagnostic& problem) {
  const std::string hint = problem.hint.empty() ? "" : " " + problem.hint;
  return text::cat(problem.severity == Severity::error ? "E " : "W ", problem.line, ":", problem.column, "+",
                   problem.length, " ", problem.code, ": ", problem.message, hint);
}

TEST(Seed, EveryProblemIsFoundAtItsPlace) {
  const Json data = test::read_json("tests/data/twin_model/invalid_seeds.json");
  ASSERT_FALSE(data["rows"].empty());
  for (const Json& row : data["rows"]) {
    const SeedResult result = build_world(row["seed"].get<std::string>());
    std::vector<std::string> found;
    for (const Diagnostic& problem : result.diagnostics) found.push_back(spelled(problem));
    EXPECT_EQ(found, row["diagnostics"].get<std::vector<std::string>>()) << row["name"];
    EXPECT_EQ(result.world.has_value(), !has_errors(result.diagnostics)) << row["name"];
  }
}

TEST(Seed, DefaultWorldExportsExactly) {
  Play play;
  EXPECT_EQ(export_state(play.world) + "\n", test::read_file("tests/data/twin_model/default_state.json"));
  Play blank(" \n");
  EXPECT_EQ(export_state(blank.world), export_state(play.world));
  Play written(default_seed());
  EXPECT_EQ(export_state(written.world), export_state(play.world));
}

TEST(Seed, RichWorldExportsExactly) {
  Play play(test::read_file("tests/data/twin_model/rich_seed.json"));
  EXPECT_EQ(export_state(play.world) + "\n", test::read_file("tests/data/twin_model/rich_state.json"));
}

TEST(Seed, ContractKeysComeFirstAndInOrder) {
  Play play(test::read_file("tests/data/twin_model/rich_seed.json"));
  const auto document = nlohmann::ordered_json::parse(export_state(play.world), nullptr, false);
  ASSERT_FALSE(document.is_discarded());
  const auto starts_with = [](const nlohmann::ordered_json& row, std::vector<std::string> keys) {
    std::vector<std::string> found;
    for (const auto& item : row.items()) found.push_back(item.key());
    ASSERT_GE(found.size(), keys.size());
    found.resize(keys.size());
    EXPECT_EQ(found, keys);
  };
  const auto& repo = document["repositories"][1];
  starts_with(document, {"repositories"});
  starts_with(repo, {"id", "owner", "name", "full_name", "description", "private", "default_branch", "fork",
                     "parent_full_name", "entity_counter", "created_at", "updated_at"});
  starts_with(repo["branches"][0], {"id", "repo_id", "name", "head_sha", "created_at", "updated_at"});
  starts_with(repo["files"][0], {"repo_id", "branch", "path", "content", "sha", "size", "updated_at"});
  starts_with(repo["labels"][0], {"repo_id", "name", "color", "description"});
  starts_with(repo["issues"][0], {"repo_id", "number", "title", "body", "state", "user_login", "assignee_login",
                                  "created_at", "updated_at", "closed_at", "labels", "assignees", "comments"});
  starts_with(repo["issues"][1]["comments"][0],
              {"id", "repo_id", "issue_number", "body", "user_login", "created_at", "updated_at"});
  const auto& pull = repo["pull_requests"][0];
  starts_with(pull, {"repo_id",      "number",           "title",           "body",         "state",     "user_login",
                     "head_repo_id", "head_ref",         "head_sha",        "base_repo_id", "base_ref",  "base_sha",
                     "merged",       "merge_commit_sha", "created_at",      "updated_at",   "closed_at", "merged_at",
                     "files",        "reviews",          "review_comments", "comments"});
  starts_with(pull["files"][0], {"repo_id", "pull_number", "filename", "status", "additions", "deletions", "changes",
                                 "blob_url", "raw_url", "contents_url", "patch", "previous_filename"});
  starts_with(pull["reviews"][0],
              {"id", "repo_id", "pull_number", "user_login", "state", "body", "commit_sha", "submitted_at"});
  starts_with(pull["review_comments"][0], {"id", "repo_id", "pull_number", "path", "body", "user_login", "created_at",
                                           "updated_at", "line", "side", "commit_sha", "in_reply_to_id"});
  starts_with(repo["commit_statuses"][0],
              {"id", "repo_id", "sha", "state", "context", "description", "target_url", "created_at", "updated_at"});
  starts_with(repo["check_runs"][0], {"id", "repo_id", "head_sha", "name", "status", "conclusion", "details_url",
                                      "external_id", "output_title", "output_summary", "started_at", "completed_at"});
}

TEST(Seed, NumbersAreHonouredAndGapsSkipped) {
  Play play(R"({"repositories":[{"owner":"o","name":"r","files":[{"path":"a","content":"","branch":"f"}],
    "issues":[{"title":"first"},{"number":2,"title":"second"},{"number":9,"title":"nine"},{"title":"ten"}],
    "pull_requests":[{"number":7,"title":"seven","head":"f"},{"title":"eleven","head":"f"}]}]})");
  EXPECT_EQ(play.issue(1).title, "first");
  EXPECT_EQ(play.issue(2).title, "second");
  EXPECT_EQ(play.issue(7).title, "seven");
  EXPECT_TRUE(play.issue(7).is_pull_request);
  EXPECT_EQ(play.issue(9).title, "nine");
  EXPECT_EQ(play.issue(10).title, "ten");
  EXPECT_EQ(play.issue(11).title, "eleven");
  const auto next = create_issue(play.agent(), play.repo, {"twelve", {}, {}, {}, {}});
  ASSERT_EQ(outcome(next), "ok");
  EXPECT_EQ((*next)->number, 12);
}

TEST(Seed, ClockStartsWhereItIsTold) {
  Play play(R"({"clock":"2030-01-01T00:00:00Z","repositories":[{"owner":"o","name":"r","issues":[{"title":"t"}]}]})");
  ASSERT_EQ(outcome(create_comment(play.agent(), play.repo, 1, "x")), "ok");
  EXPECT_EQ(comments_on(play.world, play.repo, 1)[0]->created_at, play.world.epoch + 1);
  EXPECT_EQ(play.issue(1).created_at, play.world.epoch);
}

TEST(Seed, FilesUpToTheLimitAreExportedInline) {
  const auto content_of = [](std::size_t size) {
    Play play(text::cat(R"({"repositories":[{"owner":"o","name":"r","files":[{"path":"f","content":")",
                        std::string(size, 'x'), "\"}]}]}"));
    return (*json::parse(export_state(play.world)))["repositories"][0]["files"][0];
  };
  EXPECT_EQ(content_of(kInlineContent)["content"].get<std::string>().size(), kInlineContent);
  EXPECT_TRUE(content_of(kInlineContent + 1)["content"].is_null());
  EXPECT_EQ(content_of(kInlineContent + 1)["size"], kInlineContent + 1);
}

TEST(Seed, PomeAgentAlwaysHasPushUnlessItIsGivenAnotherRole) {
  Play play(R"({"repositories":[{"owner":"o","name":"r"}]})");
  EXPECT_EQ(permission_of(play.world, play.repo, "pome-agent"), Role::write);
  Play lowered(
      R"({"repositories":[{"owner":"o","name":"r","collaborators":[{"login":"pome-agent","permission":"pull"}]}]})");
  EXPECT_EQ(permission_of(lowered.world, lowered.repo, "pome-agent"), Role::read);
}

}  // namespace
}  // namespace pome::twin::github::model
