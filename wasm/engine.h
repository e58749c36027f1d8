#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/base/time.h"

/// The engine's door as plain functions from text to text: what the WebAssembly module exports, without anything of
/// JavaScript, so that the same functions run natively (tests/parity).
///
/// Every function but `Twins::request` answers one JSON envelope, never throws, and never fails otherwise:
///   {"ok":true,"value":...}   or   {"ok":false,"error":{"code","message","where"}}
///
/// A *source* is a JSON object {"markdown", "path", "sidecar"?}: a scenario file, its name and its seed file.
namespace pome::engine {

/// Value: {"engine": "0.1.0"}.
std::string version();

/// Value: {"scenario": {...}, "seed_json"}: the document as read with what its syntax gets wrong
/// (core/scenario/scenario_json.h), and its seed document (empty for the twin's default).
std::string parse_scenario(std::string_view source);

/// Value: [diagnostic...]: everything parse_scenario reports, and criteria that no vocabulary row claims.
std::string lint(std::string_view source);

/// Input: {"env_api_key"?, "env_api_url"?, "env_dashboard_url"?, "flag_api_url"?, "flag_dashboard_url"?,
/// "file"?: {"path", "content", "mode"}, "expected_path"?}.
/// Value: {"api_key", "api_url", "dashboard_url", "team_id", "source": "environment" | "credentials_file"}.
std::string resolve_credentials(std::string_view inputs);

/// Input: {"scenario": source, "state_initial"?, "state_final"?, "events"?, "stop_reason"?}; the three documents are
/// JSON text inside JSON strings. Value: the canonical report as one string, byte for byte as every build writes it.
/// Fails with `bad-scenario` when the source has errors, `bad-evidence` when a document is not the JSON it should be.
std::string evaluate(std::string_view input);

/// Input: {"json"? | "text"?, "known_values"?: [text...], "scenario"?: source}. Value: the redacted text, in which the
/// literals of the scenario's criteria stay recognisable.
std::string redact(std::string_view input);

/// Twin sessions by handle. Not synchronised.
class Twins {
 public:
  /// `environment` must outlive this object.
  explicit Twins(Environment& environment);
  ~Twins();
  Twins(const Twins&) = delete;
  Twins& operator=(const Twins&) = delete;

  /// Input: {"origin"?, "sid"?, "run_id"?, "seed"?: JSON text, "login"?, "token_ttl_seconds"?}.
  /// Value: {"handle", "sid", "mount", "base_url", "token", "expires_at"}. The world answers below `mount`.
  std::string open(std::string_view config);

  /// One HTTP exchange as flat text. In: "METHOD /path?query\nname: value\n...\n\nbody". Out:
  /// "status\nname: value\n...\n\nbody". Bodies are bytes. Status 0 means that no twin answered: the body is then an
  /// error envelope (`unknown-twin`, `bad-request-text`).
  std::string request(int handle, std::string_view flat);

  /// `what`: "state", "initial_state" or "events". Value: that document as a string of JSON text, unredacted.
  std::string export_document(int handle, std::string_view what) const;

  /// Value: true, or `unknown-twin`.
  std::string close(int handle);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pome::engine
