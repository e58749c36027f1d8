#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "tools/cli/http_client.h"

/// The hosted API as a client sees it: one method a route. Works with this project's control plane and with others that
/// speak the same protocol.
namespace pome::cli {

struct NewSession {
  std::vector<std::string> twins;
  std::string scenario_markdown;
  std::string seed_json;        ///< empty: the twin's default
  std::string idempotency_key;  ///< a UUID; makes retries safe
  std::int64_t life_seconds = 0;
};

struct HostedSession {
  std::string id;
  std::string twin_url;
  std::string agent_token;
  std::string github_token;   ///< empty when the control plane hands out none
  bool reports_seed = false;  ///< the answer says whether the seed was taken ...
  bool seeded = false;        ///< ... and this is what it says
};

/// Where documents were stored; empty members mean that one could not be uploaded.
struct StoredDocuments {
  std::string events_key;
  std::string state_initial_key;
  std::string state_final_key;
};

struct StoredRun {
  std::string run_id;
  std::string dashboard_url;
  std::optional<std::int64_t> server_score;
  bool mismatch = false;  ///< the control plane's own verdict differs from the one sent
};

struct Identity {
  std::string user;
  std::string team_id;
  std::string team;
  std::string plan;
  std::string key_id;
  std::string key_name;
};

struct LoginExchange {
  std::string api_key;
  std::string team_id;
};

/// Every method fails with `auth` (401, 403), `quota` (402, 429), `not-found` (404), `control-plane` (any other
/// refusal, an answer that is not JSON or has another shape) or an `http-...` code of HttpClient. Calls that can safely
/// be repeated are, twice, after a lost connection or 502/503/504.
class ControlClient {
 public:
  ControlClient(HttpClient& http, std::string api_url, std::string api_key)
      : http_(http), api_url_(std::move(api_url)), api_key_(std::move(api_key)) {}

  Result<HostedSession> create_session(const NewSession& session);
  Result<std::string> state(const HostedSession& session);   ///< JSON object
  Result<std::string> events(const HostedSession& session);  ///< JSON array
  /// Calls on the tape so far, when the twin tells; short time limit, no retry.
  std::optional<std::uint64_t> call_count(const HostedSession& session);
  Result<void> reset(std::string_view session_id);
  /// Uploads the three documents. One that fails has an empty key and its reason appended to `problems`.
  StoredDocuments upload(std::string_view session_id, std::string_view events_ndjson, std::string_view state_initial,
                         std::string_view state_final, std::vector<std::string>& problems);
  Result<StoredRun> post_result(std::string_view session_id, std::string_view body_json);
  /// Also after Ctrl-C. A session that is gone already counts as deleted.
  Result<void> delete_session(std::string_view session_id);

  Result<Identity> me();
  Result<std::string> usage();  ///< the answer's JSON object
  Result<LoginExchange> exchange(std::string_view body_json);

 private:
  Result<http::Response> send(HttpCall call, bool repeatable);
  Result<std::string> call(std::string_view method, std::string_view path, std::string body, bool repeatable);
  Result<std::string> twin_get(const HostedSession& session, std::string_view path);
  std::string put(const std::string& url, std::string_view type, std::string_view document);
  std::string absolute(std::string_view url) const;

  HttpClient& http_;
  std::string api_url_;
  std::string api_key_;
};

}  // namespace pome::cli
