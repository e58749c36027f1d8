#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/control/control_plane.h"
#include "core/control/errors.h"
#include "core/control/limits.h"
#include "core/scenario/scenario.h"

/// What the route handlers share.
namespace pome::control {

/// A scenario as a session was made from it.
struct Prepared {
  std::string markdown;         ///< as sent
  std::string sent_seed;        ///< the JSON sent beside it; empty when there was none
  std::string stored_markdown;  ///< redacted
  std::string stored_seed;      ///< redacted; empty when the Markdown itself holds the seed, or there is none
  std::string team_id;          ///< whose it is
  scenario::Parsed parsed;      ///< a seed sent beside the Markdown read as its seed file
};

/// A session with a running twin.
struct Live {
  std::shared_ptr<twin::Session> twin;
  SessionRow row;
  std::shared_ptr<const Prepared> scenario;
  std::string agent_token;
  std::string github_token;
  std::string group_id;
  bool seed_applied = false;
  std::map<std::string, std::string, std::less<>> uploads;  ///< by file name
};

/// Who asks.
struct Principal {
  Team team;
  std::optional<ApiKey> key;  ///< absent for a page's cookie
  std::string full_key;       ///< as sent, to be redacted from what is stored; empty for a cookie
};

/// One request on its way through a handler.
struct Call {
  const http::Request& request;
  std::vector<std::string> path;  ///< the decoded `{}` segments of the route
  Json body;                      ///< an object; empty for routes without one
  Principal principal;
  std::int64_t now = 0;  ///< epoch seconds
};

struct LoginCode {
  std::string team_id;
  std::string challenge;
  std::int64_t expires_at = 0;
};

struct IdempotentCreate {
  std::string session_id;
  std::string body_digest;
  std::int64_t forget_at = 0;
};

/// The control plane's insides.
struct Plane {
  Plane(Config c, Store& s, Environment& e);

  std::int64_t now() { return environment.now_millis() / 1000; }
  /// `prefix` and 24 random hex digits.
  std::string new_id(std::string_view prefix);
  std::string dashboard_url(std::string_view run_id) const;
  /// Runs `work` on a session's twin under the session's own lock.
  void with_twin(const Live& live, const std::function<void(twin::Session&)>& work) const;

  Config config;
  Store& store;
  Environment& environment;
  RateLimiter limiter;
  std::map<std::string, Live, std::less<>> live;                     ///< by sid
  std::map<std::string, IdempotentCreate, std::less<>> idempotency;  ///< by "team/key"
  std::map<std::string, LoginCode, std::less<>> login_codes;         ///< by SHA-256 of the code
  std::map<std::string, LoginCode, std::less<>> signin_codes;        ///< by SHA-256 of the code
  std::shared_ptr<const Prepared> last_prepared;                     ///< suites run one scenario many times
  twin::SeedPtr last_seed;                                           ///< of the session before; may be null
};

/// A secret of 32 random bytes in base64url.
std::string random_secret(Environment& environment);

// sessions.cpp
/// The caller's session row with its state as it is now. Fails with `not_found`.
Result<SessionRow> own_session(Plane& plane, const Call& call);
/// The caller's running session. Fails with `not_found`, `session_expired` or `conflict` (closed).
Result<Live*> own_live_session(Plane& plane, const Call& call);
/// Takes a session out of service and writes down why.
Result<void> close_session(Plane& plane, std::string_view sid, std::string_view final_state, std::int64_t at);
/// The `limit` parameter, 1 to 200, 50 when absent.
Result<std::size_t> limit_of(const Call& call);

}  // namespace pome::control
