#pragma once
#include <functional>
#include <optional>

#include <CLI/CLI.hpp>

#include "tools/cli/commands.h"

namespace pome::cli {

inline constexpr const char* kApiUrlHelp = "Control plane (default: POME_API_URL, the stored one, Pome's cloud)";

/// Parses a command's flags. Nothing when the command should go on; otherwise the exit code to answer: 0 after
/// `--help` (printed on stdout), 5 after a usage error (one line on stderr). `app`'s name should read "pome <command>".
std::optional<int> parse_flags(CLI::App& app, Args args);

/// While one lives, parse_flags() hands every app to `visit` instead of parsing, and the command returns at once. How
/// shell completion learns each command's flags from the one place that declares them.
class FlagVisitor {
 public:
  using Visit = std::function<void(const CLI::App&)>;
  explicit FlagVisitor(Visit visit);
  ~FlagVisitor();
  FlagVisitor(const FlagVisitor&) = delete;
  FlagVisitor& operator=(const FlagVisitor&) = delete;

 private:
  Visit visit_;
};

}  // namespace pome::cli
