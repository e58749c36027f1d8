#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// How issues hang together: sub-issues and dependencies. The other issue can be of another repository.
namespace pome::twin::github::rest {

namespace {

constexpr Field kAddSubIssue[] = {required("sub_issue_id", Type::integer), optional("replace_parent", Type::flag)};
constexpr Field kRemoveSubIssue[] = {required("sub_issue_id", Type::integer)};
constexpr Field kReprioritize[] = {required("sub_issue_id", Type::integer), optional("after_id", Type::integer),
                                   optional("before_id", Type::integer)};
constexpr Field kDependency[] = {required("issue_id", Type::integer)};

/// The issue in the path, or nullptr. Pull requests have no such ties.
model::IssuePtr named_issue(const Context& context) {
  const auto number = context.number(2);
  const auto issue = number ? model::find_issue(context.world, context.repo(), *number) : nullptr;
  return issue && !issue->is_pull_request ? issue : nullptr;
}

void write_issue_at_home(JsonWriter& json, const Context& context, const model::Issue& issue) {
  const model::RepositoryPtr home = context.world.repositories_by_id.get(issue.repo);
  std::string text;
  JsonWriter inner(text);
  write_repository(inner, context, *home, Detail::normal);
  write_issue(json, context, *home, issue, text);
}

Reply issue_answer(const Context& context, int status, const model::Ruling<model::IssuePtr>& issue) {
  if (!issue) return issue.refusal();
  return json_answer(status, [&](JsonWriter& json) { write_issue_at_home(json, context, **issue); });
}

/// Issues the actor may not see are left out.
Reply issue_page(const Context& context, std::vector<model::IssuePtr> rows) {
  std::erase_if(rows, [&](const model::IssuePtr& row) {
    return model::permission_of(context.world, row->repo, context.call.login) == model::Role::none;
  });
  return list_answer(context, rows,
                     [&](JsonWriter& json, const model::IssuePtr& row) { write_issue_at_home(json, context, *row); });
}

Reply list_sub_issues(Context& context) {
  const model::IssuePtr issue = named_issue(context);
  if (!issue) return errors::not_found();
  return issue_page(context, model::sub_issues_of(context.world, *issue));
}

Reply get_parent(Context& context) {
  const model::IssuePtr issue = named_issue(context);
  const model::IssuePtr parent = issue ? model::parent_of(context.world, *issue) : nullptr;
  if (!parent || model::permission_of(context.world, parent->repo, context.call.login) == model::Role::none) {
    return errors::not_found();
  }
  return issue_answer(context, 200, parent);
}

Reply add_sub_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  return issue_answer(
      context, 201,
      model::add_sub_issue(context.action, context.repo(), *number, context.body.integer("sub_issue_id").value_or(0),
                           context.body.flag("replace_parent", false)));
}

Reply remove_sub_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  return issue_answer(context, 200,
                      model::remove_sub_issue(context.action, context.repo(), *number,
                                              context.body.integer("sub_issue_id").value_or(0)));
}

Reply reprioritize_sub_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const Input& body = context.body;
  return issue_answer(
      context, 200,
      model::reprioritize_sub_issue(context.action, context.repo(), *number, body.integer("sub_issue_id").value_or(0),
                                    body.integer("after_id"), body.integer("before_id")));
}

Reply list_blocked_by(Context& context) {
  const model::IssuePtr issue = named_issue(context);
  if (!issue) return errors::not_found();
  return issue_page(context, model::blocked_by(context.world, *issue));
}

Reply list_blocking(Context& context) {
  const model::IssuePtr issue = named_issue(context);
  if (!issue) return errors::not_found();
  return issue_page(context, model::blocking(context.world, *issue));
}

Reply add_blocked_by(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  return issue_answer(
      context, 201,
      model::add_dependency(context.action, context.repo(), *number, context.body.integer("issue_id").value_or(0)));
}

Reply remove_blocked_by(Context& context) {
  const auto number = context.number(2);
  const auto other = context.number(3);
  if (!number || !other) return errors::not_found();
  return issue_answer(context, 200, model::remove_dependency(context.action, context.repo(), *number, *other));
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues",
     .operation = "issues/list-sub-issues",
     .docs = "issues/sub-issues#list-sub-issues",
     .tools = {"issue_read", "list_sub_issues"},
     .handle = list_sub_issues},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues",
     .operation = "issues/add-sub-issue",
     .docs = "issues/sub-issues#add-sub-issue",
     .tools = {"sub_issue_write", "add_sub_issue"},
     .body = {kAddSubIssue},
     .handle = add_sub_issue},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
     .operation = "issues/remove-sub-issue",
     .docs = "issues/sub-issues#remove-sub-issue",
     .tools = {"sub_issue_write", "remove_sub_issue"},
     .body = {kRemoveSubIssue},
     .handle = remove_sub_issue},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
     .operation = "issues/reprioritize-sub-issue",
     .docs = "issues/sub-issues#reprioritize-sub-issue",
     .tools = {"sub_issue_write", "reprioritize_sub_issue"},
     .body = {kReprioritize},
     .handle = reprioritize_sub_issue},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/parent",
     .operation = "issues/get-parent",
     .docs = "issues/sub-issues#get-parent-issue",
     .tools = {"issue_read"},
     .handle = get_parent},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by",
     .operation = "issues/list-dependencies-blocked-by",
     .docs = "issues/issue-dependencies#list-dependencies-an-issue-is-blocked-by",
     .tools = {"issue_dependency_read"},
     .handle = list_blocked_by},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocking",
     .operation = "issues/list-dependencies-blocking",
     .docs = "issues/issue-dependencies#list-dependencies-an-issue-is-blocking",
     .tools = {"issue_dependency_read"},
     .handle = list_blocking},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by",
     .operation = "issues/add-blocked-by-dependency",
     .docs = "issues/issue-dependencies#add-a-dependency-an-issue-is-blocked-by",
     .tools = {"issue_dependency_write"},
     .body = {kDependency},
     .handle = add_blocked_by},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by/{issue_id}",
     .operation = "issues/remove-dependency-blocked-by",
     .docs = "issues/issue-dependencies#remove-dependency-an-issue-is-blocked-by",
     .tools = {"issue_dependency_write"},
     .handle = remove_blocked_by},
};

}  // namespace

std::span<const Route> linked_issue_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
