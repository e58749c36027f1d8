#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/control/store.h"
#include "core/http/message.h"
#include "core/twin/session/session.h"

namespace pome::control {

struct Config {
  std::string public_url;      ///< origin under which clients reach this server, no trailing slash
  std::string signing_secret;  ///< >= 32 bytes: upload URLs, login codes, browser cookie
  std::int64_t session_ttl_seconds = 1800;
  std::size_t max_live_sessions = 200;
  std::size_t rate_limit_per_minute = 6000;  ///< control-plane requests per key; 429 beyond
  std::size_t max_upload_bytes = std::size_t{64} << 20;
};

/// The hosted API (`/v1/...`) as one function from request to response. Holds live twin sessions in memory and
/// everything durable in the Store. Not synchronised: the front door lets one request in at a time; twin requests go
/// to the session that twin_session() returns, outside that lock.
class ControlPlane {
 public:
  ControlPlane(Config config, Store& store, Environment& environment);
  ~ControlPlane();

  /// Answers everything under /v1/, the run pages' data, login approval and browser sign-in. Unknown paths: 404.
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
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pome::control
