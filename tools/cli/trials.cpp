#include "tools/cli/trials.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/redact/redact.h"
#include "core/report/escape.h"
#include "core/report/run.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/stored_run.h"
#include "tools/cli/trial_runner.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::int64_t kMostTrials = 100;
/// Flags that are about all trials together, or that every trial gets a value of its own for.
constexpr std::array<std::string_view, 6> kNotPassedOn = {"--help", "--trials", "--jobs",
                                                          "--json", "--quiet",  "--report"};

trials::Group new_group(const ScenarioInput& input, const RunPlan& plan, std::string_view mode,
                        Environment& environment) {
  const redact::Redactor clean(plan.secrets, eval::criterion_literals(input.scenario));
  trials::Group group;
  group.id = "grp_" + make_uuid(environment);
  group.scenario = input.scenario.slug;
  group.title = clean.text(input.scenario.title);
  group.scenario_file = clean.text(input.path);
  group.scenario_hash = hash::sha256_hex(input.markdown);
  group.mode = std::string(mode);
  group.agent_command = clean.text(plan.agent.shown);
  group.agent_source = plan.agent.source;
  group.agent_model = clean.text(plan.agent_model);
  return group;
}

/// A trial as reports take runs: with the verdict of its stored documents.
RunOutcome outcome_of(const trials::Trial& trial, const ScenarioInput& input, const trials::Group& group) {
  RunOutcome outcome;
  outcome.file = input.path;
  outcome.slug = group.scenario;
  outcome.title = group.title;
  outcome.mode = group.mode;
  outcome.run_id = trial.run_id;
  outcome.exit_code = trial.exit_code;
  outcome.artifacts_dir = trial.artifacts_dir;
  if (!trial.reason.empty()) outcome.error = fail(trial.error_code, trial.reason);
  if (trial.criteria.empty() || trial.artifacts_dir.empty()) return outcome;
  if (const auto documents = read_documents(trial.artifacts_dir)) {
    if (auto report = report::rescore(*documents)) outcome.report = std::move(report).value();
  }
  return outcome;
}

/// "7 trials were not started because of what befell trial 3"
std::string render_not_started(const std::vector<trials::Trial>& trials) {
  const auto is_one = [](const trials::Trial& trial) { return trial.error_code == kNotStarted; };
  const auto first = std::find_if(trials.begin(), trials.end(), is_one);
  if (first == trials.end()) return {};
  const auto count = std::count_if(first, trials.end(), is_one);
  return text::cat(count, count == 1 ? " trial was " : " trials were ", report::one_line(first->reason), "\n");
}

Result<std::string> store(const trials::Group& group, const RunPlan& plan) {
  const std::string folder = system::join_path(plan.artifacts_dir, group.scenario);
  POME_CHECK(system::make_folder(folder));
  std::string file = system::join_path(folder, group.id + ".json");
  POME_CHECK(system::write_file(file, trials::group_json(group)));
  return file;
}

}  // namespace

void TrialFlags::declare(CLI::App& app) {
  app.add_option("-n,--trials", count_, "Run each scenario so many times (1 to 100; default: its `runs`)")
      ->check(CLI::Range(std::int64_t{1}, kMostTrials))
      ->option_text("K");
  app.add_option("--jobs", jobs, "Trials at a time (default: 1)")
      ->check(CLI::Range(std::int64_t{1}, kMostTrials))
      ->option_text("J");
}

void TrialFlags::note_given(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name();
    const bool passed_on = std::find(kNotPassedOn.begin(), kNotPassedOn.end(), name) == kNotPassedOn.end();
    if (option->count() == 0 || !name.starts_with("--") || !passed_on) continue;
    const bool takes_value = option->get_expected_max() > 0;
    for (const std::string& value : option->results()) given.push_back(takes_value ? name + "=" + value : name);
  }
}

std::int64_t TrialFlags::count(const ScenarioInput& input) const {
  return count_ > 0 ? count_ : input.scenario.config.runs;
}

GroupOutcome run_group(const ScenarioInput& input, const TrialFlags& flags, const RunPlan& plan, std::string_view mode,
                       Environment& environment, Progress& progress, std::ostream* out) {
  GroupOutcome outcome;
  outcome.group = new_group(input, plan, mode, environment);
  const Paint paint = Paint::for_stream(STDOUT_FILENO);
  TrialsPlan trials_plan;
  trials_plan.file = input.path;
  trials_plan.count = flags.count(input);
  trials_plan.jobs = flags.jobs;
  trials_plan.flags = flags.given;
  trials_plan.environment = read_environment();
  trials_plan.timeout_seconds = plan.timeout_seconds.value_or(input.scenario.config.timeout_seconds);

  if (out != nullptr) {
    *out << paint(Colour::bold, report::one_line(outcome.group.title)) << ": " << trials_plan.count << " trials"
         << std::endl;
  }
  outcome.group.trials = run_trials(trials_plan, progress, [&](const trials::Trial& trial) {
    if (out != nullptr) *out << render_trial(trial, paint) << std::flush;
  });
  progress.done();
  const std::vector<trials::Trial>& trials = outcome.group.trials;
  outcome.exit_code = exit_code_of(trials);
  outcome.fatal = std::any_of(trials.begin(), trials.end(), befalls_all);
  for (const trials::Trial& trial : trials) {
    if (trial.error_code != kNotStarted) outcome.outcomes.push_back(outcome_of(trial, input, outcome.group));
  }
  auto stored = store(outcome.group, plan);
  if (stored) {
    outcome.file = std::move(stored).value();
  } else {
    outcome.error = stored.error();
    outcome.exit_code = std::max(outcome.exit_code, exit_code_of(stored.error()));
  }
  if (out == nullptr) return outcome;
  *out << render_not_started(trials) << render_stats(trials::summarize(trials), paint);
  if (!outcome.file.empty()) *out << "  " << paint(Colour::dim, "group:") << " " << outcome.file << "\n";
  *out << std::flush;
  return outcome;
}

int exit_code_of(const std::vector<trials::Trial>& trials) {
  bool any_graded = false;
  bool whole = true;
  int graded = kExitPassed;
  int highest = kExitPassed;
  for (const trials::Trial& trial : trials) {
    highest = std::max(highest, trial.exit_code);
    if (trial.graded) graded = std::max(graded, trial.exit_code);
    any_graded = any_graded || trial.graded;
    whole = whole && trial.error_code != kNotStarted && !befalls_all(trial);
  }
  if (!any_graded) return std::max(highest, kExitOrchestration);
  return graded == kExitPassed && whole ? kExitPassed : highest;
}

}  // namespace pome::cli
