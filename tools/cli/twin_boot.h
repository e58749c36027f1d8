#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/twin/session/session.h"
#include "tools/cli/agent_env.h"

/// How a standalone twin is set up by flags and environment variables.
namespace pome::cli {

inline constexpr std::size_t kMaxSeedBytes = std::size_t{64} << 20;  ///< of the file behind --seed

struct TwinFlags {
  std::string twin = "github";
  std::optional<int> port;
  std::optional<std::string> host;
  std::string seed_file;  ///< empty = none
  std::string sid = "standalone";
  std::string public_url;  ///< empty = what the listener is bound to
};

struct TwinBoot {
  std::string host;
  std::uint16_t port = 0;
  std::string seed_json;  ///< empty = the default seed
  std::string admin_token;
  std::string run_id;
  twin::RuntimeInfo runtime;
  std::string events_path;         ///< empty = the tape stays in memory
  std::vector<std::string> notes;  ///< about variables that mean nothing here
};

/// Port: --port, PORT, GITHUB_CLONE_PORT, 3333. Host: --host, GITHUB_CLONE_HOST, 127.0.0.1. Seed: --seed,
/// POME_SEED_JSON, the default (GITHUB_CLONE_NO_SEED=1 refuses that: there are no empty worlds). Tape:
/// POME_RECORDER_EVENTS_PATH. An empty variable counts as unset.
/// Fails with `usage`.
Result<TwinBoot> read_twin_boot(const TwinFlags& flags, const Variables& own);

struct TwinSecret {
  std::string value;
  std::string new_file;  ///< where it was written when it was made just now
};

/// TWIN_AUTH_SECRET; on a loopback host a fixed development secret (refused with NODE_ENV=production); elsewhere the
/// content of `<POME_TWIN_DATA_DIR, or .pome-data/github>/secret`, made there with mode 0600 when missing.
/// Fails with `twin-secret`, the message naming TWIN_AUTH_SECRET.
Result<TwinSecret> twin_secret(std::string_view host, const Variables& own, Environment& environment);

}  // namespace pome::cli
