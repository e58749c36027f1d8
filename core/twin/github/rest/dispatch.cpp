#include <optional>
#include <utility>

#include "core/twin/github/rest/api.h"
#include "core/twin/github/rest/body.h"
#include "core/twin/github/rest/context.h"
#include "core/twin/github/rest/errors.h"
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

bool is_write(const Route& route) { return route.method != Method::get; }

/// Finds the repository and checks what the actor may do. A private repository of others does not exist.
std::optional<Reply> admit(Context& context) {
  if (context.route.access == Access::account) return std::nullopt;
  context.repository = model::visible_repository(context.world, context.call.login, context.path[0], context.path[1]);
  if (!context.repository) return errors::not_found();
  context.role = model::permission_of(context.world, context.repository->id, context.call.login);
  if (context.role < needed_role(context.route.access)) return errors::must_have_admin_rights();
  // Settings stay changeable, so that a repository can leave the archive.
  const bool changes_content = context.route.method != Method::get && context.route.operation != "repos/update";
  if (context.repository->archived && changes_content) return errors::repository_archived();
  return std::nullopt;
}

/// Admission, body, handler; each may say no.
Reply answer(Context& context) {
  if (auto refused = admit(context)) return std::move(*refused);
  Json document;
  if (context.route.method != Method::get) {
    if (auto refused = check_body(context.call.request.body, context.route.body, document)) return std::move(*refused);
    context.body = Input(document);
  }
  Reply reply = context.route.handle(context);
  return context.refusal ? std::move(*context.refusal) : std::move(reply);
}

}  // namespace

void Context::refuse(Reply reply) {
  if (!refusal) refusal.emplace(std::move(reply));
}

Outcome dispatch(model::World& world, const Call& call) {
  Outcome outcome;
  const Match match = router().match(call.request.method, call.request.path);
  if (!match.route) {
    outcome.fidelity = Fidelity::unsupported;
    outcome.response = respond_unsupported(call);
    return outcome;
  }
  outcome.operation = match.route->operation;
  outcome.tools = match.route->tools.list();
  const http::Query query(call.request.query);
  Context context{.world = world,
                  .call = call,
                  .route = *match.route,
                  .path = match.values,
                  .query = query,
                  .action = model::Action{world, call.login, outcome.changes}};
  const model::World before = is_write(*match.route) ? world : model::World();
  Reply reply = answer(context);
  if (reply.error() && is_write(*match.route)) {
    world = before;
    outcome.changes.clear();
  } else if (!outcome.changes.empty()) {
    model::notify_of_changes(context.action);
  }
  outcome.response = respond(call, match.route, std::move(reply));
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
