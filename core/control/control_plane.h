#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/control/store.h"
#include "core/http/message.h"
#include "core/twin/session/session.h"

namespace pome::control {

/// Runs `work` while nothing else uses the twin session `sid`.
using SessionLock = std::function<void(std::string_view sid, const std::function<void()>& work)>;

struct Config {
  std::string public_url;                    ///< origin under which clients reach this server, no trailing slash
  std::string signing_secret;                ///< >= 32 bytes: upload URLs and the browser cookie
  std::int64_t session_ttl_seconds = 0;      ///< life of a session; 0 = its scenario's timeout + 10 minutes
  std::size_t max_live_sessions = 200;       ///< 503 beyond
  std::size_t rate_limit_per_minute = 6000;  ///< control-plane requests per key; 429 beyond
  std::size_t max_upload_bytes = std::size_t{64} << 20;  ///< one document; 413 beyond
  std::int64_t monthly_quota = 0;                        ///< of the team that ensure_first_key() makes; 0 = unlimited
  /// Needed where twin requests run beside the control plane (other threads): every use of a session from in here goes
  /// through it. Unset: the work simply runs.
  SessionLock session_lock;
};

struct Plane;

/// The hosted API (`/v1/...`) as one function from request to response. Holds live twin sessions in memory and
/// everything durable in the Store. Not synchronised: the front door lets one request in at a time; twin requests go
/// to the session that twin_session() returns, outside that lock.
class ControlPlane {
 public:
  ControlPlane(Config config, Store& store, Environment& environment);
  ~ControlPlane();

  /// Answers everything under /v1/, the run pages' data, login approval and browser sign-in. Unknown paths: 404. HEAD
  /// gets what GET gets; leaving out the body is the listener's work.
  ///
  /// Routes (authentication: key = `x-api-key: pme_...` or `Authorization: Bearer pme_...`; a page's cookie works where
  /// a key does, for anything but GET and HEAD only from the same origin):
  ///   POST   /v1/sessions                          key   make a session: twins, scenario_source (base64), seed, ...
  ///   GET    /v1/sessions[?limit]                  key   newest first
  ///   GET    /v1/sessions/{id}, DELETE ...         key
  ///   POST   /v1/sessions/{id}/reset               key   seed again, empty tape
  ///   GET    /v1/sessions/{id}/{state,initial-state,events}   key   unredacted, for the owner
  ///   POST   /v1/sessions/{id}/{result,state,signals,meta}-upload-url   key   signed URLs for PUT /v1/uploads/{token}
  ///   POST   /v1/sessions/{id}/{result,finalize}   key   score and store the run, once
  ///   POST   /v1/sessions/{id}/abandon             key
  ///   GET    /v1/runs[?limit], /v1/runs/{id}, /v1/runs/{id}/files/{name}   key
  ///   GET    /v1/me, /v1/usage, /v1/keys; POST /v1/keys; DELETE /v1/keys/{id}   key
  ///   POST   /v1/auth/cli/approve                  key   {redirect_uri, state, code_challenge} gives {code,
  ///   redirect_to} POST   /v1/auth/cli/exchange                 none     {code, code_verifier, key_name} gives
  ///   {api_key, team_id} GET    /signin?code=...[&next=/path]         none     spends a sign-in code, sets the cookie,
  ///   303
  http::Response handle(const http::Request& request);

  /// The live twin of a session, or nullptr when unknown, closed or expired.
  std::shared_ptr<twin::Session> twin_session(std::string_view sid);

  /// Creates the first team and key when the store has none. Returns the full key the first time, nothing later.
  Result<std::optional<std::string>> ensure_first_key(std::string_view key_name);
  /// A one-time code for a browser sign-in link (`/signin?code=...`): answers the cookie and is then spent.
  std::string mint_signin_code();

  /// Expires overdue sessions. Call about once a minute.
  void reap();

 private:
  std::unique_ptr<Plane> plane_;
};

}  // namespace pome::control
