#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"
#include "tools/cli/control_client.h"
#include "tools/cli/scenario_input.h"

/// Where a run's twin lives. The run itself is the same for both homes.
namespace pome::cli {

/// What a finished run hands to its home for keeping; documents are redacted already.
struct FinishedRun {
  std::string result_json;  ///< the body of POST /v1/sessions/{id}/result without the documents' keys, an open object
  std::string events_ndjson;
  std::string state_initial;
  std::string state_final;
};

struct Kept {
  std::string dashboard_url;
  std::vector<std::string> notes;
};

class TwinHost {
 public:
  virtual ~TwinHost() = default;

  virtual std::string_view mode() const = 0;  ///< "self-host", "hosted"
  /// Makes the session. After a failure, close() is still due.
  virtual Result<void> open(const ScenarioInput& input, std::int64_t life_seconds) = 0;
  virtual Result<std::string> initial_state() = 0;
  /// Back to the seed with an empty tape. A note when this home cannot and the preflight left traces.
  virtual Result<std::optional<std::string>> reset() = 0;
  virtual Result<std::string> final_state() = 0;
  virtual Result<std::string> events() = 0;
  virtual std::optional<std::uint64_t> calls() = 0;  ///< so far; cheap enough for a progress line
  virtual Result<Kept> keep(const FinishedRun& run) = 0;
  /// Ends the session, also after Ctrl-C. Answers what could not be cleaned up.
  virtual Result<void> close() = 0;

  const std::string& run_id() const { return run_id_; }
  const std::string& rest_url() const { return rest_url_; }
  const std::string& auth_token() const { return auth_token_; }
  const std::string& github_token() const { return github_token_; }  ///< may be empty
  const std::vector<std::string>& notes() const { return notes_; }   ///< what open() wants the user to know

 protected:
  std::string run_id_;
  std::string rest_url_;
  std::string auth_token_;
  std::string github_token_;
  std::vector<std::string> notes_;
};

/// A twin in this process, served on a free loopback port with a secret made for this run.
std::unique_ptr<TwinHost> make_self_host(Environment& environment);
/// A session of a control plane. The key never reaches the agent.
std::unique_ptr<TwinHost> make_hosted(HttpClient& http, Environment& environment, std::string api_url,
                                      std::string api_key);

/// A random version 4 UUID.
std::string make_uuid(Environment& environment);

/// Whether the state shows the repositories, labels and issues the seed names: false when a control plane started from
/// something else.
bool state_has_seed(std::string_view state_json, std::string_view seed_json);

}  // namespace pome::cli
