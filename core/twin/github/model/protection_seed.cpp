#include "core/base/text.h"
#include "core/twin/github/model/protection.h"
#include "core/twin/github/model/ruleset.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

/// Branch protections and rulesets of the seed, written as GitHub's REST bodies spell them.
namespace pome::twin::github::model {
namespace {

ActorList read_actors(Seeding& seed, const Node& node) {
  ActorList out;
  if (!node.is_object("users teams apps")) return out;
  node.each("users", [&](const Node& user) { out.users.push_back(seed.user(user, user.as_text())); });
  node.each("teams", [&](const Node& team) { out.teams.push_back(team.as_text()); });
  node.each("apps", [&](const Node& app) { out.apps.push_back(app.as_text()); });
  return out;
}

std::optional<StatusRules> read_statuses(const Node& node) {
  if (!node.has("required_status_checks")) return std::nullopt;
  const Node member = node.member("required_status_checks");
  StatusRules out;
  if (!member.is_object("strict contexts")) return out;
  out.strict = member.flag("strict", false);
  member.each("contexts", [&](const Node& context) { out.checks.push_back({context.as_text(), std::nullopt}); });
  return out;
}

std::optional<ReviewRules> read_reviews(Seeding& seed, const Node& node) {
  if (!node.has("required_pull_request_reviews")) return std::nullopt;
  const Node member = node.member("required_pull_request_reviews");
  ReviewRules out;
  if (!member.is_object("required_approving_review_count dismiss_stale_reviews require_code_owner_reviews "
                        "require_last_push_approval dismissal_restrictions bypass_pull_request_allowances")) {
    return out;
  }
  out.approvals = member.positive("required_approving_review_count").value_or(1);
  out.dismiss_stale_reviews = member.flag("dismiss_stale_reviews", false);
  out.require_code_owner_reviews = member.flag("require_code_owner_reviews", false);
  out.require_last_push_approval = member.flag("require_last_push_approval", false);
  if (member.has("dismissal_restrictions")) {
    out.dismissal_actors = read_actors(seed, member.member("dismissal_restrictions"));
  }
  if (member.has("bypass_pull_request_allowances")) {
    out.bypass_actors = read_actors(seed, member.member("bypass_pull_request_allowances"));
  }
  return out;
}

void seed_protection(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("branch required_status_checks enforce_admins required_pull_request_reviews restrictions "
                      "required_linear_history allow_force_pushes allow_deletions block_creations "
                      "required_conversation_resolution lock_branch allow_fork_syncing required_signatures")) {
    return;
  }
  BranchProtection row;
  row.repo = repo.id;
  row.branch = node.text("branch", repo.default_branch);
  if (!find_branch(seed.world, repo.id, row.branch)) {
    node.error_at("branch", "unknown-branch", text::cat("The repository has no branch \"", row.branch, "\"."));
    return;
  }
  if (find_protection(seed.world, repo.id, row.branch)) {
    node.error_at("branch", "duplicate", text::cat("The branch \"", row.branch, "\" is protected twice."));
    return;
  }
  row.statuses = read_statuses(node);
  row.reviews = read_reviews(seed, node);
  if (node.has("restrictions")) row.restrictions = read_actors(seed, node.member("restrictions"));
  row.enforce_admins = node.flag("enforce_admins", false);
  row.required_linear_history = node.flag("required_linear_history", false);
  row.allow_force_pushes = node.flag("allow_force_pushes", false);
  row.allow_deletions = node.flag("allow_deletions", false);
  row.block_creations = node.flag("block_creations", false);
  row.required_conversation_resolution = node.flag("required_conversation_resolution", false);
  row.lock_branch = node.flag("lock_branch", false);
  row.allow_fork_syncing = node.flag("allow_fork_syncing", false);
  row.required_signatures = node.flag("required_signatures", false);
  put(seed.action, std::move(row));
}

std::optional<RulesetTarget> target_from(std::string_view word) {
  for (const RulesetTarget target : {RulesetTarget::branch, RulesetTarget::tag, RulesetTarget::push}) {
    if (ruleset_target_name(target) == word) return target;
  }
  return std::nullopt;
}

std::optional<Enforcement> enforcement_from(std::string_view word) {
  for (const Enforcement value : {Enforcement::disabled, Enforcement::active, Enforcement::evaluate}) {
    if (enforcement_name(value) == word) return value;
  }
  return std::nullopt;
}

Rule read_rule(const Node& node) {
  Rule out;
  if (!node.is_object("type parameters")) return out;
  out.type = node.required_text("type");
  if (!node.has("parameters")) return out;
  const Json& parameters = node.member("parameters").value();
  out.parameters = json::dump(parameters);
  const Json& checks = json::at(parameters, "required_status_checks");
  if (!checks.is_array()) return out;
  for (const Json& check : checks) {
    if (const auto context = json::string_at(check, "context")) out.contexts.emplace_back(*context);
  }
  return out;
}

void seed_ruleset(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("name target enforcement include exclude rules bypass_role created_at")) {
    return;
  }
  Ruleset row;
  row.repo = repo.id;
  row.name = node.required_text("name");
  row.target = node.word("target", RulesetTarget::branch, target_from, "branch, tag, push");
  row.enforcement = node.word("enforcement", Enforcement::active, enforcement_from, "disabled, active, evaluate");
  node.each("include", [&](const Node& pattern) { row.include.push_back(pattern.as_text()); });
  node.each("exclude", [&](const Node& pattern) { row.exclude.push_back(pattern.as_text()); });
  if (!node.has("include")) row.include.push_back("~DEFAULT_BRANCH");
  node.each("rules", [&](const Node& rule) { row.rules.push_back(read_rule(rule)); });
  if (node.has("bypass_role")) {
    row.bypass = node.word("bypass_role", Role::admin, role_from, "write, maintain, admin");
  }
  row.created_at = row.updated_at = node.instant("created_at").value_or(seed.world.epoch);
  row.id = ++seed.world.counters.ruleset;
  put(seed.action, std::move(row));
}

}  // namespace

void seed_protections(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("branch_protections", [&](const Node& entry) { seed_protection(seed, repo, entry); });
}

void seed_rulesets(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("rulesets", [&](const Node& entry) { seed_ruleset(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
