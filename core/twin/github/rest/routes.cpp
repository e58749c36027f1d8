#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

const std::vector<const Route*>& all_routes() {
  static const std::vector<const Route*> routes = [] {
    const std::span<const Route> resources[] = {
        advisory_routes(),
        archive_routes(),
        assignee_routes(),
        branch_protection_routes(),
        branch_routes(),
        check_run_routes(),
        check_suite_routes(),
        collaborator_routes(),
        comment_routes(),
        commit_comment_routes(),
        commit_routes(),
        compare_routes(),
        content_edit_routes(),
        content_routes(),
        deploy_key_routes(),
        deployment_routes(),
        environment_routes(),
        gist_routes(),
        git_object_routes(),
        git_ref_routes(),
        git_tree_routes(),
        hook_delivery_routes(),
        hook_routes(),
        invitation_routes(),
        issue_event_routes(),
        issue_label_routes(),
        issue_list_routes(),
        issue_routes(),
        issue_type_routes(),
        label_routes(),
        license_routes(),
        linked_issue_routes(),
        markdown_routes(),
        meta_routes(),
        milestone_routes(),
        notification_routes(),
        organization_routes(),
        project_routes(),
        pull_change_routes(),
        pull_merge_routes(),
        pull_routes(),
        reaction_routes(),
        release_asset_routes(),
        release_routes(),
        repository_event_routes(),
        repository_lifecycle_routes(),
        repository_list_routes(),
        repository_routes(),
        repository_statistics_routes(),
        review_comment_routes(),
        review_routes(),
        reviewer_routes(),
        search_code_routes(),
        search_commit_routes(),
        search_issue_routes(),
        search_label_routes(),
        search_people_routes(),
        search_repository_routes(),
        security_alert_routes(),
        starring_routes(),
        status_routes(),
        team_routes(),
        timeline_routes(),
        user_routes(),
        workflow_artifact_routes(),
        workflow_job_routes(),
        workflow_routes(),
        workflow_run_routes(),
        workflow_secret_routes(),
    };
    std::vector<const Route*> list;
    for (const std::span<const Route> rows : resources) {
      for (const Route& route : rows) list.push_back(&route);
    }
    return list;
  }();
  return routes;
}

}  // namespace pome::twin::github::rest
