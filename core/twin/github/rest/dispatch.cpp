#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/github/rest/body.h"
#include "core/twin/github/rest/context.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/hook_events.h"
#include "core/twin/github/rest/rate_limit.h"
#include "core/twin/github/rest/respond.h"
#include "core/twin/github/rest/router.h"
#include "core/twin/github/rest/routes.h"

namespace pome::twin::github::rest {

namespace {

const Router& router() {
  static const Router instance(all_routes());
  return instance;
}

model::Role needed_role(Access access) {
  switch (access) {
    case Access::account:
      return model::Role::none;
    case Access::read:
      return model::Role::read;
    case Access::triage:
      return model::Role::triage;
    case Access::push:
      return model::Role::write;
    case Access::maintain:
      return model::Role::maintain;
    case Access::admin:
      return model::Role::admin;
  }
  return model::Role::admin;
}

constexpr std::string_view kRedirectDocs =
    "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects";

bool is_write(const Route& route) { return route.method != Method::get; }

/// Under a name the repository had once, GitHub sends the caller on to the address by its id; clients repeat the method
/// of a write.
Reply moved_or_missing(const Context& context) {
  const model::RepositoryPtr moved =
      model::moved_repository(context.world, context.call.login, context.path[0], context.path[1]);
  if (!moved) return errors::not_found();
  const http::Request& request = context.call.request;
  std::string_view below = request.path;
  for (int i = 0; i < 3; ++i) below.remove_prefix(std::min(below.find('/', 1), below.size()));
  std::string url = text::cat(context.call.base_url, "/repositories/", moved->id, below);
  if (!request.query.empty()) text::append(url, "?", request.query);
  Reply reply = json_answer(is_write(context.route) ? 307 : 301, [&](JsonWriter& json) {
    json.begin_object().field("message", "Moved Permanently").field("url", url);
    json.field("documentation_url", kRedirectDocs).end_object();
  });
  reply.location(url);
  return reply;
}

/// The path with a leading "/repositories/{id}" spelled as "/repos/{owner}/{repo}".
std::string named_path(const model::World& world, std::string_view path) {
  constexpr std::string_view kById = "/repositories/";
  if (path.substr(0, kById.size()) != kById) return std::string(path);
  const std::string_view rest = path.substr(kById.size());
  const std::size_t end = std::min(rest.find('/'), rest.size());
  const std::optional<std::int64_t> id = text::to_integer(rest.substr(0, end));
  const model::Repository* row = id ? world.repositories_by_id.find(*id) : nullptr;
  // Nobody's repository is called "..", so an unknown id meets the same routes and then a 404.
  return text::cat("/repos/", row ? row->full_name() : std::string("_/.."), rest.substr(end));
}

/// Finds the repository and checks what the actor may do. A private repository of others does not exist.
std::optional<Reply> admit(Context& context) {
  if (context.route.access == Access::account) return std::nullopt;
  context.repository = model::visible_repository(context.world, context.call.login, context.path[0], context.path[1]);
  if (!context.repository) return moved_or_missing(context);
  context.role = model::permission_of(context.world, context.repository->id, context.call.login);
  if (context.role < needed_role(context.route.access)) return errors::must_have_admin_rights();
  if (context.repository->archived && is_write(context.route) && !context.route.in_archive)
    return errors::repository_archived();
  return std::nullopt;
}

/// Admission, body, handler; each may say no.
Reply answer(Context& context) {
  if (auto refused = admit(context)) return std::move(*refused);
  Json document;
  if (is_write(context.route) && !context.route.body.raw) {
    if (auto refused = check_body(context.call.request.body, context.route.body, document)) return std::move(*refused);
    context.body = Input(document);
  }
  Reply reply = context.route.handle(context);
  return context.refusal ? std::move(*context.refusal) : std::move(reply);
}

/// A call that reached its operation within the limits.
void perform(model::World& world, const Call& call, const Match& match, const RateLimit& rate, Outcome& outcome) {
  const Route& route = *match.route;
  const http::Query query(call.request.query);
  Context context{.world = world,
                  .call = call,
                  .route = route,
                  .path = match.values,
                  .query = query,
                  .action = model::Action{world, call.login, outcome.changes}};
  const model::World before = is_write(route) ? world : model::World();
  Reply reply = answer(context);
  if (reply.error() && is_write(route)) {
    world = before;
    outcome.changes.clear();
  } else if (!outcome.changes.empty()) {
    model::notify_of_changes(context.action);
  }
  if (!outcome.changes.empty()) record_deliveries(context, outcome.changes);
  outcome.response = respond(call, &route, rate, std::move(reply));
}

}  // namespace

void Context::refuse(Reply reply) {
  if (!refusal) refusal.emplace(std::move(reply));
}

Outcome dispatch(model::World& world, const Call& call) {
  Outcome outcome;
  std::optional<RateRefusal> refused = check_rate(world, call);
  const RateLimit rate = refused ? rate_limit_before(world, call) : rate_limit_after(world, call);
  const Match match = router().match(call.request.method, named_path(world, call.request.path));
  if (match.route) {
    outcome.operation = match.route->operation;
    outcome.tools = match.route->tools.list();
  }
  if (refused) {
    outcome.response = respond(call, match.route, rate, std::move(refused->reply));
    if (refused->retry_after) outcome.response.headers.add("retry-after", text::cat(*refused->retry_after));
  } else if (match.route) {
    perform(world, call, match, rate, outcome);
  } else {
    outcome.fidelity = Fidelity::unsupported;
    outcome.response = respond_unsupported(call, rate);
  }
  outcome.meter = meter_after(world, call, outcome.response.status, refused.has_value());
  return outcome;
}

std::vector<OperationInfo> operations() {
  std::vector<OperationInfo> list;
  for (const Route* route : all_routes()) {
    if (route->operation.empty()) continue;
    list.push_back({method_name(route->method), route->path, route->operation});
  }
  return list;
}

http::Response requires_authentication() {
  return http::json_response(401, errors::render(errors::requires_authentication(), {}));
}

http::Response bad_credentials() { return http::json_response(401, errors::render(errors::bad_credentials(), {})); }

}  // namespace pome::twin::github::rest
