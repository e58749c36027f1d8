#include "core/twin/github/model/state_export.h"

#include "core/twin/github/model/row_writer.h"

namespace pome::twin::github::model {
namespace {

/// A list of rows that every repository has.
struct RepositoryList {
  std::string_view key;
  void (*write_rows)(JsonWriter& out, const World& world, const Repository& repo);
};
/// The published contract's lists come first and in its order.
constexpr RepositoryList kRepositoryLists[] = {
    {"branches", export_branches},
    {"files", export_files},
    {"labels", export_labels},
    {"issues", export_issues},
    {"pull_requests", export_pull_requests},
    {"commit_statuses", export_statuses},
    {"check_runs", export_check_runs},
    {"collaborators", export_collaborators},
    {"milestones", export_milestones},
    {"tags", export_tags},
    {"releases", export_releases},
    {"commits", export_commits},
    {"issue_events", export_issue_events},
    {"check_suites", export_check_suites},
    {"deploy_keys", export_deploy_keys},
    {"deployments", export_deployments},
    {"dispatch_events", export_dispatch_events},
    {"environments", export_environments},
    {"webhooks", export_hooks},
    {"branch_protections", export_protections},
    {"rulesets", export_rulesets},
    {"commit_comments", export_commit_comments},
    {"reactions", export_reactions},
    {"sub_issues", export_sub_issues},
    {"issue_dependencies", export_dependencies},
    {"workflows", export_workflows},
    {"workflow_runs", export_workflow_runs},
    {"workflow_jobs", export_workflow_jobs},
    {"artifacts", export_artifacts},
    {"secrets", export_secrets},
    {"variables", export_variables},
    {"stars", export_stars},
    {"watches", export_watches},
    {"code_scanning_alerts", export_code_scanning_alerts},
    {"secret_scanning_alerts", export_secret_scanning_alerts},
    {"dependabot_alerts", export_dependabot_alerts},
    {"security_advisories", export_repository_advisories},
};

void export_repositories(JsonWriter& out, const World& world) {
  for (const auto& entry : world.repositories) {
    out.begin_object();
    export_facts(out, world, *entry.row);
    for (const RepositoryList& list : kRepositoryLists) {
      out.key(list.key).begin_array();
      list.write_rows(out, world, *entry.row);
      out.end_array();
    }
    export_settings(out, world, *entry.row);
    out.end_object();
  }
}

/// A list of rows outside of repositories.
struct WorldList {
  std::string_view key;
  void (*write_rows)(JsonWriter& out, const World& world);
};
constexpr WorldList kWorldLists[] = {
    {"repositories", export_repositories},
    {"users", export_users},
    {"teams", export_teams},
    {"issue_types", export_issue_types},
    {"notifications", export_notifications},
    {"gists", export_gists},
    {"advisories", export_global_advisories},
    {"projects", export_projects},
};

}  // namespace

std::string export_state(const World& world) {
  std::string text;
  text.reserve(4096);
  JsonWriter out(text);
  out.begin_object();
  for (const WorldList& list : kWorldLists) {
    out.key(list.key).begin_array();
    list.write_rows(out, world);
    out.end_array();
  }
  time_field(out, "clock", world.now);
  out.end_object();
  return text;
}

}  // namespace pome::twin::github::model
