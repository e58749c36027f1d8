#include "tools/cli/report_files.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

#include "core/base/text.h"
#include "tools/cli/commands.h"
#include "tools/cli/stored_run.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

struct KindName {
  std::string_view name;
  ReportKind kind;
};
constexpr KindName kKinds[] = {{"junit", ReportKind::junit},   {"sarif", ReportKind::sarif},
                               {"github", ReportKind::github}, {"markdown", ReportKind::markdown},
                               {"json", ReportKind::json},     {"html", ReportKind::html}};
constexpr std::string_view kStdout = "-";

std::string variable(const Variables& own, std::string_view name) {
  const auto found = own.find(name);
  return found == own.end() ? std::string() : found->second;
}

std::string folder_of(const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// The engine of the built npm package nearest to the program.
Result<report::Engine> built_engine() {
  const auto module = system::find_upwards(system::program_folder(), "wasm/package/dist/pome.mjs");
  const std::string missing =
      "The HTML report carries the WebAssembly engine, and that is not built here. Build it first: `npm start` does.";
  if (!module) return fail("usage", missing);
  report::Engine engine;
  auto code = system::read_file(*module);
  auto binary = system::read_file(system::join_path(folder_of(*module), "pome.wasm"));
  if (!code || !binary) return fail("usage", missing);
  engine.module = std::move(code).value();
  engine.binary = std::move(binary).value();
  return engine;
}

/// The run of an outcome, with what was stored of it; what is not stored cannot be named.
report::Run run_of_outcome(const RunOutcome& outcome) {
  if (outcome.report && !outcome.artifacts_dir.empty()) {
    if (auto documents = read_documents(outcome.artifacts_dir)) {
      if (auto run = report::run_of(std::move(documents).value(), *outcome.report)) return std::move(run).value();
    }
  }
  report::Run run;
  run.file = outcome.file;
  run.slug = outcome.slug;
  run.title = outcome.title;
  run.report = outcome.report;
  run.run_id = outcome.run_id;
  run.mode = outcome.mode;
  if (outcome.error) run.problem = outcome.error->message;
  return run;
}

Result<void> append(const std::string& file, std::string_view content) {
  system::AppendedFile target;
  POME_CHECK(target.open(file));
  return target.append(content);
}

}  // namespace

void ReportFlags::declare(CLI::App& app) {
  app.add_option(
         "--report", values_,
         "Write a report, too: junit, sarif, github, markdown, json or html; may be given again. FILE may be -\n"
         "for stdout; github appends to FILE or, without one, to the job's summary ($GITHUB_STEP_SUMMARY)")
      ->option_text("KIND=FILE")
      ->expected(1)
      ->take_all();
}

Result<ReportFlags::Wanted> ReportFlags::read(const std::string& value, const Variables& own) const {
  const std::size_t equals = value.find('=');
  const std::string_view name = std::string_view(value).substr(0, equals);
  const auto kind =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto& one) { return one.name == name; });
  if (kind == std::end(kKinds)) {
    return fail("usage", text::cat("--report ", value, ": there is no report \"", name,
                                   "\"; take junit, sarif, github, markdown, json or html."));
  }
  Wanted wanted{kind->kind, equals == std::string::npos ? std::string() : value.substr(equals + 1)};
  if (wanted.file.empty() && wanted.kind == ReportKind::github) wanted.file = variable(own, "GITHUB_STEP_SUMMARY");
  if (wanted.file.empty() && !(wanted.kind == ReportKind::github && annotate_)) {
    return fail("usage", text::cat("--report ", value, ": say where to write it, as in --report ", name, "=FILE."));
  }
  return wanted;
}

Result<void> ReportFlags::check(bool json, const Variables& own) {
  json_ = json;
  annotate_ = variable(own, "GITHUB_ACTIONS") == "true";
  for (const std::string& value : values_) {
    POME_TRY(Wanted wanted, read(value, own));
    if (wanted.file == kStdout && json) return fail("usage", "--json and a report cannot both be on stdout.");
    if (wanted.file == kStdout && to_stdout()) return fail("usage", "Only one report can be on stdout.");
    if (wanted.file != kStdout && !wanted.file.empty()) {
      if (system::is_folder(wanted.file)) return fail("usage", text::cat("--report ", value, " names a folder."));
      const auto usable = system::check_folder(folder_of(wanted.file));
      if (!usable) return fail("usage", usable.error().message);
    }
    if (wanted.kind == ReportKind::html && engine_.module.empty()) {
      POME_TRY(engine_, built_engine());
    }
    wanted_.push_back(std::move(wanted));
  }
  return {};
}

bool ReportFlags::to_stdout() const {
  return std::any_of(wanted_.begin(), wanted_.end(), [](const Wanted& wanted) { return wanted.file == kStdout; });
}

Result<std::string> ReportFlags::render(ReportKind kind, const std::vector<report::Run>& runs) const {
  switch (kind) {
    case ReportKind::junit:
      return report::junit(runs);
    case ReportKind::sarif:
      return report::sarif(runs, version());
    case ReportKind::github:
      return report::step_summary(runs);
    case ReportKind::markdown:
      return report::markdown(runs);
    case ReportKind::json:
      return report::json(runs, version());
    case ReportKind::html:
      return report::html(runs, engine_, version());
  }
  return std::string();
}

Result<void> ReportFlags::write(const std::vector<report::Run>& runs) const {
  for (const Wanted& wanted : wanted_) {
    const bool github = wanted.kind == ReportKind::github;
    if (github && annotate_) {
      std::ostream& out = json_ || to_stdout() ? std::cerr : std::cout;  // the runner reads both
      out << report::annotations(runs) << std::flush;
    }
    if (wanted.file.empty()) continue;
    POME_TRY(const std::string content, render(wanted.kind, runs));
    if (wanted.file == kStdout) {
      std::cout << content << std::flush;
    } else if (github) {
      POME_CHECK(append(wanted.file, content));
    } else {
      POME_CHECK(system::make_folder(folder_of(wanted.file)));
      POME_CHECK(system::write_file(wanted.file, content));
    }
  }
  return {};
}

Result<void> ReportFlags::write(const std::vector<RunOutcome>& outcomes) const {
  if (!any()) return {};
  std::vector<report::Run> runs;
  runs.reserve(outcomes.size());
  for (const RunOutcome& outcome : outcomes) runs.push_back(run_of_outcome(outcome));
  return write(runs);
}

}  // namespace pome::cli
