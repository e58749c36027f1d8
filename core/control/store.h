#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

/// What the control plane keeps. Rows only; the front door decides where they live (SQLite natively, memory in tests).
namespace pome::control {

struct Team {
  std::string id;  ///< tm_...
  std::string slug;
  std::string plan_tier = "free";
  std::int64_t monthly_quota = 0;  ///< sessions per calendar month; 0 = unlimited
};

struct ApiKey {
  std::string id;  ///< key_...
  std::string team_id;
  std::string name;
  std::string hash;             ///< SHA-256 hex of the full key; the key itself is never stored
  std::int64_t created_at = 0;  ///< epoch seconds
  bool revoked = false;
};

struct SessionRow {
  std::string id;  ///< ses_...
  std::string team_id;
  std::string state;            ///< provisioning ready running done expired failed
  std::string twins;            ///< comma-separated
  std::string scenario_source;  ///< Markdown as sent, may be empty
  std::string seed;             ///< JSON as sent, may be empty
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;
  std::optional<std::int64_t> closed_at;
};

struct RunRow {
  std::string id;  ///< run_...
  std::string session_id;
  std::string team_id;
  std::string scenario_name;
  std::string title;
  std::int64_t created_at = 0;
  std::int64_t duration_ms = 0;
  std::string stop_reason;
  std::optional<std::int64_t> local_score;  ///< what the client reported
  std::int64_t server_score = 0;            ///< what this core says
  std::string status;                       ///< pass fail incomplete
  bool mismatch = false;                    ///< the two scores or verdicts differ
};

/// A run's documents, by file name: "scenario.md", "scenario.seed.json" (when its seed came beside it),
/// "state_initial.json", "state_final.json", "events.jsonl", "score.json" (the client's), "report.json" (ours).
using Blobs = std::vector<std::pair<std::string, std::string>>;

class Store {
 public:
  virtual ~Store() = default;

  virtual Result<void> put_team(const Team& team) = 0;
  virtual Result<std::optional<Team>> team(std::string_view id) = 0;
  virtual Result<void> put_key(const ApiKey& key) = 0;
  virtual Result<std::optional<ApiKey>> key_by_hash(std::string_view hash) = 0;
  virtual Result<std::vector<ApiKey>> keys() = 0;

  virtual Result<void> put_session(const SessionRow& row) = 0;  ///< inserts or replaces
  virtual Result<std::optional<SessionRow>> session(std::string_view id) = 0;
  virtual Result<std::vector<SessionRow>> sessions(std::string_view team_id, std::size_t limit) = 0;  ///< newest first
  virtual Result<std::int64_t> sessions_created_since(std::string_view team_id, std::int64_t epoch_seconds) = 0;

  /// Row and blobs appear together or not at all, also when the process is killed in the middle.
  virtual Result<void> put_run(const RunRow& row, const Blobs& blobs) = 0;
  virtual Result<std::optional<RunRow>> run(std::string_view id) = 0;
  virtual Result<std::optional<RunRow>> run_of_session(std::string_view session_id) = 0;
  virtual Result<std::vector<RunRow>> runs(std::string_view team_id, std::size_t limit) = 0;  ///< newest first
  virtual Result<std::optional<std::string>> run_blob(std::string_view run_id, std::string_view name) = 0;
  virtual Result<std::vector<std::string>> run_blob_names(std::string_view run_id) = 0;  ///< sorted
};

}  // namespace pome::control
