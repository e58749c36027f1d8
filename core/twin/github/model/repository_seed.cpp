#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

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
  row.has_issues = node.flag("has_issues", true);
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
    {"has_issues"},
    {"topics"},
    {"created_at"},
    {"collaborators", seed_collaborators},
    {"labels", seed_labels},
    {"milestones", seed_milestones},
    {"files", seed_files},
    {"commits", seed_commits},
    {"issues", seed_issues},
    {"pull_requests", seed_pull_requests},
    {"tags", seed_tags},
    {"releases", seed_releases},
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
}

}  // namespace pome::twin::github::model
