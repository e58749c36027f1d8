#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/http/message.h"
#include "core/twin/github/model/journal.h"
#include "core/twin/github/model/world.h"

/// GitHub's REST interface over a World: one request in, one answer and the list of changes out.
namespace pome::twin::github::rest {

/// What a session has used of the requests its seed grants (model::RateRules). A value: a tape keeps the one a call
/// met.
struct RateMeter {
  std::int64_t window_start = 0;  ///< epoch seconds; 0: no request yet
  std::int64_t used = 0;          ///< of the window's requests
  std::int64_t minute_start = 0;  ///< epoch seconds
  std::int64_t points = 0;        ///< spent in that minute
};

struct Call {
  const http::Request& request;  ///< `path` is relative to GitHub's root: "/repos/acme/api"
  std::string_view login;        ///< the authenticated actor
  std::string_view base_url;     ///< prefix of API links in answers, no trailing slash
  std::int64_t now_millis = 0;   ///< real time; only rate limits use it
  /// Requests the session answered before this one: rate-limit counters and the request id follow from it.
  std::uint64_t calls_before = 0;
  RateMeter meter = {};  ///< as the call before left it
};

enum class Fidelity { semantic, unsupported };

struct Outcome {
  http::Response response;
  std::string_view operation;               ///< GitHub's operation id ("issues/create"); empty for an unknown route
  std::span<const std::string_view> tools;  ///< MCP tool names that perform the same action
  Fidelity fidelity = Fidelity::semantic;
  std::vector<model::Change> changes;  ///< every mutation, in order; empty when the call failed or only read
  RateMeter meter = {};                ///< for the next call
};

/// Answers one authenticated request. Pure: equal world, call and actor give equal bytes and an equal next world.
/// A failed call leaves `world` as it was.
Outcome dispatch(model::World& world, const Call& call);

/// What `/healthz`, the ledger and `pome twin coverage` list: every implemented operation.
struct OperationInfo {
  std::string_view method;
  std::string_view path;       ///< GitHub's template: "/repos/{owner}/{repo}/issues"
  std::string_view operation;  ///< "issues/create"
};
std::vector<OperationInfo> operations();

/// GitHub's error bodies that the session mount needs before a request reaches a route.
http::Response requires_authentication();  ///< 401, no usable Authorization header
http::Response bad_credentials();          ///< 401, bad or expired token

}  // namespace pome::twin::github::rest
