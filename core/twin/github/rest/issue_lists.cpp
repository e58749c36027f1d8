#include <algorithm>
#include <map>
#include <utility>

#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/issue_filter.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Lists of issues: of one repository, and across the repositories the actor has to do with.
namespace pome::twin::github::rest {

namespace {

bool same_login(std::string_view a, std::string_view b) { return text::equals_ignore_case(a, b); }

bool is_assigned(const model::Issue& issue, std::string_view login) {
  return std::any_of(issue.assignees.begin(), issue.assignees.end(),
                     [&](const std::string& assignee) { return same_login(assignee, login); });
}

bool has_commented(const model::World& world, const model::Issue& issue, std::string_view login) {
  const auto comments = model::rows_of(world.comments, issue.repo, issue.number);
  return std::any_of(comments.begin(), comments.end(),
                     [&](const auto& entry) { return same_login(entry.row->author, login); });
}

/// The parameters only the list of one repository has.
struct RepositoryFilter {
  std::string_view milestone;  ///< "*", "none", digits; empty = any
  std::string_view assignee;   ///< "*", "none", a login
  std::string_view creator;
  std::string_view mentioned;
  std::string_view type;  ///< "*", "none", a name
  std::string_view field_values;
};

std::string_view parameter(const Context& context, std::string_view name) {
  return context.query.get(name).value_or(std::string_view());
}

/// A milestone or person nobody knows is noted as a refusal.
RepositoryFilter repository_filter(Context& context) {
  const auto refuse = [&](std::string_view field, std::string_view value) {
    context.refuse(errors::invalid_value("Issue", field, value));
  };
  const auto check_login = [&](std::string_view field, std::string_view login) {
    const bool known = login.empty() || same_login(login, context.call.login) || model::find_user(context.world, login);
    if (!known) refuse(field, login);
  };
  RepositoryFilter filter;
  filter.milestone = parameter(context, "milestone");
  if (!filter.milestone.empty() && filter.milestone != "*" && filter.milestone != "none") {
    const auto number = text::to_integer(filter.milestone);
    if (!number || !model::find_milestone(context.world, context.repo(), *number)) {
      refuse("milestone", filter.milestone);
    }
  }
  filter.assignee = parameter(context, "assignee");
  filter.creator = parameter(context, "creator");
  filter.mentioned = parameter(context, "mentioned");
  if (filter.assignee != "*" && filter.assignee != "none") check_login("assignee", filter.assignee);
  check_login("creator", filter.creator);
  check_login("mentioned", filter.mentioned);
  filter.type = parameter(context, "type");
  filter.field_values = parameter(context, "issue_field_values");
  return filter;
}

bool has_type(const model::World& world, std::string_view wanted, const model::Issue& issue) {
  if (wanted.empty() || wanted == "none") return wanted.empty() || issue.type == 0;
  if (wanted == "*") return issue.type != 0;
  const model::IssueTypePtr type = model::type_of(world, issue);
  return type && same_login(type->name, wanted);
}

bool passes(const Context& context, const RepositoryFilter& filter, const model::Issue& issue) {
  if (filter.milestone == "none" ? issue.milestone != 0 : filter.milestone == "*" && issue.milestone == 0) return false;
  const auto number = text::to_integer(filter.milestone);
  if (number && issue.milestone != *number) return false;
  if (filter.assignee == "none") {
    if (!issue.assignees.empty()) return false;
  } else if (filter.assignee == "*") {
    if (issue.assignees.empty()) return false;
  } else if (!filter.assignee.empty() && !is_assigned(issue, filter.assignee)) {
    return false;
  }
  if (!filter.creator.empty() && !same_login(issue.author, filter.creator)) return false;
  if (!filter.mentioned.empty() && !mentions(context.world, issue, filter.mentioned)) return false;
  if (!has_type(context.world, filter.type, issue)) return false;
  // No issue has a custom field value.
  return filter.field_values.empty();
}

Reply list_for_repo(Context& context) {
  const auto filter = issue_filter(context);
  const auto extra = repository_filter(context);
  std::vector<IssueRow> rows;
  if (const auto labels = label_ids(context.world, filter, context.repository->id)) {
    for (const auto& [key, issue] : model::rows_of(context.world.issues, context.repository->id)) {
      if (!context.repository->has_issues && !issue->is_pull_request) continue;
      if (passes(filter, *labels, *issue) && passes(context, extra, *issue)) {
        rows.push_back({context.repository.get(), issue.get()});
      }
    }
  }
  sort_issues(rows, filter);
  return list_answer(context, rows, [&](JsonWriter& json, const IssueRow& row) {
    write_issue(json, context, *row.repository, *row.issue);
  });
}

/// How the actor has to do with a repository.
struct Tie {
  bool owned = false;   ///< the actor's own
  bool orgs = false;    ///< of an organization the actor has a role in
  bool collab = false;  ///< somebody else's where the actor collaborates

