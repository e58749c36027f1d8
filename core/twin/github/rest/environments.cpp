#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kReviewerTypes = {"User", "Team"};
constexpr Field kReviewer[] = {one_of(optional("type"), kReviewerTypes), optional("id", Type::integer)};
constexpr Field kPolicy[] = {required("protected_branches", Type::flag),
                             required("custom_branch_policies", Type::flag)};
constexpr Field kSetEnvironment[] = {
    optional("wait_timer", Type::integer),
    optional("prevent_self_review", Type::flag),
    nullable("reviewers", Type::objects, kReviewer),
    nullable("deployment_branch_policy", Type::object, kPolicy),
};

/// Rules carry ids of their own; the twin derives them from the environment's.
void begin_rule(JsonWriter& json, const model::Environment& row, model::Id place, std::string_view type) {
  const model::Id id = row.id * 4 + place;
  json.begin_object().field("id", id).field("node_id", model::node_id("GA", row.repo, id)).field("type", type);
}

void write_rules(JsonWriter& json, const Context& context, const model::Environment& row) {
  json.key("protection_rules").begin_array();
  if (row.wait_timer > 0) {
    begin_rule(json, row, 1, "wait_timer");
    json.field("wait_timer", row.wait_timer).end_object();
  }
  if (!row.reviewers.empty()) {
    begin_rule(json, row, 2, "required_reviewers");
    json.field("prevent_self_review", row.prevent_self_review).key("reviewers").begin_array();
    for (const std::string& login : row.reviewers) {
      json.begin_object().field("type", "User");
      write_user_or_null(json, context, "reviewer", login);
      json.end_object();
    }
    json.end_array().end_object();
  }
  if (row.policy) {
    begin_rule(json, row, 3, "branch_policy");
    json.end_object();
  }
  json.end_array();
}

void write_environment(JsonWriter& json, const Context& context, const model::Environment& row) {
  json.begin_object().field("id", row.id).field("node_id", model::node_id("EN", row.repo, row.id));
  json.field("name", row.name);
  link(json, "url", api_url(context, *context.repository), "/environments/", encoded_segment(row.name));
  link(json, "html_url", web_url(*context.repository),
       "/deployments/activity_log?environments_filter=", encoded_segment(row.name));
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  json.field("can_admins_bypass", true);
  write_rules(json, context, row);
  json.key("deployment_branch_policy");
  if (row.policy) {
    json.begin_object().field("protected_branches", row.policy->protected_branches);
    json.field("custom_branch_policies", row.policy->custom_policies).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

Reply list_environments(Context& context) {
  const std::vector<model::EnvironmentPtr> rows = model::environments_of(context.world, context.repo());
  return wrapped_page(context, "environments", rows.size(),
                      [&](JsonWriter& json, std::size_t i) { write_environment(json, context, *rows[i]); });
}

Reply get_environment(Context& context) {
  const auto row = model::find_environment(context.world, context.repo(), context.path[2]);
  if (!row) return errors::not_found();
  return json_answer(200, [&](JsonWriter& json) { write_environment(json, context, *row); });
}

Reply set_environment(Context& context) {
  const Input& body = context.body;
  model::EnvironmentInput input;
  input.wait_timer = body.integer("wait_timer").value_or(0);
  input.prevent_self_review = body.flag("prevent_self_review", false);
  for (const Input& reviewer : body.objects("reviewers")) {
    input.reviewers.push_back(reviewer.text("type", "") == "Team" ? -1 : reviewer.integer("id").value_or(-1));
  }
  if (body.sent("deployment_branch_policy") && !body.is_null("deployment_branch_policy")) {
    const Input policy = body.object("deployment_branch_policy");
    input.policy =
        model::DeploymentPolicy{policy.flag("protected_branches", false), policy.flag("custom_branch_policies", false)};
  }
  const auto row = model::set_environment(context.action, context.repo(), context.path[2], input);
  if (!row) return row.refusal();
  return json_answer(200, [&](JsonWriter& json) { write_environment(json, context, **row); });
}

Reply delete_environment(Context& context) {
  const auto refusal = model::delete_environment(context.action, context.repo(), context.path[2]);
  return no_content_unless(refusal);
}

constexpr std::string_view kEnvironment = "/repos/{owner}/{repo}/environments/{environment_name}";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/environments",
     .operation = "repos/get-all-environments",
     .docs = "deployments/environments#list-environments",
     .handle = list_environments},
    {.method = Method::get,
     .path = kEnvironment,
     .operation = "repos/get-environment",
     .docs = "deployments/environments#get-an-environment",
     .handle = get_environment},
    {.method = Method::put,
     .path = kEnvironment,
     .operation = "repos/create-or-update-environment",
     .docs = "deployments/environments#create-or-update-an-environment",
     .body = {kSetEnvironment},
     .handle = set_environment},
    {.method = Method::del,
     .path = kEnvironment,
     .operation = "repos/delete-an-environment",
     .docs = "deployments/environments#delete-an-environment",
     .handle = delete_environment},
};

}  // namespace

std::span<const Route> environment_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
