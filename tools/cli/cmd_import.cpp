#include "tools/cli/cmd_import.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/eval/canonical.h"
#include "core/eval/evaluate.h"
#include "core/scenario/rewrite.h"
#include "core/twin/github/model/seed.h"
#include "core/twin/github/model/state_export.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/scenario_input.h"
#include "tools/cli/terminal.h"
#include "tools/cli/verdict.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

namespace fs = std::filesystem;

/// A file, what becomes of it, and where that goes.
struct Import {
  ScenarioInput input;
  scenario::Rewritten rewritten;
  std::string target;
  std::string sidecar_target;
};

/// Lines of `[code]` criteria that hold before anything ran: the run in which the agent does nothing says so.
std::set<std::size_t> lines_that_hold(const ScenarioInput& input) {
  const scenario::Scenario& scenario = input.scenario;
  const bool asks = std::any_of(scenario.criteria.begin(), scenario.criteria.end(),
                                [](const auto& one) { return one.marker == scenario::Marker::code; });
  if (!asks) return {};
  const auto seeded = twin::github::model::build_world(scenario.seed.json);
  if (!seeded.world) return {};
  const std::string state = twin::github::model::export_state(*seeded.world);
  const auto report = eval::evaluate(scenario, {state, state, "[]", eval::StopReason::exit_0});
  if (!report) return {};
  std::set<std::size_t> lines;
  for (const eval::CriterionResult& result : report->results) {
    if (result.reason == eval::kAlreadyTrueInSeed) lines.insert(result.criterion.line);
  }
  return lines;
}

Result<Import> prepare(const std::string& path, const std::string& folder) {
  Import import;
  POME_TRY(import.input, load_scenario(path));
  const std::set<std::size_t> holding = lines_that_hold(import.input);
  scenario::RewriteRules rules;
  rules.canonical = eval::canonical_sentence;
  rules.holds_in_seed = [&holding](std::size_t line) { return holding.count(line) > 0; };
  import.rewritten = scenario::rewrite(import.input.markdown, rules);
  import.target = path;
  import.sidecar_target = import.input.sidecar_path;
  if (!folder.empty()) {
    const auto moved = [&](const std::string& file) {
      return system::join_path(folder, fs::path(file).filename().string());
    };
    import.target = moved(path);
    import.sidecar_target = moved(import.input.sidecar_path);
  }
  return import;
}

/// Only a file with the same content may be there already.
Result<void> check_free(const std::string& path, const std::string& content) {
  if (!system::is_file(path)) return {};
  POME_TRY(const std::string present, system::read_file(path));
  if (present == content) return {};
  return fail("usage", text::cat(path, " is there already, with other content. Choose an empty folder."), path);
}

/// Writes `content` with the mode of the file `model`. A link keeps pointing to the file that is replaced.
Result<void> write_like(const std::string& path, const std::string& model, const std::string& content) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  const std::string target = error ? path : real.string();
  const fs::perms mode = fs::status(model, error).permissions();
  POME_CHECK(system::write_file(target, content));
  if (!error) fs::permissions(target, mode, error);
  return {};
}

Result<void> check_targets(const std::vector<Import>& imports) {
  std::set<std::string> targets;
  for (const Import& import : imports) {
    if (!targets.insert(import.target).second) {
      return fail("usage", text::cat("Two of the files are called ", fs::path(import.target).filename().string(), "."),
                  import.input.path);
    }
    POME_CHECK(check_free(import.target, import.rewritten.markdown));
    if (import.input.sidecar) POME_CHECK(check_free(import.sidecar_target, *import.input.sidecar));
  }
  return {};
}

Result<void> write_all(const std::vector<Import>& imports, const std::string& folder) {
  if (!folder.empty()) {
    POME_CHECK(check_targets(imports));
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail("usage", text::cat("Cannot create ", folder, ": ", error.message(), "."), folder);
  }
  for (const Import& import : imports) {
    const ScenarioInput& input = import.input;
    const bool moves = import.target != input.path;
    if (!moves && import.rewritten.changes.empty()) continue;
    POME_CHECK(write_like(import.target, input.path, import.rewritten.markdown));
    if (moves && input.sidecar) {
      POME_CHECK(write_like(import.sidecar_target, input.sidecar_path, *input.sidecar));
    }
  }
  return {};
}

