#include "tools/cli/context.h"

#include <sys/stat.h>

#include <iostream>

#include "tools/cli/exit_codes.h"
#include "tools/cli/terminal.h"
#include "tools/server/host_rules.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::size_t kMaxCredentialBytes = std::size_t{64} << 10;
constexpr unsigned kPermissionBits = 0777;

std::optional<std::string> variable(const Variables& own, std::string_view name) {
  const auto found = own.find(name);
  if (found == own.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::string credentials_path(const Variables& own) {
  const auto home = variable(own, "HOME");
  if (!home || home->empty()) return {};
  return system::join_path(*home, ".pome/credentials.json");
}

auth::CredentialInputs credential_inputs(const Variables& own, const std::optional<std::string>& api_url,
                                         const std::optional<std::string>& dashboard_url) {
  auth::CredentialInputs inputs;
  inputs.env_api_key = variable(own, "POME_API_KEY");
  inputs.env_api_url = variable(own, "POME_API_URL");
  inputs.env_dashboard_url = variable(own, "POME_DASHBOARD_URL");
  inputs.flag_api_url = api_url;
  inputs.flag_dashboard_url = dashboard_url;
  inputs.expected_path = credentials_path(own);
  struct stat status = {};
  if (!inputs.expected_path.empty() && stat(inputs.expected_path.c_str(), &status) == 0) {
    auto content = system::read_file(inputs.expected_path, kMaxCredentialBytes);
    inputs.file = auth::CredentialsFile{inputs.expected_path, content ? std::move(content).value() : std::string(),
                                        status.st_mode & kPermissionBits};
  }
  return inputs;
}

std::optional<std::string> given(const std::string& flag_value) {
  if (flag_value.empty()) return std::nullopt;
  return flag_value;
}

Result<std::string> checked_public_url(std::string_view flag_value) {
  while (flag_value.ends_with('/')) flag_value.remove_suffix(1);
  if (flag_value.empty() || server::is_origin(flag_value)) return std::string(flag_value);
  return fail("usage", "--public-url must be an http or https URL without a path.");
}

int report_error(std::string_view command, const Error& error) {
  std::cerr << "pome " << command << ": " << printable(error.message) << std::endl;
  return exit_code_of(error);
}

}  // namespace pome::cli
