#include "tools/cli/cmd_lint.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/eval/evaluate.h"
#include "core/scenario/scenario_json.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/proof_input.h"
#include "tools/cli/scenario_input.h"
#include "tools/cli/terminal.h"
#include "tools/cli/verdict.h"

namespace pome::cli {
namespace {

void write_explanations(JsonWriter& json, const scenario::Scenario& scenario) {
  json.begin_array();
  for (const eval::ExplainedCriterion& one : eval::explain_criteria(scenario)) {
    json.begin_object().field("line", one.criterion->line).field("text", one.criterion->text);
    json.field("check", one.check).field("explanation", one.explanation).end_object();
  }
  json.end_array();
}

std::string lint_json(const std::vector<ScenarioInput>& inputs, int exit_code, bool explain) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "lint").field("exit_code", exit_code);
  json.key("files").begin_array();
  for (const ScenarioInput& input : inputs) {
    json.begin_object().field("file", input.path).field("scenario", input.scenario.slug);
    json.field("title", input.scenario.title).field("ok", !input.has_errors());
    json.key("criteria");
    if (explain) {
      write_explanations(json, input.scenario);
    } else {
      json.value(input.scenario.criteria.size());
    }
    json.key("diagnostics").begin_array();
    for (const auto& [file, diagnostic] : input.diagnostics) {
      json.begin_object().field("file", file).field("severity", scenario::severity_name(diagnostic.severity));
      json.field("line", diagnostic.line).field("column", diagnostic.column).field("length", diagnostic.length);
      json.field("code", diagnostic.code).field("message", diagnostic.message).field("hint", diagnostic.hint);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

void print_explanations(const scenario::Scenario& scenario, const Paint& paint) {
  for (const eval::ExplainedCriterion& one : eval::explain_criteria(scenario)) {
    std::cout << "\n  line " << one.criterion->line << ": " << printable(one.criterion->text) << "\n    "
              << printable(one.explanation) << "\n";
    if (!one.check.empty()) std::cout << "    " << paint(Colour::dim, one.check) << "\n";
  }
  std::cout << "\n";
}

void print_summary(const ScenarioInput& input, const Paint& paint) {
  std::cout << render_diagnostics(input.diagnostics, paint);
  if (input.has_errors()) return;
  const auto graded = std::count_if(input.scenario.criteria.begin(), input.scenario.criteria.end(),
                                    [](const auto& one) { return one.kind == scenario::CriterionKind::deterministic; });
  std::cout << input.path << ": " << paint(Colour::green, "ok") << ", " << graded << " of "
            << input.scenario.criteria.size() << " criteria can be graded\n";
}

void print(const ScenarioInput& input, bool explain, const Paint& paint) {
  print_summary(input, paint);
  if (explain) print_explanations(input.scenario, paint);
}

}  // namespace

int lint_command(Args args) {
  CLI::App app(
      "Checks scenarios without running them: language, configuration, seed, that every [D] line binds, and that a "
      "recorded solution still proves it.",
      "pome lint");
  std::vector<std::string> paths;
  bool json = false;
  bool explain = false;
  app.add_option("SCENARIO", paths, "Scenario files, or folders with *.md files")->required();
  app.add_flag("--json", json, "Print one JSON document: {version, command, exit_code, files: [{diagnostics}]}");
  app.add_flag("--explain", explain,
               "Tell for every criterion what has to be so; with --json, files[].criteria are {line, text, check, "
               "explanation} instead of their number");
  app.footer("Exit codes: 0 no errors (warnings may be), 5 errors.");
  if (auto code = parse_flags(app, args)) return *code;

  const auto files = find_scenarios(paths);
  if (!files) return report_error("lint", files.error());
  std::vector<ScenarioInput> inputs;
  int exit_code = kExitPassed;
  for (const std::string& file : *files) {
    auto input = load_scenario(file);
    if (!input) return report_error("lint", input.error());
    if (input->has_errors()) {
      exit_code = kExitUsage;
    } else {
      for (LocatedDiagnostic& warning : proof_warnings(*input)) input->diagnostics.push_back(std::move(warning));
    }
    inputs.push_back(std::move(input).value());
  }
  const Paint paint = Paint::for_stream(STDOUT_FILENO);
  if (json) {
    std::cout << lint_json(inputs, exit_code, explain);
  } else {
    for (const ScenarioInput& input : inputs) print(input, explain, paint);
  }
  return exit_code;
}

}  // namespace pome::cli
