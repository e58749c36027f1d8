#include "core/twin/github/model/pull_rules.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_pull.h"

/// Who is asked to review a pull request.
namespace pome::twin::github::rest {

namespace {

constexpr Field kRequest[] = {optional("reviewers", Type::texts), optional("team_reviewers", Type::texts)};
constexpr Field kRemove[] = {required("reviewers", Type::texts), optional("team_reviewers", Type::texts)};

Reply list_requested(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_object().key("users").begin_array();
    for (const std::string& login : pull->requested_reviewers) write_user(json, context, login);
    json.end_array().key("teams").begin_array();
    for (const std::string& slug : pull->requested_teams) {
      const model::TeamPtr team = model::find_owners_team(context.world, pull->repo, slug);
      if (team) write_team(json, context, *team);
    }
    json.end_array().end_object();
  });
}

Reply simple_answer(const Context& context, int status, const model::PullRequest& pull) {
  return json_answer(status, [&](JsonWriter& json) { write_pull_simple(json, context, pull); });
}

Reply request(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto pull = model::request_reviewers(context.action, context.repo(), *number, context.body.texts("reviewers"),
                                             context.body.texts("team_reviewers"));
  if (!pull) return pull.refusal();
  return simple_answer(context, 201, **pull);
}

Reply remove(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto pull = model::remove_reviewers(context.action, context.repo(), *number, context.body.texts("reviewers"),
                                            context.body.texts("team_reviewers"));
  if (!pull) return pull.refusal();
  return simple_answer(context, 200, **pull);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
     .operation = "pulls/list-requested-reviewers",
     .docs = "pulls/review-requests#get-all-requested-reviewers-for-a-pull-request",
     .handle = list_requested},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
     .operation = "pulls/request-reviewers",
     .docs = "reference/pulls#request-reviewers-for-a-pull-request",
     .tools = {"request_pull_request_reviewers", "update_pull_request"},
     .body = {kRequest},
     .handle = request},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
     .operation = "pulls/remove-requested-reviewers",
     .docs = "pulls/review-requests#remove-requested-reviewers-from-a-pull-request",
     .body = {kRemove},
     .handle = remove},
};

}  // namespace

std::span<const Route> reviewer_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
