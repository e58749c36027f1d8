#pragma once
#include <string>

#include "core/base/result.h"
#include "core/base/time.h"

namespace pome::cli {

struct SecretFile {
  std::string value;
  bool made = false;  ///< just now
};

/// The secret that a file keeps: made at the first call (32 random bytes in hex, mode 0600; the folder, too, with
/// 0700), read later. Fails with `bad-secret` when the file holds fewer than 32 characters, else with `file`.
Result<SecretFile> kept_secret(const std::string& folder, const std::string& name, Environment& environment);

}  // namespace pome::cli
