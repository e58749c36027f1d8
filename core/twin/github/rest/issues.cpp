#include <utility>

#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// One issue at a time. Pull requests are issues too: they answer here with a `pull_request` member.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kStates = {"open", "closed"};
constexpr std::array<std::string_view, 4> kReasons = {"completed", "not_planned", "duplicate", "reopened"};
constexpr std::array<std::string_view, 4> kLockReasons = {"off-topic", "too heated", "resolved", "spam"};

constexpr Field kCreateIssue[] = {
    required("title", Type::text_or_integer),
    nullable("body"),
    nullable("assignee"),
    nullable("milestone", Type::integer_or_text),
    nullable("labels", Type::names),
    nullable("assignees", Type::names),
    nullable("type"),
};
constexpr Field kUpdateIssue[] = {
    nullable("title", Type::text_or_integer),
    nullable("body"),
    nullable("assignee"),
    one_of(optional("state"), kStates),
    one_of(nullable("state_reason"), kReasons),
    nullable("milestone", Type::integer_or_text),
    nullable("labels", Type::names),
    nullable("assignees", Type::names),
    nullable("type"),
};
constexpr Field kLockIssue[] = {one_of(nullable("lock_reason"), kLockReasons)};

/// `assignees` wins over the older single `assignee`; null and "" clear. Nothing when neither was sent.
std::optional<std::vector<std::string>> assignees_of(const Input& body) {
  if (body.sent("assignees")) return body.texts("assignees");
  if (!body.sent("assignee")) return std::nullopt;
  const std::string single = body.text("assignee", "");
  return single.empty() ? std::vector<std::string>() : std::vector<std::string>{single};
}

Reply issue_answer(const Context& context, int status, const model::Issue& issue) {
  Reply reply = json_answer(status, [&](JsonWriter& json) { write_issue(json, context, *context.repository, issue); });
  if (status == 200) reply.modified_at(issue.updated_at);
  return reply;
}

Reply get_issue(Context& context) {
  const auto number = context.number(2);
  const auto issue = number ? model::find_issue(context.world, context.repository->id, *number) : nullptr;
  if (!issue) return errors::not_found();
  if (!context.repository->has_issues && !issue->is_pull_request) return errors::issues_disabled();
  return issue_answer(context, 200, *issue);
}

Reply create_issue(Context& context) {
  const Input& body = context.body;
  model::NewIssue issue;
  issue.title = body.text("title", "");
  issue.body = body.text("body");
  issue.labels = body.texts("labels");
  if (auto logins = assignees_of(body)) issue.assignees = std::move(*logins);
  issue.milestone = body.integer("milestone");
  issue.type = body.text("type");
  const auto created = model::create_issue(context.action, context.repository->id, issue);
  if (!created) return created.refusal();
  Reply reply = issue_answer(context, 201, **created);
  reply.location(text::cat(api_url(context, *context.repository), "/issues/", (*created)->number));
  return reply;
}

model::IssuePatch patch_of(const Input& body) {
  model::IssuePatch patch;
  patch.title = body.text("title");
  patch.body = body.text_patch("body");
  if (const auto state = body.text("state")) patch.state = model::open_state_from(*state);
  if (const auto reason = body.text_patch("state_reason")) {
    patch.state_reason.emplace(*reason ? model::state_reason_from(**reason) : std::nullopt);
  }
  patch.milestone = body.integer_patch("milestone");
  patch.labels = body.texts_patch("labels");
  patch.type = body.text_patch("type");
  patch.assignees = assignees_of(body);
  return patch;
}

Reply update_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto issue = model::update_issue(context.action, context.repository->id, *number, patch_of(context.body));
  if (!issue) return issue.refusal();
  return issue_answer(context, 200, **issue);
}

Reply lock_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto reason = context.body.text("lock_reason");
  const auto refusal = model::lock_issue(context.action, context.repository->id, *number,
                                         reason ? model::lock_reason_from(*reason) : std::nullopt);
  return no_content_unless(refusal);
}

Reply unlock_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto refusal = model::unlock_issue(context.action, context.repository->id, *number);
  return no_content_unless(refusal);
}

constexpr Route kRoutes[] = {
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues",
     .operation = "issues/create",
     .docs = "issues/issues#create-an-issue",
     .tools = {"issue_write", "create_issue"},
     .body = {kCreateIssue},
     .handle = create_issue},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}",
     .operation = "issues/get",
     .docs = "issues/issues#get-an-issue",
     .tools = {"issue_read", "get_issue"},
     .handle = get_issue},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}",
     .operation = "issues/update",
     .docs = "issues/issues#update-an-issue",
     .tools = {"issue_write", "update_issue"},
     .body = {kUpdateIssue},
     .handle = update_issue},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/lock",
     .operation = "issues/lock",
     .docs = "issues/issues#lock-an-issue",
     .access = Access::push,
     .body = {kLockIssue},
     .handle = lock_issue},
    {.method = Method::del,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/lock",
     .operation = "issues/unlock",
     .docs = "issues/issues#unlock-an-issue",
     .access = Access::push,
     .handle = unlock_issue},
};

}  // namespace

std::span<const Route> issue_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
