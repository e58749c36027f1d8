#pragma once
#include <optional>
#include <string>

#include "core/auth/resolver.h"
#include "core/base/result.h"
#include "tools/cli/agent_env.h"

/// What commands read from the user's surroundings.
namespace pome::cli {

/// ~/.pome/credentials.json (HOME of `own`); empty when there is no home folder.
std::string credentials_path(const Variables& own);

/// Environment, credentials file and flags as auth::resolve() takes them.
auth::CredentialInputs credential_inputs(const Variables& own, const std::optional<std::string>& api_url,
                                         const std::optional<std::string>& dashboard_url = std::nullopt);

/// A flag's value, or nothing when it was not given.
std::optional<std::string> given(const std::string& flag_value);

/// The value of --public-url without a final slash; empty when it was not given. Fails with `usage`.
Result<std::string> checked_public_url(std::string_view flag_value);

/// Prints "pome <command>: message" on stderr and answers the error's exit code.
int report_error(std::string_view command, const Error& error);

}  // namespace pome::cli
