#include "core/twin/github/rest/shape_branch.h"

#include "core/twin/github/rest/shape_commit.h"

namespace pome::twin::github::rest {

namespace {

std::string_view branch_name(const model::Ref& ref) { return std::string_view(ref.name).substr(model::kHeads.size()); }

std::string branch_url(const Context& context, std::string_view branch) {
  return text::cat(api_url(context, *context.repository), "/branches/", encoded_path(branch));
}

void write_checks(JsonWriter& json, const model::StatusRules& rules) {
  json.key("contexts").begin_array();
  for (const model::RequiredCheck& check : rules.checks) json.value(check.context);
  json.end_array().key("checks").begin_array();
  for (const model::RequiredCheck& check : rules.checks) {
    json.begin_object().field("context", check.context).field("app_id", check.app_id).end_object();
  }
  json.end_array();
}

/// The short form inside a branch: administrators need not be bound by the checks.
void write_protection_summary(JsonWriter& json, const model::BranchProtection* row) {
  json.key("protection").begin_object().field("enabled", row != nullptr);
  json.key("required_status_checks").begin_object();
  const bool checks = row && row->statuses;
  json.field("enforcement_level", !checks ? "off" : row->enforce_admins ? "everyone" : "non_admins");
  write_checks(json, checks ? *row->statuses : model::StatusRules());
  json.end_object().end_object();
}

void write_people(JsonWriter& json, const Context& context, const model::ActorList& actors) {
  json.key("users").begin_array();
  for (const std::string& user : actors.users) write_user(json, context, user);
  // Teams and apps are kept by their slugs; without them in the world there is nothing to show of them.
  json.end_array().key("teams").begin_array().end_array().key("apps").begin_array().end_array();
}

void write_reviews(JsonWriter& json, const Context& context, const model::ReviewRules& rules, const std::string& url) {
  json.key("required_pull_request_reviews").begin_object();
  link(json, "url", url, "/required_pull_request_reviews");
  json.field("dismiss_stale_reviews", rules.dismiss_stale_reviews);
  json.field("require_code_owner_reviews", rules.require_code_owner_reviews);
  json.field("require_last_push_approval", rules.require_last_push_approval);
  json.field("required_approving_review_count", rules.approvals);
  if (rules.dismissal_actors) {
    json.key("dismissal_restrictions").begin_object();
    link(json, "url", url, "/dismissal_restrictions");
    link(json, "users_url", url, "/dismissal_restrictions/users");
    link(json, "teams_url", url, "/dismissal_restrictions/teams");
    write_people(json, context, *rules.dismissal_actors);
    json.end_object();
  }
  if (!(rules.bypass_actors == model::ActorList())) {
    json.key("bypass_pull_request_allowances").begin_object();
    write_people(json, context, rules.bypass_actors);
    json.end_object();
  }
  json.end_object();
}

void write_switch(JsonWriter& json, std::string_view name, bool enabled) {
  json.key(name).begin_object().field("enabled", enabled).end_object();
}

void write_linked_switch(JsonWriter& json, std::string_view name, const std::string& url, bool enabled) {
  json.key(name).begin_object();
  link(json, "url", url, "/", name);
  json.field("enabled", enabled).end_object();
}

}  // namespace

void write_short_branch(JsonWriter& json, const Context& context, const model::Ref& branch) {
  json.begin_object().field("name", branch_name(branch));
  json.key("commit").begin_object().field("sha", branch.target.hex());
  link(json, "url", api_url(context, *context.repository), "/commits/", branch.target.hex());
  json.end_object();
  json.field("protected", model::is_protected(context.world, context.repo(), branch_name(branch))).end_object();
}

void write_branch(JsonWriter& json, const Context& context, const model::Ref& branch) {
  const std::string_view name = branch_name(branch);
  const std::string url = branch_url(context, name);
  const auto protection = model::find_protection(context.world, context.repo(), name);
  json.begin_object().field("name", name).key("commit");
  write_commit(json, context, *context.repository, branch.target);
  json.key("_links").begin_object();
  link(json, "self", url);
  link(json, "html", web_url(*context.repository), "/tree/", encoded_path(name));
  json.end_object().field("protected", model::is_protected(context.world, context.repo(), name));
  write_protection_summary(json, protection.get());
  link(json, "protection_url", url, "/protection");
  json.end_object();
}

void write_protection(JsonWriter& json, const Context& context, const model::BranchProtection& row) {
  const std::string url = text::cat(branch_url(context, row.branch), "/protection");
  json.begin_object();
  link(json, "url", url);
  if (row.statuses) {
    json.key("required_status_checks").begin_object();
    link(json, "url", url, "/required_status_checks");
    json.field("strict", row.statuses->strict);
    write_checks(json, *row.statuses);
    link(json, "contexts_url", url, "/required_status_checks/contexts");
    json.end_object();
  }
  if (row.reviews) write_reviews(json, context, *row.reviews, url);
  write_linked_switch(json, "required_signatures", url, row.required_signatures);
  write_linked_switch(json, "enforce_admins", url, row.enforce_admins);
  if (row.restrictions) {
    json.key("restrictions").begin_object();
    link(json, "url", url, "/restrictions");
    for (const std::string_view kind : {"users", "teams", "apps"}) {
      link(json, text::cat(kind, "_url"), url, "/restrictions/", kind);
    }
    write_people(json, context, *row.restrictions);
    json.end_object();
  }
  write_switch(json, "required_linear_history", row.required_linear_history);
  write_switch(json, "allow_force_pushes", row.allow_force_pushes);
  write_switch(json, "allow_deletions", row.allow_deletions);
  write_switch(json, "block_creations", row.block_creations);
  write_switch(json, "required_conversation_resolution", row.required_conversation_resolution);
  write_switch(json, "lock_branch", row.lock_branch);
  write_switch(json, "allow_fork_syncing", row.allow_fork_syncing);
  json.end_object();
}

}  // namespace pome::twin::github::rest
