#pragma once
#include <span>
#include <vector>

#include "core/twin/github/rest/route.h"

/// The route rows of every resource file, and all of them together.
namespace pome::twin::github::rest {

std::span<const Route> advisory_routes();
std::span<const Route> archive_routes();
std::span<const Route> assignee_routes();
std::span<const Route> branch_protection_routes();
std::span<const Route> branch_routes();
std::span<const Route> check_run_routes();
std::span<const Route> check_suite_routes();
std::span<const Route> collaborator_routes();
std::span<const Route> comment_routes();
std::span<const Route> commit_comment_routes();
std::span<const Route> commit_routes();
std::span<const Route> compare_routes();
std::span<const Route> content_edit_routes();
std::span<const Route> content_routes();
std::span<const Route> deploy_key_routes();
std::span<const Route> deployment_routes();
std::span<const Route> environment_routes();
std::span<const Route> gist_routes();
std::span<const Route> git_object_routes();
std::span<const Route> git_ref_routes();
std::span<const Route> git_tree_routes();
std::span<const Route> hook_delivery_routes();
std::span<const Route> hook_routes();
std::span<const Route> invitation_routes();
std::span<const Route> issue_event_routes();
std::span<const Route> issue_label_routes();
std::span<const Route> issue_list_routes();
std::span<const Route> issue_routes();
std::span<const Route> issue_type_routes();
std::span<const Route> label_routes();
std::span<const Route> license_routes();
std::span<const Route> linked_issue_routes();
std::span<const Route> markdown_routes();
std::span<const Route> meta_routes();
std::span<const Route> milestone_routes();
std::span<const Route> notification_routes();
std::span<const Route> organization_routes();
std::span<const Route> project_routes();
std::span<const Route> pull_change_routes();
std::span<const Route> pull_merge_routes();
std::span<const Route> pull_routes();
std::span<const Route> reaction_routes();
std::span<const Route> release_asset_routes();
std::span<const Route> release_routes();
std::span<const Route> repository_event_routes();
std::span<const Route> repository_lifecycle_routes();
std::span<const Route> repository_list_routes();
std::span<const Route> repository_routes();
std::span<const Route> repository_statistics_routes();
std::span<const Route> review_comment_routes();
std::span<const Route> review_routes();
std::span<const Route> reviewer_routes();
std::span<const Route> search_code_routes();
std::span<const Route> search_commit_routes();
std::span<const Route> search_issue_routes();
std::span<const Route> search_label_routes();
std::span<const Route> search_people_routes();
std::span<const Route> search_repository_routes();
std::span<const Route> security_alert_routes();
std::span<const Route> starring_routes();
std::span<const Route> status_routes();
std::span<const Route> team_routes();
std::span<const Route> timeline_routes();
std::span<const Route> user_routes();
std::span<const Route> workflow_artifact_routes();
std::span<const Route> workflow_job_routes();
std::span<const Route> workflow_routes();
std::span<const Route> workflow_run_routes();
std::span<const Route> workflow_secret_routes();

/// Every row, resource by resource.
const std::vector<const Route*>& all_routes();

}  // namespace pome::twin::github::rest
