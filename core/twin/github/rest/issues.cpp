#include <utility>

#include "core/twin/github/rest/input.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// One issue at a time. Pull requests are issues too: they answer here with a `pull_request` member.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kStates = {"open", "closed"};
constexpr std::array<std::string_view, 4> kReasons = {"completed", "not_planned", "duplicate", "reopened"};
constexpr std::array<std::string_view, 4> kLockReasons = {"off-topic", "too heated", "resolved", "spam"};

struct CreateIssue {
  TextOrNumber title;
  Nullable<std::string> body;
  Nullable<std::string> assignee;
  Nullable<NumberOrDigits> milestone;
  Nullable<std::vector<Name>> labels;
  Nullable<std::vector<Name>> assignees;

  static constexpr auto fields() {
    return std::tuple{required("title", &CreateIssue::title),       optional("body", &CreateIssue::body),
                      optional("assignee", &CreateIssue::assignee), optional("milestone", &CreateIssue::milestone),
                      optional("labels", &CreateIssue::labels),     optional("assignees", &CreateIssue::assignees)};
  }
};

struct UpdateIssue {
  Nullable<TextOrNumber> title;
  Nullable<std::string> body;
  Nullable<std::string> assignee;
  std::optional<Choice<kStates>> state;
  Nullable<Choice<kReasons>> state_reason;
  Nullable<NumberOrDigits> milestone;
  Nullable<std::vector<Name>> labels;
  Nullable<std::vector<Name>> assignees;

  static constexpr auto fields() {
    return std::tuple{optional("title", &UpdateIssue::title),
                      optional("body", &UpdateIssue::body),
                      optional("assignee", &UpdateIssue::assignee),
                      optional("state", &UpdateIssue::state),
                      optional("state_reason", &UpdateIssue::state_reason),
                      optional("milestone", &UpdateIssue::milestone),
                      optional("labels", &UpdateIssue::labels),
                      optional("assignees", &UpdateIssue::assignees)};
  }
};

struct LockIssue {
  Nullable<Choice<kLockReasons>> lock_reason;

  static constexpr auto fields() { return std::tuple{optional("lock_reason", &LockIssue::lock_reason)}; }
};

/// `assignees` wins over the older single `assignee`; null and "" clear. Nothing when neither was sent.
std::optional<std::vector<std::string>> assignees_of(const Nullable<std::vector<Name>>& list,
                                                     const Nullable<std::string>& single) {
  if (list.present) return list.value ? texts(*list.value) : std::vector<std::string>();
  if (!single.present) return std::nullopt;
  if (!single.value || single.value->empty()) return std::vector<std::string>();
  return std::vector<std::string>{*single.value};
}

std::optional<model::Id> number_in(const std::optional<NumberOrDigits>& input) {
  return input ? std::optional<model::Id>(input->number) : std::nullopt;
}

Answer issue_answer(const Context& context, int status, const model::Issue& issue) {
  Answer answer =
      json_answer(status, [&](JsonWriter& json) { write_issue(json, context, *context.repository, issue); });
  if (status == 200) answer.modified_at = issue.updated_at;
  return answer;
}

Reply get_issue(Context& context) {
  const auto number = context.number(2);
  const auto issue = number ? model::find_issue(context.world, context.repository->id, *number) : nullptr;
  if (!issue) return errors::not_found();
  if (!context.repository->has_issues && !issue->is_pull_request) return errors::issues_disabled();
  return issue_answer(context, 200, *issue);
}

Reply create_issue(Context& context, const CreateIssue& input) {
  model::NewIssue issue;
  issue.title = input.title.text;
  issue.body = input.body.value;
  if (input.labels.value) issue.labels = texts(*input.labels.value);
  issue.assignees = assignees_of(input.assignees, input.assignee).value_or(std::vector<std::string>());
  issue.milestone = number_in(input.milestone.value);
  const auto created = model::create_issue(context.action, context.repository->id, issue);
  if (!created) return refused(created.refusal());
  Answer answer = issue_answer(context, 201, **created);
  answer.location = text::cat(context.call.base_url, "/repos/", context.repository->owner, "/",
                              context.repository->name, "/issues/", (*created)->number);
  return answer;
}

model::IssuePatch patch_of(const UpdateIssue& input) {
  model::IssuePatch patch;
  if (input.title.value) patch.title = input.title.value->text;
  patch.body = input.body.patch();
  if (input.state) patch.state = model::open_state_from(input.state->word);
  if (input.state_reason.present) {
    const auto& reason = input.state_reason.value;
    patch.state_reason.emplace(reason ? model::state_reason_from(reason->word) : std::nullopt);
  }
  if (input.milestone.present) patch.milestone.emplace(number_in(input.milestone.value));
  if (input.labels.present) patch.labels = input.labels.value ? texts(*input.labels.value) : std::vector<std::string>();
  patch.assignees = assignees_of(input.assignees, input.assignee);
  return patch;
}

Reply update_issue(Context& context, const UpdateIssue& input) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto issue = model::update_issue(context.action, context.repository->id, *number, patch_of(input));
  if (!issue) return refused(issue.refusal());
  return issue_answer(context, 200, **issue);
}

Reply lock_issue(Context& context, const LockIssue& input) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto& reason = input.lock_reason.value;
  const auto refusal = model::lock_issue(context.action, context.repository->id, *number,
                                         reason ? model::lock_reason_from(reason->word) : std::nullopt);
  if (refusal) return refused(*refusal);
  return no_content();
}

Reply unlock_issue(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const auto refusal = model::unlock_issue(context.action, context.repository->id, *number);
  if (refusal) return refused(*refusal);
  return no_content();
}

constexpr Route kRoutes[] = {
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/issues",
     .operation = "issues/create",
     .docs = "issues/issues#create-an-issue",
     .tools = {"issue_write", "create_issue"},
     .handle = with_input<create_issue>},
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
     .handle = with_input<update_issue>},
    {.method = Method::put,
     .path = "/repos/{owner}/{repo}/issues/{issue_number}/lock",
     .operation = "issues/lock",
     .docs = "issues/issues#lock-an-issue",
     .access = Access::push,
     .handle = with_input<lock_issue>},
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
