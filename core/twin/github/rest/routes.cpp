#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

const std::vector<const Route*>& all_routes() {
  static const std::vector<const Route*> routes = [] {
    const std::span<const Route> resources[] = {
        assignee_routes(),
        branch_protection_routes(),
        branch_routes(),
        collaborator_routes(),
        comment_routes(),
        commit_comment_routes(),
        commit_routes(),
        compare_routes(),
        content_edit_routes(),
        content_routes(),
        git_object_routes(),
        git_ref_routes(),
        git_tree_routes(),
        issue_label_routes(),
        issue_list_routes(),
        issue_routes(),
        label_routes(),
        meta_routes(),
        milestone_routes(),
        repository_routes(),
        repository_statistics_routes(),
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
