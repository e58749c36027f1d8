#include <utility>

#include "core/base/sort.h"
#include "core/twin/github/model/pull_rules.h"
#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/pull_changes.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shape_pull.h"

/// Pull requests one at a time, and their list.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 2> kStates = {"open", "closed"};
constexpr Field kCreatePull[] = {
    optional("title", Type::text_or_integer),
    required("head"),
    optional("head_repo"),
    required("base"),
    nullable("body"),
    optional("maintainer_can_modify", Type::flag),
    optional("draft", Type::flag),
    optional("issue", Type::integer),
};
constexpr Field kUpdatePull[] = {
    nullable("title", Type::text_or_integer),
    nullable("body"),
    one_of(optional("state"), kStates),
    optional("base"),
    optional("maintainer_can_modify", Type::flag),
};

/// A pull request with what lists sort by.
struct PullRow {
  model::PullRequestPtr pull;
  const model::Issue* issue = nullptr;
};

/// `head` is "owner:branch"; GitHub ignores a head without an owner.
bool has_head(const Context& context, const model::PullRequest& pull, std::string_view head) {
  const std::size_t colon = head.find(':');
  if (colon == std::string_view::npos) return true;
  const model::Repository* repository = context.world.repositories_by_id.find(pull.head.repo);
  return repository && text::equals_ignore_case(repository->owner, head.substr(0, colon)) &&
         pull.head.ref == head.substr(colon + 1);
}

std::vector<PullRow> filtered_pulls(Context& context) {
  const std::string_view state = choice(context, "state", {"open", "closed", "all"}, "PullRequest");
  const std::string_view head = context.query.get("head").value_or(std::string_view());
  const std::string_view base = context.query.get("base").value_or(std::string_view());
  std::vector<PullRow> rows;
  for (const auto& entry : model::rows_of(context.world.pulls, context.repo())) {
    const model::Issue* issue = context.world.issues.find(entry.key);
    const bool wanted = issue && (state == "all" || model::state_name(issue->state) == state) &&
                        (base.empty() || entry.row->base.ref == base) && has_head(context, *entry.row, head);
    if (wanted) rows.push_back({entry.row, issue});
  }
  return rows;
}

Reply list_pulls(Context& context) {
  std::vector<PullRow> rows = filtered_pulls(context);
  const std::string_view sort =
      choice(context, "sort", {"created", "updated", "popularity", "long-running"}, "PullRequest");
  const std::string_view asked = choice(context, "direction", {"", "asc", "desc"}, "PullRequest");
  const bool descending = asked.empty() ? sort == "created" : asked == "desc";
  const auto key_of = [&](const PullRow& row) {
    if (sort == "updated") return row.issue->updated_at;
    if (sort == "popularity") return row.issue->comments;
    return sort == "long-running" ? row.issue->created_at : row.issue->number;
  };
  sort_stably(rows, [&](const PullRow& a, const PullRow& b) {
    return descending ? key_of(b) < key_of(a) : key_of(a) < key_of(b);
  });
  return list_answer(context, rows,
                     [&](JsonWriter& json, const PullRow& row) { write_pull_simple(json, context, *row.pull); });
}

Reply get_pull(Context& context) {
  const model::PullRequestPtr pull = named_pull(context);
  if (!pull) return errors::not_found();
  const std::string_view accept = context.call.request.headers.get("accept").value_or(std::string_view());
  for (const std::string_view format : {"diff", "patch"}) {
    const bool asked = text::contains(accept, text::cat("application/vnd.github.", format)) ||
                       text::contains(accept, text::cat("application/vnd.github.v3.", format));
    if (asked) return change_text(context, *pull, format);
  }
  return pull_answer(context, 200, *pull);
}

Reply create_pull(Context& context) {
  const Input& body = context.body;
  model::NewPullRequest input;
  input.title = body.text("title");
  input.body = body.text("body");
  input.head = body.text("head", "");
  input.head_repo = body.text("head_repo", "");
  input.base = body.text("base", "");
  input.draft = body.flag("draft", false);
  input.maintainer_can_modify = body.flag("maintainer_can_modify");
  input.issue = body.integer("issue");
  const auto created = model::create_pull_request(context.action, context.repo(), input);
  if (!created) return created.refusal();
  return pull_answer(context, 201, **created);
}

Reply update_pull(Context& context) {
  const auto number = context.number(2);
  if (!number) return errors::not_found();
  const Input& body = context.body;
  model::PullRequestPatch patch;
  patch.title = body.text("title");
  patch.body = body.text_patch("body");
  if (const auto state = body.text("state")) patch.state = model::open_state_from(*state);
  patch.base = body.text("base");
  patch.maintainer_can_modify = body.flag("maintainer_can_modify");
  const auto updated = model::update_pull_request(context.action, context.repo(), *number, patch);
  if (!updated) return updated.refusal();
  return pull_answer(context, 200, **updated);
}

constexpr Route kRoutes[] = {
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls",
     .operation = "pulls/list",
     .docs = "pulls/pulls#list-pull-requests",
     .tools = {"list_pull_requests"},
     .handle = list_pulls},
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/pulls",
     .operation = "pulls/create",
     .docs = "pulls/pulls#create-a-pull-request",
     .tools = {"create_pull_request"},
     .body = {kCreatePull},
     .handle = create_pull},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}",
     .operation = "pulls/get",
     .docs = "pulls/pulls#get-a-pull-request",
     .tools = {"pull_request_read", "get_pull_request", "get_pull_request_diff"},
     .handle = get_pull},
    {.method = Method::patch,
     .path = "/repos/{owner}/{repo}/pulls/{pull_number}",
     .operation = "pulls/update",
     .docs = "pulls/pulls#update-a-pull-request",
     .tools = {"update_pull_request", "update_pull_request_title", "update_pull_request_body",
               "update_pull_request_state"},
     .body = {kUpdatePull},
     .handle = update_pull},
};

}  // namespace

std::span<const Route> pull_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
