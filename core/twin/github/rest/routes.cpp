#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

const std::vector<const Route*>& all_routes() {
  static const std::vector<const Route*> routes = [] {
    std::vector<const Route*> list;
    for (const auto rows :
         {repository_routes(), content_routes(), branch_routes(), label_routes(), issue_label_routes(), issue_routes(),
          issue_list_routes(), comment_routes(), assignee_routes(), milestone_routes(), user_routes(),
          collaborator_routes(), meta_routes()}) {
      for (const Route& route : rows) list.push_back(&route);
    }
    return list;
  }();
  return routes;
}

}  // namespace pome::twin::github::rest
