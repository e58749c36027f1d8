#include "tools/cli/cmd_compare.h"

#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/trials/comparison.h"
#include "core/trials/group.h"
#include "tools/cli/compare_text.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/stored_run.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxGroupBytes = std::size_t{64} << 20;

/// One side with its tape, if it is a run that has one: an agent that called nothing leaves an empty one.
struct Loaded {
  trials::Side side;
  std::optional<std::string> events;
};

/// The file of a group: a path, or an id among the stored groups. Nothing when `wanted` is neither.
std::optional<std::string> group_file(const std::string& artifacts_dir, const std::string& wanted) {
  if (system::is_file(wanted)) return wanted;
  if (!wanted.starts_with("grp_") || wanted.find('/') != std::string::npos) return std::nullopt;
  std::error_code error;
  for (const fs::directory_entry& slug : fs::directory_iterator(artifacts_dir, error)) {
    std::string candidate = (slug.path() / (wanted + ".json")).string();
    if (system::is_file(candidate)) return candidate;
  }
  return std::nullopt;
}

Result<trials::Side> group_side(const std::string& file, std::string_view content) {
  auto group = trials::read_group(content);
  if (!group) return fail("usage", text::cat(file, ": ", group.error().message), file);
  if (group->trials.empty()) return fail("usage", text::cat(file, ": it has no trials."), file);
  trials::Side side;
  side.name = group->id;
  side.scenario = group->scenario;
  side.scenario_hash = group->scenario_hash;
  side.is_group = true;
  side.trials = std::move(group->trials);
  return side;
}

Result<trials::Trial> trial_of(const FoundRun& run, const Json& meta) {
  trials::Trial trial;
  if (!run.documents.score) {
    trial.reason = text::cat("it ended before its agent was scored (",
                             json::string_at(meta, "stop_reason").value_or("it does not say why"), ")");
    return trial;
  }
  const auto score = json::parse(*run.documents.score);
  if (!score) return about_run(run, fail("usage", "score.json: " + score.error().message));
  auto read = trials::trial_of_report(*score);
  if (!read) return about_run(run, fail("usage", "score.json: " + read.error().message));
  return read;
}

Result<Loaded> run_side(const FoundRun& run) {
  const auto meta = json::parse(run.documents.meta.value_or(""));
  if (!meta || !meta->is_object()) return about_run(run, fail("usage", "its meta.json is not valid JSON."));
  POME_TRY(trials::Trial trial, trial_of(run, *meta));
  Loaded loaded;
  loaded.side.name = std::string(json::string_at(*meta, "run_id").value_or(run.where));
  loaded.side.scenario = std::string(json::string_at(*meta, "scenario").value_or(""));
  loaded.side.scenario_hash = std::string(json::string_at(*meta, "scenario_hash").value_or(""));
  loaded.side.trials.push_back(std::move(trial));
  loaded.events = run.documents.events;
  return loaded;
}

Result<Loaded> load(const std::string& artifacts_dir, const std::string& wanted) {
  if (const auto file = group_file(artifacts_dir, wanted)) {
    const auto content = system::read_file(*file, kMaxGroupBytes);
    if (!content) return fail("usage", content.error().message, *file);
    const auto document = json::parse(*content);
    if (*file != wanted || (document && document->contains("group_id"))) {
      Loaded loaded;
      POME_TRY(loaded.side, group_side(*file, *content));
      return loaded;
    }
  }
  POME_TRY(const FoundRun run, load_stored_run(artifacts_dir, wanted));
  return run_side(run);
}

int compare(const Loaded& a, const Loaded& b, bool as_json) {
  const trials::Comparison comparison = trials::compare(a.side, b.side);
  const bool tapes = a.events && b.events;
  std::optional<trials::Divergence> divergence;
  if (tapes) {
    auto found = trials::first_divergence(*a.events, *b.events);
    if (!found) return report_error("compare", fail("usage", found.error().message));
    divergence = std::move(found).value();
  }
  const bool graded = comparison.verdict != trials::Verdict::not_graded;
  const int exit_code = comparison.worse ? kExitBelowThreshold : graded ? kExitPassed : kExitOrchestration;
  std::cout << (as_json ? trials::comparison_json(comparison, divergence, exit_code)
                        : render_comparison(comparison, tapes, divergence, Paint::for_stream(STDOUT_FILENO)))
            << std::flush;
  return exit_code;
}

}  // namespace

int compare_command(Args args) {
  CLI::App app("Shows what changed from one run, or group of trials, to another.", "pome compare");
  std::string a;
  std::string b;
  std::string artifacts_dir = "runs";
  bool as_json = false;
  app.add_option("A", a, "A run's folder or id, a group's file or id, \"latest\", or a bundle")->required();
  app.add_option("B", b, "The other one, the same way")->required();
  app.add_option("--artifacts-dir", artifacts_dir, kArtifactsDirHelp)->option_text("FOLDER");
  app.add_flag("--json", as_json,
               "Print one JSON document: {version, command, exit_code, a, b, verdict, criteria, divergence, ...}");
  app.footer(
      "Exit codes: 0 nothing got worse, 1 something broke, 2 a side has no graded run, 5 usage. Groups are told apart "
      "by\n"
      "the two-sided Fisher exact test at 5 %; until it can, the answer is how many more trials it takes.");
  if (auto code = parse_flags(app, args)) return *code;
  const auto left = load(artifacts_dir, a);
  if (!left) return report_error("compare", left.error());
  const auto right = load(artifacts_dir, b);
  if (!right) return report_error("compare", right.error());
  return compare(*left, *right, as_json);
}

}  // namespace pome::cli
