#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

const std::vector<const Route*>& all_routes() {
  static const std::vector<const Route*> routes = [] {
    const std::span<const Route> resources[] = {
        assignee_routes(),
        branch_routes(),
        collaborator_routes(),
        comment_routes(),
        content_routes(),
        deploy_key_routes(),
        deployment_routes(),
        environment_routes(),
        hook_delivery_routes(),
        hook_routes(),
        invitation_routes(),
        issue_label_routes(),
        issue_list_routes(),
        issue_routes(),
        label_routes(),
        license_routes(),
        markdown_routes(),
        meta_routes(),
        milestone_routes(),
        release_asset_routes(),
        release_routes(),
        repository_lifecycle_routes(),
        repository_list_routes(),
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
