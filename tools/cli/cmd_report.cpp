#include "tools/cli/cmd_report.h"

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/report/bundle.h"
#include "tools/cli/agent_env.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/report_files.h"
#include "tools/cli/stored_run.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

Result<report::Run> read_run(const std::string& artifacts_dir, const std::string& wanted) {
  POME_TRY(FoundRun stored, load_stored_run(artifacts_dir, wanted));
  auto run = report::run_of(stored.documents);
  if (!run) return about_run(stored, run.error());
  return run;
}

Result<void> write_bundle(const std::string& artifacts_dir, const std::string& wanted, const std::string& file) {
  const bool zip = file.ends_with(".zip");
  if (!zip && !file.ends_with(".json"))
    return fail("usage", text::cat(file, ": a bundle's name ends in .pome.json or .pome.zip."));
  POME_TRY(const FoundRun stored, load_stored_run(artifacts_dir, wanted));
  if (const auto usable = report::run_of(stored.documents); !usable) return about_run(stored, usable.error());
  const auto bundle =
      zip ? report::bundle_zip(stored.documents, version()) : report::bundle_json(stored.documents, version());
  if (!bundle) return about_run(stored, bundle.error());
  if (bundle->size() > kMaxBundleBytes)
    return about_run(stored, fail("bad-run", "The run is too large for a bundle, which may have 128 MiB."));
  return system::write_file(file, *bundle);
}

}  // namespace

int bundle_command(Args args) {
  std::string wanted;
  std::string file;
  std::string artifacts_dir = "runs";
  CLI::App app("Writes a stored run as one file, which `pome eval`, `inspect` and `report` read.", "pome bundle");
  app.add_option("RUN", wanted, kStoredRunHelp)->required();
  app.add_option("-o,--output", file, "Where to write it: <name>.pome.json or <name>.pome.zip")
      ->required()
      ->option_text("FILE");
  app.add_option("--artifacts-dir", artifacts_dir, kArtifactsDirHelp)->option_text("FOLDER");
  if (auto code = parse_flags(app, args)) return *code;
  if (const auto written = write_bundle(artifacts_dir, wanted, file); !written)
    return report_error("bundle", written.error());
  return kExitPassed;
}

int report_command(Args args) {
  std::vector<std::string> wanted;
  std::string artifacts_dir = "runs";
  ReportFlags reports;
  CLI::App app("Scores stored runs again and writes reports of them.", "pome report");
  app.add_option("RUN", wanted, kStoredRunHelp)->required();
  app.add_option("--artifacts-dir", artifacts_dir, kArtifactsDirHelp)->option_text("FOLDER");
  reports.declare(app);
  app.footer("Exit codes: 0 the reports are written, whatever the verdicts; 2 one could not be written; 5 usage.");
  if (auto code = parse_flags(app, args)) return *code;
  if (const auto usable = reports.check(false, read_environment()); !usable)
    return report_error("report", usable.error());
  if (!reports.any())
    return report_error("report", fail("usage", "Say which report to write, as in --report junit=results.xml."));

  std::vector<report::Run> runs;
  for (const std::string& one : wanted) {
    auto run = read_run(artifacts_dir, one);
    if (!run) return report_error("report", run.error());
    runs.push_back(std::move(run).value());
  }
  if (const auto written = reports.write(runs); !written) return report_error("report", written.error());
  return kExitPassed;
}

}  // namespace pome::cli
