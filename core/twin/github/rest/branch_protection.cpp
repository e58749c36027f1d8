#include <algorithm>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_branch.h"

/// What protects branches: their own settings and the repository's rulesets.
namespace pome::twin::github::rest {

namespace {

constexpr Field kActors[] = {optional("users", Type::texts), optional("teams", Type::texts),
                             optional("apps", Type::texts)};
constexpr Field kRestrictions[] = {required("users", Type::texts), required("teams", Type::texts),
                                   optional("apps", Type::texts)};
constexpr Field kCheck[] = {required("context"), optional("app_id", Type::integer)};
constexpr Field kStatuses[] = {required("strict", Type::flag), required("contexts", Type::texts),
                               optional("checks", Type::objects, kCheck)};
constexpr Field kReviews[] = {optional("dismissal_restrictions", Type::object, kActors),
                              optional("dismiss_stale_reviews", Type::flag),
                              optional("require_code_owner_reviews", Type::flag),
                              optional("required_approving_review_count", Type::integer),
                              optional("require_last_push_approval", Type::flag),
                              optional("bypass_pull_request_allowances", Type::object, kActors)};

/// Must be sent, null included: null turns the part off.
constexpr Field required_nullable(std::string_view name, Type type, std::span<const Field> members = {}) {
  return {.name = name, .type = type, .is_required = true, .is_nullable = true, .members = members};
}

constexpr Field kUpdate[] = {required_nullable("required_status_checks", Type::object, kStatuses),
                             required_nullable("enforce_admins", Type::flag),
                             required_nullable("required_pull_request_reviews", Type::object, kReviews),
                             required_nullable("restrictions", Type::object, kRestrictions),
                             optional("required_linear_history", Type::flag),
                             nullable("allow_force_pushes", Type::flag),
                             optional("allow_deletions", Type::flag),
                             optional("block_creations", Type::flag),
                             optional("required_conversation_resolution", Type::flag),
                             optional("lock_branch", Type::flag),
                             optional("allow_fork_syncing", Type::flag)};

bool is_set(const Input& input, std::string_view name) { return input.sent(name) && !input.is_null(name); }

model::ActorList actors_of(const Input& input) {
  return {input.texts("users"), input.texts("teams"), input.texts("apps")};
}

/// `checks` says more than `contexts`, so it counts when both are sent; an app id of -1 allows any app.
model::StatusRules statuses_of(const Input& input) {
  model::StatusRules out;
  out.strict = input.flag("strict", false);
  for (const Input& check : input.objects("checks")) {
    std::optional<std::int64_t> app = check.integer("app_id");
    if (app == -1) app.reset();
    out.checks.push_back({check.text("context", ""), app});
  }
  if (input.sent("checks")) return out;
  for (const std::string& context : input.texts("contexts")) out.checks.push_back({context, std::nullopt});
  return out;
}

model::ReviewRules reviews_of(const Input& input) {
  model::ReviewRules out;
  out.dismiss_stale_reviews = input.flag("dismiss_stale_reviews", false);
  out.require_code_owner_reviews = input.flag("require_code_owner_reviews", false);
  out.require_last_push_approval = input.flag("require_last_push_approval", false);
  out.approvals = input.integer("required_approving_review_count").value_or(1);
  if (is_set(input, "dismissal_restrictions")) out.dismissal_actors = actors_of(input.object("dismissal_restrictions"));
  out.bypass_actors = actors_of(input.object("bypass_pull_request_allowances"));
  return out;
}

model::BranchProtection protection_of(const Context& context) {
  const Input& input = context.body;
  model::BranchProtection row;
  row.repo = context.repo();
  row.branch = context.path[2];
  if (is_set(input, "required_status_checks")) row.statuses = statuses_of(input.object("required_status_checks"));
  if (is_set(input, "required_pull_request_reviews")) {
    row.reviews = reviews_of(input.object("required_pull_request_reviews"));
  }
  if (is_set(input, "restrictions")) row.restrictions = actors_of(input.object("restrictions"));
  row.enforce_admins = input.flag("enforce_admins", false);
  row.required_linear_history = input.flag("required_linear_history", false);
  row.allow_force_pushes = input.flag("allow_force_pushes", false);
  row.allow_deletions = input.flag("allow_deletions", false);
  row.block_creations = input.flag("block_creations", false);
  row.required_conversation_resolution = input.flag("required_conversation_resolution", false);
  row.lock_branch = input.flag("lock_branch", false);
  row.allow_fork_syncing = input.flag("allow_fork_syncing", false);
  return row;
}

Reply protection_answer(const Context& context, const model::BranchProtection& row) {
  return json_answer(200, [&](JsonWriter& json) { write_protection(json, context, row); });
}

Reply get_protection(Context& context) {
  if (context.role < model::Role::admin) return errors::not_found();
  if (!model::find_branch(context.world, context.repo(), context.path[2])) return errors::branch_not_found();
  const auto row = model::find_protection(context.world, context.repo(), context.path[2]);
  return row ? protection_answer(context, *row) : errors::branch_not_protected();
}

Reply update_protection(Context& context) {
  model::BranchProtection wanted = protection_of(context);
  if (wanted.reviews && (wanted.reviews->approvals < 0 || wanted.reviews->approvals > 6)) {
    return errors::unprocessable("required_approving_review_count must be between 0 and 6.");
  }
  const auto row = model::set_protection(context.action, std::move(wanted));
  if (!row) return row.refusal();
  return protection_answer(context, **row);
}

Reply delete_protection(Context& context) {
  return no_content_unless(model::remove_protection(context.action, context.repo(), context.path[2]));
}

Reply get_branch_rules(Context& context) {
  struct Row {
    model::RulesetPtr ruleset;
    const model::Rule* rule;
  };
  std::vector<Row> rows;
  for (const model::RulesetPtr& ruleset : model::rulesets_on(context.world, context.repo(), context.path[2])) {
    for (const model::Rule& rule : ruleset->rules) rows.push_back({ruleset, &rule});
  }
  return list_answer(context, rows, [&](JsonWriter& json, const Row& row) {
    json.begin_object().field("type", row.rule->type);
    if (!row.rule->parameters.empty()) json.raw_field("parameters", row.rule->parameters);
    json.field("ruleset_source_type", "Repository").field("ruleset_source", context.repository->full_name());
    json.field("ruleset_id", row.ruleset->id).end_object();
  });
}

/// repository-ruleset as lists show it. Rulesets of organizations are none of the twin's, so `includes_parents` adds
/// none.
void write_ruleset(JsonWriter& json, const Context& context, const model::Ruleset& row) {
  json.begin_object().field("id", row.id).field("name", row.name);
  json.field("target", model::ruleset_target_name(row.target)).field("source_type", "Repository");
  json.field("source", context.repository->full_name());
  json.field("enforcement", model::enforcement_name(row.enforcement));
  json.field("node_id", model::node_id("RRS", context.repo(), row.id));
  json.key("_links").begin_object().key("self").begin_object();
  link(json, "href", api_url(context, *context.repository), "/rulesets/", row.id);
  json.end_object().key("html").begin_object();
  link(json, "href", web_url(*context.repository), "/rules/", row.id);
  json.end_object().end_object();
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
  json.end_object();
}

Reply list_rulesets(Context& context) {
  const std::vector<std::string_view> targets = comma_list(context, "targets");
  std::vector<model::RulesetPtr> rows = model::rulesets_of(context.world, context.repo());
  std::erase_if(rows, [&](const model::RulesetPtr& row) {
    const std::string_view target = model::ruleset_target_name(row->target);
    return !targets.empty() && std::find(targets.begin(), targets.end(), target) == targets.end();
  });
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::RulesetPtr& row) { write_ruleset(json, context, *row); });
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/branches/{branch}/protection",
     .operation = "repos/get-branch-protection",
     .docs = "branches/branch-protection#get-branch-protection",
     .handle = get_protection},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/branches/{branch}/protection",
     .operation = "repos/update-branch-protection",
     .docs = "branches/branch-protection#update-branch-protection",
     .body = {kUpdate},
     .handle = update_protection},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/branches/{branch}/protection",
     .operation = "repos/delete-branch-protection",
     .docs = "branches/branch-protection#delete-branch-protection",
     .handle = delete_protection},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/rules/branches/{branch}",
     .operation = "repos/get-branch-rules",
     .docs = "repos/rules#get-rules-for-a-branch",
     .tail = Tail::rest,
     .handle = get_branch_rules},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/rulesets",
     .operation = "repos/get-repo-rulesets",
     .docs = "repos/rules#get-all-repository-rulesets",
     .handle = list_rulesets},
};

}  // namespace

std::span<const Route> branch_protection_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