  bool any() const { return owned || orgs || collab; }
};

Tie tie_to(const Context& context, const model::Repository& repository) {
  Tie tie;
  tie.owned = same_login(repository.owner, context.call.login);
  if (tie.owned || !model::is_collaborator(context.world, repository.id, context.call.login)) return tie;
  const model::UserPtr owner = model::find_user(context.world, repository.owner);
  tie.orgs = owner && owner->type == model::UserType::organization;
  tie.collab = model::find_collaborator(context.world, repository.id, context.call.login) != nullptr;
  return tie;
}

bool concerns(const Context& context, std::string_view filter, const Tie& tie, const model::Issue& issue) {
  const std::string_view me = context.call.login;
  if (filter == "assigned") return is_assigned(issue, me);
  if (filter == "created") return same_login(issue.author, me);
  if (filter == "mentioned") return mentions(context.world, issue, me);
  if (filter == "repos") return tie.any();
  const bool subscribed = same_login(issue.author, me) || is_assigned(issue, me) ||
                          mentions(context.world, issue, me) || has_commented(context.world, issue, me);
  return filter == "subscribed" ? subscribed : subscribed || tie.any();
}

/// The parameters of GET /issues that narrow by repository and kind; absent ones let everything through.
struct Narrowing {
  std::optional<bool> collab;
  std::optional<bool> orgs;
  std::optional<bool> owned;
  std::optional<bool> pulls;

  bool lets_through(const Tie& tie) const {
    const bool wanted = (collab == true && tie.collab) || (orgs == true && tie.orgs) || (owned == true && tie.owned);
    const bool unwanted =
        (collab == false && tie.collab) || (orgs == false && tie.orgs) || (owned == false && tie.owned);
    const bool picky = collab == true || orgs == true || owned == true;
    return picky ? wanted : !unwanted;
  }
  bool lets_through(const model::Issue& issue) const { return !pulls || *pulls == issue.is_pull_request; }
};

Reply list_mine(Context& context, const Narrowing& narrowing) {
  const auto shared = issue_filter(context);
  const std::string_view filter =
      choice(context, "filter", {"assigned", "created", "mentioned", "subscribed", "repos", "all"}, "Issue");
  std::vector<IssueRow> rows;
  for (const model::RepositoryPtr& repository :
       model::visible_repositories(context.world, context.call.login, std::string_view())) {
    const Tie tie = tie_to(context, *repository);
    const auto labels = label_ids(context.world, shared, repository->id);
    if (!labels || !narrowing.lets_through(tie)) continue;
    for (const auto& [key, issue] : model::rows_of(context.world.issues, repository->id)) {
      if (!repository->has_issues && !issue->is_pull_request) continue;
      if (!narrowing.lets_through(*issue) || !passes(shared, *labels, *issue)) continue;
      if (concerns(context, filter, tie, *issue)) rows.push_back({repository.get(), issue.get()});
    }
  }
  sort_issues(rows, shared);
  std::map<model::Id, std::string> repositories;
  return list_answer(context, rows, [&](JsonWriter& json, const IssueRow& row) {
    std::string& text = repositories[row.repository->id];
    if (text.empty()) {
      JsonWriter inner(text);
      write_repository(inner, context, *row.repository, Detail::normal);
    }
    write_issue(json, context, *row.repository, *row.issue, text);
  });
}

Reply list_everywhere(Context& context) {
  return list_mine(context, Narrowing{.collab = flag(context, "collab"),
                                      .orgs = flag(context, "orgs"),
                                      .owned = flag(context, "owned"),
                                      .pulls = flag(context, "pulls")});
}

/// Only repositories the actor owns or works in as a member.
Reply list_for_authenticated_user(Context& context) {
  return list_mine(context, Narrowing{.collab = true, .orgs = true, .owned = true, .pulls = std::nullopt});
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues",
     .operation = "issues/list-for-repo",
     .docs = "issues/issues#list-repository-issues",
     .tools = {"list_issues"},
     .handle = list_for_repo},
    {.method = Method::get,
     .path = "/issues",
     .operation = "issues/list",
     .docs = "issues/issues#list-issues-assigned-to-the-authenticated-user",
     .access = Access::account,
     .handle = list_everywhere},
    {.method = Method::get,
     .path = "/user/issues",
     .operation = "issues/list-for-authenticated-user",
     .docs = "issues/issues#list-user-account-issues-assigned-to-the-authenticated-user",
     .access = Access::account,
     .handle = list_for_authenticated_user},
};

}  // namespace

std::span<const Route> issue_list_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
