#include <algorithm>
#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Labels that issues, pull requests and milestones carry.
namespace pome::twin::github::rest {

namespace {

/// `{"labels": [...]}` or the bare array; entries are names or objects with a name.
constexpr Field kLabels[] = {optional("labels", Type::names)};
constexpr BodySpec kLabelNames = {kLabels, "labels"};

Reply labels_answer(const Context& context, const std::vector<model::LabelPtr>& labels) {
  return json_answer(200, [&](JsonWriter& json) {
    json.begin_array();
    for (const model::LabelPtr& label : labels) write_label(json, context, *context.repository, *label);
    json.end_array();
  });
}

Reply label_page(const Context& context, const std::vector<model::LabelPtr>& labels) {
  return list_answer(context, labels, [&](JsonWriter& json, const model::LabelPtr& label) {
    write_label(json, context, *context.repository, *label);
  });
}

/// The issue or pull request in the path, or nullptr.
model::IssuePtr issue_of(const Context& context) {
  const auto number = context.number(2);
  return number ? model::find_issue(context.world, context.repository->id, *number) : nullptr;
}

Reply list_labels_on_issue(Context& context) {
  const model::IssuePtr issue = issue_of(context);
  if (!issue) return errors::not_found();
  return label_page(context, model::labels_on(context.world, *issue));
}

Reply add_labels(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto labels = model::add_labels(context.action, context.repository->id, *number, context.body.texts("labels"));
  if (!labels) return labels.refusal();
  return labels_answer(context, *labels);
}

Reply set_labels(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto labels = model::set_labels(context.action, context.repository->id, *number, context.body.texts("labels"));
  if (!labels) return labels.refusal();
  return labels_answer(context, *labels);
}

Reply remove_label(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto labels = model::remove_label(context.action, context.repository->id, *number, context.path[3]);
  if (!labels) return labels.refusal();
  return labels_answer(context, *labels);
}

Reply remove_all_labels(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto refusal = model::remove_all_labels(context.action, context.repository->id, *number);
  return no_content_unless(refusal);
}

/// Labels of all issues and pull requests in a milestone, each once, by name.
Reply list_labels_for_milestone(Context& context) {
  const auto number = context.number(2);
  if (!number || !model::find_milestone(context.world, context.repository->id, *number)) return errors::not_found();
  std::vector<model::LabelPtr> labels;
  for (const model::LabelPtr& label : model::labels_of(context.world, context.repository->id)) {
    const auto issues = model::rows_of(context.world.issues, context.repository->id);
    const bool used = std::any_of(issues.begin(), issues.end(), [&](const auto& entry) {
      return entry.row->milestone == *number && model::has_label(*entry.row, *label);
    });
    if (used) labels.push_back(label);
  }
  return label_page(context, labels);
}

constexpr std::string_view kLabelsOfIssue = "/repos/{owner}/{repo}/issues/{issue_number}/labels";

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = kLabelsOfIssue,
     .operation = "issues/list-labels-on-issue",
     .docs = "issues/labels#list-labels-for-an-issue",
     .tools = {"issue_read", "list_issue_labels"},
     .handle = list_labels_on_issue},
    {.method = Method::post,
     .path = kLabelsOfIssue,
     .operation = "issues/add-labels",
     .docs = "issues/labels#add-labels-to-an-issue",
     .access = Access::triage,
     .tools = {"add_issue_labels"},
     .body = kLabelNames,
     .handle = add_labels},
    {.method = Method::put,
     .path = kLabelsOfIssue,
     .operation = "issues/set-labels",
     .docs = "issues/labels#set-labels-for-an-issue",
     .access = Access::triage,
     .tools = {"update_issue_labels"},
     .body = kLabelNames,
     .handle = set_labels},
    {.method = Method::del,
     .path = kLabelsOfIssue,
     .operation = "issues/remove-all-labels",
     .docs = "issues/labels#remove-all-labels-from-an-issue",
     .access = Access::triage,
     .handle = remove_all_labels},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
     .operation = "issues/remove-label",
     .docs = "issues/labels#remove-a-label-from-an-issue",
     .access = Access::triage,
     .tools = {"remove_issue_label"},
     .handle = remove_label},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/milestones/{milestone_number}/labels",
     .operation = "issues/list-labels-for-milestone",
     .docs = "issues/labels#list-labels-for-issues-in-a-milestone",
     .handle = list_labels_for_milestone},
};

}  // namespace

std::span<const Route> issue_label_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
