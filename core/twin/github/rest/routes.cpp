#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

const std::vector<const Route*>& all_routes() {
  static const std::vector<const Route*> routes = [] {
    const std::span<const Route> resources[] = {
        advisory_routes(),
        assignee_routes(),
        project_routes(),
        security_alert_routes(),
        branch_routes(),
        collaborator_routes(),
        comment_routes(),
        content_routes(),
        gist_routes(),
        issue_label_routes(),
        issue_list_routes(),
        issue_routes(),
        label_routes(),
        meta_routes(),
        milestone_routes(),
        notification_routes(),
        organization_routes(),
        repository_event_routes(),
        repository_routes(),
        starring_routes(),
        team_routes(),
        user_routes(),
        workflow_artifact_routes(),
        workflow_job_routes(),
        workflow_routes(),
        workflow_run_routes(),
        workflow_secret_routes(),
        assignee_routes(),
        branch_routes(),
        collaborator_routes(),
        comment_routes(),
        content_routes(),
        issue_label_routes(),
        issue_list_routes(),
        issue_routes(),
        label_routes(),
        meta_routes(),
        milestone_routes(),
        repository_routes(),
        user_routes(),
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
