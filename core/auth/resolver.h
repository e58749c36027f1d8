#pragma once
#include <optional>
#include <string>

#include "core/base/result.h"

/// Which API key and which control plane a command uses. Pure: the front door reads the environment and the file.
namespace pome::auth {

inline constexpr const char* kDefaultApiUrl = "https://pome-cloud-control-plane.fly.dev";
inline constexpr const char* kDefaultDashboardUrl = "https://pome.sh";

struct CredentialsFile {
  std::string path;  ///< for messages
  std::string content;
  unsigned mode = 0600;  ///< permission bits
};

struct CredentialInputs {
  std::optional<std::string> env_api_key;         ///< POME_API_KEY
  std::optional<std::string> env_api_url;         ///< POME_API_URL
  std::optional<std::string> env_dashboard_url;   ///< POME_DASHBOARD_URL
  std::optional<std::string> flag_api_url;        ///< --api-url
  std::optional<std::string> flag_dashboard_url;  ///< --dashboard-url
  std::optional<CredentialsFile> file;            ///< ~/.pome/credentials.json when it exists
  std::string expected_path;                      ///< where that file would be, for messages
};

enum class KeySource { environment, credentials_file };

struct Credentials {
  std::string api_key;
  std::string api_url;        ///< no trailing slash
  std::string dashboard_url;  ///< no trailing slash
  std::string team_id;        ///< from the file; may be empty
  KeySource source = KeySource::environment;

  bool operator==(const Credentials&) const = default;
};

/// Key: POME_API_KEY, then the file. URL: --api-url, POME_API_URL, stored api_url, default.
/// Fails with `no-credentials`, `credentials-mode`, `credentials-json`, `credentials-key` or `bad-url`; all are
/// authentication errors (exit code 3) except `bad-url` (5).
Result<Credentials> resolve(const CredentialInputs& inputs);

/// The URL part alone, for commands that need no key (login). Fails with `bad-url`.
Result<std::string> resolve_api_url(const CredentialInputs& inputs);
Result<std::string> resolve_dashboard_url(const CredentialInputs& inputs);

}  // namespace pome::auth
