#include "tools/cli/cmd_prove.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/proof/record.h"
#include "core/report/escape.h"
#include "tools/cli/artifacts.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/proof_input.h"
#include "tools/cli/terminal.h"
#include "tools/cli/verdict.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

struct Flags {
  std::vector<std::string> scenarios;
  std::string solution;
  std::string record;
  std::string out;
  std::string artifacts_dir = "runs";
  bool json = false;
};

/// Writes the solution a stored run amounts to.
int record_solution(const Flags& flags) {
  const auto folder = find_run(flags.artifacts_dir, flags.record);
  if (!folder) return report_error("prove", folder.error());
  const auto events = system::read_file(system::join_path(*folder, "events.jsonl"));
  if (!events) return report_error("prove", fail("usage", text::cat(*folder, " has no events.jsonl to record from.")));
  const auto solution = proof::record(*events);
  if (!solution) return report_error("prove", fail("usage", solution.error().message));
  const auto written = system::write_file(flags.out, proof::solution_json(*solution));
  if (!written) return report_error("prove", written.error());
  std::cout << flags.out << ": " << solution->calls.size() << " calls. Read it over, then run `pome prove` on the "
            << "scenario beside it.\n";
  return kExitPassed;
}

Error no_solution(const std::string& scenario, const std::string& wanted) {
  return fail("usage",
              text::cat("There is no solution ", wanted, ". Write one, or record a run that did it right: pome run ",
                        scenario, " && pome prove --record latest -o ", wanted),
              wanted);
}

Result<proof::Proof> prove_file(const std::string& path, const Flags& flags) {
  POME_TRY(const ScenarioInput input, load_scenario(path));
  if (!input.only_ungraded())  // lines that nothing grades are part of what a proof tells
    return fail("usage", text::cat(path, " has errors: `pome lint ", path, "` lists them."), path);
  POME_TRY(auto proof, prove_scenario(input, flags.solution));
  if (!proof) return no_solution(path, flags.solution.empty() ? solution_path_of(path) : flags.solution);
  return *std::move(proof);
}

std::string document(const std::vector<proof::Proof>& proofs, int exit_code) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "prove").field("exit_code", exit_code);
  json.key("proofs").begin_array();
  for (const proof::Proof& proof : proofs) json.raw(report::indented(text::trim(proof::to_json(proof)), 2));
  json.end_array().end_object();
  return out + "\n";
}

int prove_files(const Flags& flags) {
  const auto files = find_scenarios(flags.scenarios);
  if (!files) return report_error("prove", files.error());
  if (!flags.solution.empty() && files->size() != 1)
    return report_error("prove", fail("usage", "--solution goes with exactly one scenario."));
  std::vector<proof::Proof> proofs;
  int exit_code = kExitPassed;
  for (const std::string& path : *files) {
    auto proof = prove_file(path, flags);
    if (!proof) {
      exit_code = std::max(exit_code, report_error("prove", proof.error()));
      continue;
    }
    exit_code = std::max(exit_code, proof->ok() ? kExitPassed : kExitBelowThreshold);
    if (!flags.json) std::cout << printable(proof::in_words(*proof));
    proofs.push_back(std::move(proof).value());
  }
  if (flags.json) std::cout << document(proofs, exit_code);
  return exit_code;
}

}  // namespace

int prove_command(Args args) {
  CLI::App app(
      "Proves scenarios: doing nothing fails, the recorded solution passes, and every criterion can tell the two "
      "apart.",
      "pome prove");
  Flags flags;
  app.add_option("SCENARIO", flags.scenarios, "Scenario files, or folders with *.md files");
  app.add_option("--solution", flags.solution, "Solution to use instead of <scenario>.solution.json")
      ->option_text("FILE");
  auto* record =
      app.add_option("--record", flags.record, "Write a solution from a stored run: its folder, id or latest")
          ->option_text("RUN");
  app.add_option("-o,--out", flags.out, "Where --record writes to")->option_text("FILE")->needs(record);
  app.add_option("--artifacts-dir", flags.artifacts_dir, "Where runs are looked for (default: runs)")
      ->option_text("FOLDER");
  app.add_flag("--json", flags.json, "Print one JSON document: {version, command, exit_code, proofs}");
  app.footer("Exit codes: 0 all proven, 1 not proven, 5 usage, errors in a scenario, or no solution.");
  if (auto code = parse_flags(app, args)) return *code;
  if (!flags.record.empty()) {
    if (flags.out.empty() || !flags.scenarios.empty())
      return report_error("prove", fail("usage", "--record RUN goes with -o FILE and no scenario."));
    return record_solution(flags);
  }
  if (flags.scenarios.empty())
    return report_error("prove", fail("usage", "Name a scenario or a folder (add --help for usage)."));
  return prove_files(flags);
}

}  // namespace pome::cli