std::string change_text(const scenario::Change& change, const Paint& paint) {
  std::string out = text::cat(paint(Colour::red, text::cat("  - ", printable(change.before))), "\n",
                              paint(Colour::green, text::cat("  + ", printable(change.after))), "\n");
  if (!change.note.empty()) text::append(out, "    ", change.note, "\n");
  return out;
}

void print(const Import& import, bool check, const Paint& paint) {
  std::multimap<std::size_t, std::string> lines;
  for (const scenario::Change& change : import.rewritten.changes)
    lines.emplace(change.line, change_text(change, paint));
  for (const scenario::Remark& remark : import.rewritten.remarks) {
    lines.emplace(remark.line, text::cat("    ", remark.text, "\n"));
  }
  const std::string& path = import.input.path;
  for (const auto& [line, what] : lines) std::cout << path << ":" << line << "\n" << what;
  const std::size_t count = import.rewritten.changes.size();
  std::cout << path << ": ";
  if (count == 0) {
    std::cout << "nothing to change";
  } else {
    std::cout << count << (count == 1 ? " line" : " lines") << (check ? " would change" : " changed");
  }
  if (import.target != path && !check) std::cout << ", written to " << import.target;
  std::cout << "\n";
}

/// What is left to do by hand.
void print_rest(const Import& import) {
  const auto written = load_scenario(import.target);
  if (!written || !written->has_errors()) return;
  const auto errors = std::count_if(written->diagnostics.begin(), written->diagnostics.end(),
                                    [](const auto& one) { return one.diagnostic.severity == Severity::error; });
  std::cout << import.target << ": " << errors << (errors == 1 ? " error is" : " errors are")
            << " left; `pome lint` explains\n";
}

Result<std::vector<Import>> prepare_all(const std::vector<std::string>& paths, const std::string& folder) {
  POME_TRY(const std::vector<std::string> files, find_scenarios(paths));
  std::vector<Import> imports;
  for (const std::string& file : files) {
    POME_TRY(Import import, prepare(file, folder));
    for (const Diagnostic& problem : import.rewritten.problems) {
      return fail("usage",
                  text::cat(file, ":", problem.line, ":", problem.column, ": ", problem.message, " ", problem.hint),
                  file);
    }
    imports.push_back(std::move(import));
  }
  return imports;
}

}  // namespace

int import_command(Args args) {
  CLI::App app("Rewrites scenarios and tasks of other tools and of earlier days in today's forms.", "pome import");
  std::vector<std::string> paths;
  std::string folder;
  bool check = false;
  app.add_option("SCENARIO", paths, "Scenario or task files, or folders with *.md files")->required();
  auto* output = app.add_option("-o,--output", folder, "Write into this folder (default: change the files themselves)");
  output->option_text("FOLDER");
  app.add_flag("--check", check, "Write nothing; exit 1 when a line would change")->excludes(output);
  app.footer(
      "Rewritten: markers ([code], [model], bullets that other readers drop), section names (Task, Checks), names of\n"
      "settings (pass_threshold, trials), and sentences that the vocabulary words otherwise. All other text stays.\n"
      "Exit codes: 0 done, 1 --check found something to change, 5 a file cannot be read or is in the way.");
  if (auto code = parse_flags(app, args)) return *code;

  const auto imports = prepare_all(paths, folder);
  if (!imports) return report_error("import", imports.error());
  if (!check) {
    if (const auto done = write_all(*imports, folder); !done) return report_error("import", done.error());
  }
  const Paint paint = Paint::for_stream(STDOUT_FILENO);
  bool changes = false;
  for (const Import& import : *imports) {
    changes = changes || !import.rewritten.changes.empty();
    print(import, check, paint);
    if (!check) print_rest(import);
  }
  return check && changes ? kExitBelowThreshold : kExitPassed;
}

}  // namespace pome::cli
