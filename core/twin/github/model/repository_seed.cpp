#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"
#include "core/twin/github/model/words.h"

namespace pome::twin::github::model {
namespace {

/// The id of a repository that stands earlier in the seed, named "owner/name"; 0 when the member is absent.
Id read_origin(Seeding& seed, const Node& node, std::string_view key) {
  if (!node.has(key)) return 0;
  const std::string name = node.required_text(key);
  if (const Repository* origin = seed.world.repositories.find(name)) return origin->id;
  node.error_at(key, "unknown-repository", text::cat("There is no repository \"", name, "\" before this one."),
                "Write it like owner/name, and list it first.");
  return 0;
}

void read_wording(const Node& node, CommitWording& wording) {
  wording.squash_title = node.word(
      "squash_merge_commit_title", wording.squash_title,
      [](std::string_view word) { return enum_from<SquashTitle>(kSquashTitles, word); },
      "PR_TITLE, COMMIT_OR_PR_TITLE");
  wording.squash_message = node.word(
      "squash_merge_commit_message", wording.squash_message,
      [](std::string_view word) { return enum_from<SquashMessage>(kSquashMessages, word); },
      "PR_BODY, COMMIT_MESSAGES, BLANK");
  wording.merge_title = node.word(
      "merge_commit_title", wording.merge_title,
      [](std::string_view word) { return enum_from<MergeTitle>(kMergeTitles, word); }, "PR_TITLE, MERGE_MESSAGE");
  wording.merge_message = node.word(
      "merge_commit_message", wording.merge_message,
      [](std::string_view word) { return enum_from<MergeMessage>(kMergeMessages, word); }, "PR_BODY, PR_TITLE, BLANK");
}

Repository read_repository(Seeding& seed, const Node& node) {
  Repository row;
  const std::string owner = node.required_text("owner");
  // Who owns a repository without being declared is an organization, as most owners in scenarios are.
  if (!owner.empty()) row.owner = seed.user(node.member("owner"), owner, UserType::organization);
  row.name = node.required_text("name");
  if (!row.name.empty() && !is_valid_repository_name(row.name)) {
    node.error_at("name", "bad-value", text::cat("\"", row.name, "\" cannot be a repository name."),
                  "Use letters, digits, '.', '_' and '-'.");
  }
  row.description = node.text("description", "");
  row.homepage = node.text("homepage");
  row.default_branch = node.text("default_branch", "main");
  check_ref_name(node, "default_branch");
  row.is_private = node.flag("private", false);
  row.archived = node.flag("archived", false);
  for (const RepositoryFlag& flag : repository_flags()) row.*flag.member = node.flag(flag.name, row.*flag.member);
  for (const RepositoryFlag& flag : security_flags()) row.*flag.member = node.flag(flag.name, row.*flag.member);
  read_wording(node, row.wording);
  row.parent = read_origin(seed, node, "fork_of");
  row.generated_from = read_origin(seed, node, "generated_from");
  if (row.parent != 0 && !node.has("default_branch")) {
    row.default_branch = seed.world.repositories_by_id.find(row.parent)->default_branch;
  }
  node.each("topics", [&](const Node& topic) { row.topics.push_back(topic.as_text()); });
  row.created_at = row.updated_at = row.pushed_at = node.instant("created_at").value_or(seed.world.epoch);
  return row;
}

constexpr SeedPart<Repository> kRepositoryParts[] = {
    {"owner"},
    {"name"},
    {"description"},
    {"homepage"},
    {"private"},
    {"default_branch"},
    {"archived"},
    {"is_template"},
    {"has_issues"},
    {"has_projects"},
    {"has_wiki"},
    {"has_downloads"},
    {"has_discussions"},
    {"has_pull_requests"},
    {"allow_forking"},
    {"allow_merge_commit"},
    {"allow_squash_merge"},
    {"allow_rebase_merge"},
    {"allow_auto_merge"},
    {"allow_update_branch"},
    {"delete_branch_on_merge"},
    {"use_squash_pr_title_as_default"},
    {"web_commit_signoff_required"},
    {"advanced_security"},
    {"code_security"},
    {"secret_scanning"},
    {"secret_scanning_push_protection"},
    {"secret_scanning_ai_detection"},
    {"secret_scanning_non_provider_patterns"},
    {"secret_scanning_delegated_alert_dismissal"},
    {"secret_scanning_delegated_bypass"},
    {"squash_merge_commit_title"},
    {"squash_merge_commit_message"},
    {"merge_commit_title"},
    {"merge_commit_message"},
    {"fork_of"},
    {"generated_from"},
    {"topics"},
    {"created_at"},
    {"collaborators", seed_collaborators},
    {"labels", seed_labels},
    {"milestones", seed_milestones},
    {"files", seed_files},
    {"commits", seed_commits},
    {"branches", seed_branches},
    {"issues", seed_issues},
    {"pull_requests", seed_pull_requests},
    {"tags", seed_tags},
    {"statuses", seed_repository_statuses},
    {"check_runs", seed_repository_check_runs},
    {"releases", seed_releases},
    {"workflows", seed_workflows},
    {"secrets", seed_secrets},
    {"variables", seed_variables},
    {"stars", seed_stars},
    {"watchers", seed_watchers},
    {"notifications", seed_notifications},
    {"code_scanning_alerts", seed_alerts},
    {"secret_scanning_alerts"},
    {"dependabot_alerts"},
    {"security_advisories"},
    {"deploy_keys", seed_deploy_keys},
    {"environments", seed_environments},
    {"deployments", seed_deployments},
    {"webhooks", seed_hooks},
    {"branch_protections", seed_protections},
    {"rulesets", seed_rulesets},
};

void seed_repository(Seeding& seed, const Node& node) {
  if (!node.is_made_of(kRepositoryParts)) return;
  Repository row = read_repository(seed, node);
  if (find_repository(seed.world, row.owner, row.name)) {
    node.error_at("name", "duplicate", text::cat("The repository \"", row.full_name(), "\" appears twice."));
    return;
  }
  row.id = ++seed.world.counters.repository;
  build_parts(kRepositoryParts, seed, *put(seed.action, std::move(row)), node);
}

}  // namespace

void seed_repositories(Seeding& seed, const Node& root) {
  const Json& list = json::at(root.value(), "repositories");
  if (list.is_null()) {
    root.error("missing-field", "\"repositories\" is missing.", "A seed needs at least one repository.");
  } else if (list.is_array() && list.empty()) {
    root.error_at("repositories", "empty", "A seed needs at least one repository.");
  }
  root.each("repositories", [&](const Node& node) { seed_repository(seed, node); });
  if (!list.is_array()) return;
  root.each("repositories", [&](const Node& node) {
    const auto owner = json::string_at(node.value(), "owner");
    const auto name = json::string_at(node.value(), "name");
    const RepositoryPtr row = owner && name ? find_repository(seed.world, *owner, *name) : nullptr;
    if (row) seed_pulls_from_forks(seed, *row, node);
  });
}

}  // namespace pome::twin::github::model
