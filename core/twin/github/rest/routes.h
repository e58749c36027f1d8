#pragma once
#include <span>
#include <vector>

#include "core/twin/github/rest/route.h"

/// The route rows of every resource file, and all of them together.
namespace pome::twin::github::rest {

std::span<const Route> repository_routes();
std::span<const Route> repository_list_routes();
std::span<const Route> repository_lifecycle_routes();
std::span<const Route> invitation_routes();
std::span<const Route> deploy_key_routes();
std::span<const Route> deployment_routes();
std::span<const Route> environment_routes();
std::span<const Route> hook_delivery_routes();
std::span<const Route> hook_routes();
std::span<const Route> release_asset_routes();
std::span<const Route> release_routes();
std::span<const Route> license_routes();
std::span<const Route> content_routes();
std::span<const Route> branch_routes();
std::span<const Route> label_routes();
std::span<const Route> issue_label_routes();
std::span<const Route> issue_routes();
std::span<const Route> issue_list_routes();
std::span<const Route> comment_routes();
std::span<const Route> assignee_routes();
std::span<const Route> milestone_routes();
std::span<const Route> user_routes();
std::span<const Route> collaborator_routes();
std::span<const Route> markdown_routes();
std::span<const Route> meta_routes();

/// Every row, in the order of the lists above.
const std::vector<const Route*>& all_routes();

}  // namespace pome::twin::github::rest
