#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/report/report.h"
#include "tools/cli/agent_env.h"
#include "tools/cli/flags.h"
#include "tools/cli/run_scenario.h"

/// `--report KIND=FILE` of `pome run` and `pome report`.
namespace pome::cli {

enum class ReportKind : std::uint8_t { junit, sarif, github, markdown, json, html };

class ReportFlags {
 public:
  void declare(CLI::App& app);

  /// Refuses, before anything runs, what could not be written afterwards: an unknown kind, a missing folder, two
  /// reports on stdout or one beside `--json`, an HTML page without the built engine. Fails with `usage`.
  Result<void> check(bool json, const Variables& own);

  bool any() const { return !wanted_.empty(); }
  bool to_stdout() const;  ///< a report takes stdout, so the results belong on stderr

  /// Writes all reports; each file appears whole or not at all. Fails with `file`.
  Result<void> write(const std::vector<report::Run>& runs) const;
  /// The same for runs of this process: their verdicts, with the documents of their folders.
  Result<void> write(const std::vector<RunOutcome>& outcomes) const;

 private:
  struct Wanted {
    ReportKind kind = ReportKind::junit;
    std::string file;  ///< "-": stdout; empty: none
  };

  Result<Wanted> read(const std::string& value, const Variables& own) const;
  Result<std::string> render(ReportKind kind, const std::vector<report::Run>& runs) const;

  std::vector<std::string> values_;
  std::vector<Wanted> wanted_;
  report::Engine engine_;
  bool annotate_ = false;  ///< inside GitHub Actions
  bool json_ = false;
};

}  // namespace pome::cli
