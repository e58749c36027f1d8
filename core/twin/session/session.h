#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/http/message.h"

namespace pome::twin::github::model {
struct World;
}

namespace pome::twin {

inline constexpr std::string_view kDefaultLogin = "pome-agent";
inline constexpr std::size_t kMaxRequestBody = std::size_t{8} << 20;  ///< bytes; 413 beyond

/// What the health routes tell about the program.
struct RuntimeInfo {
  std::string version = "0.1.0";
  std::string git_sha = "dev";
  std::string build_time = "dev";
};

struct SessionConfig {
  std::string id;                    ///< the sid: `[A-Za-z0-9_-]{1,64}`
  std::string mount;                 ///< path prefix this session answers under, "/s/<sid>"; no trailing slash
  std::string base_url;              ///< origin + mount: the prefix of API links in answers
  std::string auth_secret;           ///< HS256 key of this session's tokens
  std::string run_id;                ///< the tape's run_id; defaults to the sid
  std::string team_id = "tm_local";  ///< claim of minted tokens
  RuntimeInfo runtime = {};
  std::size_t max_tape_rows = 100'000;
  std::size_t max_tape_bytes = std::size_t{64} << 20;            ///< kept in memory: requests and world versions
  std::size_t max_tape_response_bytes = std::size_t{256} << 20;  ///< bodies that an export of the tape renders
};

/// A seed that was read once, for any number of sessions: each starts as an O(1) copy of its world.
struct Seed {
  std::string json;  ///< empty: the default seed
  std::shared_ptr<const github::model::World> world;
};
using SeedPtr = std::shared_ptr<const Seed>;

/// Fails with `bad-seed`, its message naming every problem.
Result<SeedPtr> read_seed(std::string_view json);

/// One isolated GitHub world with its tape, behind the session mount:
///   <mount>/<GitHub REST path>   authenticated, recorded
///   <mount>/_pome/{health,state,events}, <mount>/healthz   authenticated (healthz is not), not recorded
/// Not synchronised: one request at a time. The world, its ids and its times are deterministic; the tape's `ts` and
/// `latency_ms` come from `environment`, which must outlive the session.
class Session {
 public:
  /// Fails with `bad-sid`.
  static Result<std::unique_ptr<Session>> start(SessionConfig config, SeedPtr seed, Environment& environment);
  /// The same from a seed of its own. Fails with `bad-seed`, too.
  static Result<std::unique_ptr<Session>> open(SessionConfig config, std::string_view seed_json,
                                               Environment& environment);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Answers one HTTP request whose path starts with the mount.
  http::Response handle(http::Request request);

  /// Back to the seed with an empty tape. An orchestrator's right: no agent token reaches it.
  void reset();
  /// Replaces seed and world and empties the tape.
  void reseed(SeedPtr seed);

  std::string initial_state() const;  ///< state export of the seeded world (JSON object, unredacted)
  std::string state() const;          ///< state export of the current world
  std::string events() const;         ///< the tape as a JSON array of recorder rows (unredacted)
  /// The same rows, one a line, from row number `first` (from 0) on.
  std::string events_ndjson(std::size_t first = 0) const;
  std::uint64_t calls() const;  ///< recorded requests, dropped ones included
  std::uint64_t unsupported_calls() const;

  /// A token for `login` that expires at `expires_at_seconds` (epoch).
  std::string mint_token(std::string_view login, std::int64_t expires_at_seconds) const;

  const SessionConfig& config() const;

 private:
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pome::twin
