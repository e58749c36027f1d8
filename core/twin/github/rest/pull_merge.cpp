#include "core/twin/github/model/pull_rules.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_pull.h"

/// Landing pull requests, and bringing them up to date.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 3> kMethods = {"merge", "squash", "rebase"};
constexpr Field kMerge[] = {
    optional("commit_title"),
    optional("commit_message"),
    optional("sha"),
    one_of(optional("merge_method"), kMethods),
};
constexpr Field kUpdateBranch[] = {optional("expected_head_sha")};

Reply merge(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const Input& body = context.body;
  model::MergeInput input;
  input.method = model::merge_method_from(body.text("merge_method", "merge")).value_or(model::MergeMethod::merge);
  input.title = body.text("commit_title");
  input.message = body.text("commit_message");
  input.sha = body.text("sha");
  const auto merged = model::merge_pull_request(context.action, context.repo(), *number, input);
  if (!merged) return merged.refusal();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().field("sha", merged->hex()).field("merged", true);
    json.field("message", "Pull Request successfully merged").end_object();
  });
}

Reply check_if_merged(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull || !pull->merged_at) return errors::not_found();
  return no_content();
}

Reply update_branch(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto refusal =
      model::update_pull_branch(context.action, context.repo(), *number, context.body.text("expected_head_sha"));
  if (refusal) return *refusal;
  return json_answer(202, [&](JsonWriter& json) {
    json.begin_object().field("message", "Updating pull request branch.");
    link(json, "url", api_url(context, *context.repository), "/pulls/", *number);
    json.end_object();
  });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
     .operation = "pulls/check-if-merged",
     .docs = "pulls/pulls#check-if-a-pull-request-has-been-merged",
     .handle = check_if_merged},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
     .operation = "pulls/merge",
     .docs = "pulls/pulls#merge-a-pull-request",
     .access = Access::push,
     .tools = {"merge_pull_request"},
     .body = {kMerge},
     .handle = merge},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/update-branch",
     .operation = "pulls/update-branch",
     .docs = "pulls/pulls#update-a-pull-request-branch",
     .tools = {"update_pull_request_branch"},
     .body = {kUpdateBranch},
     .handle = update_branch},
};

}  // namespace

std::span<const Route> pull_merge_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
