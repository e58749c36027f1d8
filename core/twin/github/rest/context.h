#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/http/message.h"
#include "core/twin/github/model/world.h"
#include "core/twin/github/rest/api.h"
#include "core/twin/github/rest/errors.h"
#include "core/twin/github/rest/input.h"
#include "core/twin/github/rest/reply.h"
#include "core/twin/github/rest/router.h"

namespace pome::twin::github::rest {

/// What a handler sees: decoded path and query, the repository the path names, what the actor may do there, and the
/// world. Lives for one call. Handlers change the world through `action` only.
struct Context {
  model::World& world;
  const Call& call;
  const Route& route;
  const PathValues& path;
  const http::Query& query;
  model::RepositoryPtr repository = nullptr;  ///< of `/repos/{owner}/{repo}/...`; visible to the actor
  model::Role role = model::Role::none;       ///< of the actor in that repository
  model::Action action;
  Input body = {};  ///< checked against the route's rows
  std::optional<Reply> refusal =
      {};  ///< the first parameter problem; dispatch answers it instead of the handler's reply

  /// The path parameter as a number, or nothing: GitHub answers 404 to anything else.
  std::optional<model::Id> number(std::size_t index) const { return text::to_integer(path[index]); }
  /// Notes a problem with a parameter. The call fails; its effects, if any, are undone.
  void refuse(Reply reply);
  model::Id repo() const { return repository->id; }
};

}  // namespace pome::twin::github::rest
