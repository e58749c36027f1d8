#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/http/message.h"
#include "core/twin/session/session.h"

namespace pome::twin {

struct StandaloneConfig {
  std::string origin;                    ///< "http://127.0.0.1:3333": the prefix of API links, no trailing slash
  std::string auth_secret;               ///< HS256 key of every session's tokens
  std::string admin_token;               ///< TWIN_ADMIN_TOKEN; empty = unset
  std::string run_id;                    ///< POME_RUN_ID; empty = each session's sid
  std::string first_sid = "standalone";  ///< exists from the start
  RuntimeInfo runtime = {};
  std::size_t max_sessions = 256;  ///< 503 for a token that would open another
};

/// A twin on its own, as `pome twin start` serves it:
///   GET /healthz                     no authentication
///   POST /admin/reset, /admin/seed   X-Admin-Token, or (no token configured) a loopback peer; never a request with
///   Origin /s/{sid}/...                     one isolated world per sid, made from the boot seed when its first token
///   arrives
/// Not synchronised: one request at a time.
class Standalone {
 public:
  /// Fails with `bad-seed`, `bad-sid` or `no-secret`.
  static Result<std::unique_ptr<Standalone>> open(StandaloneConfig config, std::string_view seed_json,
                                                  Environment& environment);

  /// `peer_address` is the socket's remote address without port; forwarding headers are never asked.
  http::Response handle(http::Request request, std::string_view peer_address);

  /// A token for a session of this twin.
  std::string mint_token(std::string_view sid, std::string_view login, std::int64_t expires_at_seconds) const;
  /// The session, or nullptr when no token has opened it.
  Session* session(std::string_view sid);

 private:
  Standalone(StandaloneConfig config, SeedPtr seed, Environment& environment);

  http::Response session_request(http::Request request);
  http::Response admin_request(const http::Request& request, std::string_view peer_address);
  http::Response reseed(std::string_view body);
  bool may_administer(const http::Request& request, std::string_view peer_address) const;
  /// Whether the request carries a good token for `sid`.
  bool opens(const http::Request& request, std::string_view sid) const;
  Result<Session*> make_session(std::string_view sid);

  StandaloneConfig config_;
  SeedPtr seed_;
  Environment& environment_;
  std::map<std::string, std::unique_ptr<Session>, std::less<>> sessions_;
};

/// 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/104 in their usual spellings.
bool is_loopback(std::string_view address);

}  // namespace pome::twin
