#include "tools/cli/exit_codes.h"

#include <string_view>

namespace pome::cli {

int exit_code_of(const Error& error) {
  const std::string_view code = error.code;
  if (code == "auth" || code == "no-credentials" || code.starts_with("credentials-")) return kExitAuth;
  if (code == "quota") return kExitQuota;
  if (code == "usage" || code == "bad-url" || code == "bad-seed" || code == "bad-sid" || code == "agent-command")
    return kExitUsage;
  return kExitOrchestration;
}

}  // namespace pome::cli
