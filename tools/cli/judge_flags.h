#pragma once
#include <optional>
#include <string>

#include "tools/cli/flags.h"
#include "tools/cli/judge_client.h"

namespace pome::cli {

/// The flags that switch a judge on. Without --judge nothing leaves the machine.
struct JudgeFlags {
  bool judge = false;
  bool no_cache = false;
  std::string model;

  void declare(CLI::App& app);
  /// Nothing without --judge. Fails with `usage`.
  Result<std::optional<JudgeSettings>> settings(bool hosted, const Variables& own) const;
};

}  // namespace pome::cli
