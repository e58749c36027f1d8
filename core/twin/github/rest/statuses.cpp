#include <utility>

#include "core/twin/github/rest/listing.h"
#include "core/twin/github/rest/routes.h"
#include "core/twin/github/rest/shapes.h"

/// Commit statuses.
namespace pome::twin::github::rest {

namespace {

constexpr std::array<std::string_view, 4> kStates = {"error", "failure", "pending", "success"};
constexpr Field kCreateStatus[] = {one_of(required("state"), kStates), nullable("target_url"), nullable("description"),
                                   optional("context")};

/// What status and simple-commit-status share.
void write_members(JsonWriter& json, const Context& context, const model::CommitStatus& row) {
  link(json, "url", api_url(context, *context.repository), "/statuses/", row.commit.hex());
  link(json, "avatar_url", "https://avatars.githubusercontent.com/u/",
       model::user_or_stranger(context.world, row.creator)->id, "?v=4");
  json.field("id", row.id).field("node_id", model::node_id("SC", row.repo, row.id));
  json.field("state", model::status_state_name(row.state)).field("description", row.description);
  json.field("target_url", row.target_url).field("context", row.context);
  write_time(json, "created_at", row.created_at);
  write_time(json, "updated_at", row.updated_at);
}

void write_status(JsonWriter& json, const Context& context, const model::CommitStatus& row) {
  json.begin_object();
  write_members(json, context, row);
  write_user_or_null(json, context, "creator", row.creator);
  json.end_object();
}

Reply create_status(Context& context) {
  const Input& body = context.body;
  model::NewStatus input;
  input.state = model::status_state_from(body.text("state", "")).value_or(input.state);
  input.context = body.text("context", input.context);
  input.description = body.text("description");
  input.target_url = body.text("target_url");
  const auto created = model::create_status(context.action, context.repo(), context.path[2], input);
  if (!created) return created.refusal();
  Reply reply = json_answer(201, [&](JsonWriter& json) { write_status(json, context, **created); });
  reply.location(text::cat(api_url(context, *context.repository), "/statuses/", (*created)->commit.hex()));
  return reply;
}

Reply list_statuses(Context& context) {
  const auto commit = model::resolve_commit(context.world, context.repo(), context.path[2]);
  if (!commit) return errors::not_found();
  return list_answer(context, model::statuses_of(context.world, context.repo(), *commit),
                     [&](JsonWriter& json, const model::CommitStatusPtr& row) { write_status(json, context, *row); });
}

Reply get_combined_status(Context& context) {
  const auto commit = model::resolve_commit(context.world, context.repo(), context.path[2]);
  if (!commit) return errors::not_found();
  const std::vector<model::CommitStatusPtr> latest = model::latest_statuses(context.world, context.repo(), *commit);
  Answer answer;
  JsonWriter json(answer.body);
  json.begin_object().field("state", model::status_state_name(model::combined_state(latest)));
  answer.link = write_page(json, context, "statuses", latest.size(), [&](JsonWriter& out, std::size_t i) {
    out.begin_object();
    write_members(out, context, *latest[i]);
    out.end_object();
  });
  const std::string sha = commit->hex();
  json.field("sha", sha).field("total_count", latest.size()).key("repository");
  write_repository(json, context, *context.repository, Detail::minimal);
  const std::string url = text::cat(api_url(context, *context.repository), "/commits/", sha);
  link(json, "commit_url", url);
  link(json, "url", url, "/status");
  json.end_object();
  return answer;
}

constexpr Route kRoutes[] = {
    {.method = Method::post,
     .path = "/repos/{owner}/{repo}/statuses/{sha}",
     .operation = "repos/create-commit-status",
     .docs = "commits/statuses#create-a-commit-status",
     .access = Access::push,
     .tools = {"create_commit_status"},
     .body = {kCreateStatus},
     .handle = create_status},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{ref}/statuses",
     .operation = "repos/list-commit-statuses-for-ref",
     .docs = "commits/statuses#list-commit-statuses-for-a-reference",
     .tools = {"list_commit_statuses"},
     .handle = list_statuses},
    {.method = Method::get,
     .path = "/repos/{owner}/{repo}/commits/{ref}/status",
     .operation = "repos/get-combined-status-for-ref",
     .docs = "commits/statuses#get-the-combined-status-for-a-specific-reference",
     .tools = {"pull_request_read", "get_combined_status_for_ref", "get_pull_request_status"},
     .handle = get_combined_status},
};

}  // namespace

std::span<const Route> status_routes() { return kRoutes; }

}  // namespace pome::twin::github::rest
