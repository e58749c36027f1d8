#include "tools/cli/cmd_run.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include "core/base/text.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/judge_flags.h"
#include "tools/cli/report_files.h"
#include "tools/cli/run_scenario.h"
#include "tools/cli/trials.h"
#include "tools/cli/verdict.h"
#include "tools/system/environment.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::string_view kBundledAgent = "tools/agents/octokit-agent.mjs";
constexpr std::int64_t kMaxTimeoutSeconds = 86'400;

struct Flags {
  std::vector<std::string> paths;
  bool hosted = false;
  bool json = false;
  bool quiet = false;
  bool allow_ungraded = false;
  std::string agent;
  std::string agent_model = "unknown";
  std::string api_url;
  std::string artifacts_dir = "runs";
  std::int64_t timeout = 0;
  JudgeFlags judge;
  ReportFlags reports;
  TrialFlags trials;
};

/// A project file of that name in the current folder or the nearest one above.
std::optional<std::string> project_file(std::string_view name) {
  const auto path = system::find_upwards(system::absolute_path("."), name);
  if (!path) return std::nullopt;
  auto content = system::read_file(*path);
  return content ? std::optional(std::move(content).value()) : std::nullopt;
}

Result<AgentCommand> agent_command(const CLI::App& app, const Flags& flags) {
  AgentCommandInputs inputs;
  if (app.count("--agent") > 0) inputs.flag = flags.agent;
  inputs.manifest = project_file("pome.json");
  inputs.config = project_file("pome.config.json");
  // Found from a build tree and from an installation alike.
  inputs.bundled_agent = system::find_upwards(system::program_folder(), kBundledAgent);
  return resolve_agent_command(inputs);
}

/// Everything a `pome run` shares between its files.
class RunCommand {
 public:
  RunCommand(Flags flags, RunPlan plan)
      : flags_(std::move(flags)),
        plan_(std::move(plan)),
        progress_(flags_.quiet ? Verbosity::quiet : Verbosity::normal),
        out_(Paint::for_stream(STDOUT_FILENO)) {}

  int operator()(const std::vector<std::string>& files, std::optional<auth::Credentials> credentials) {
    credentials_ = std::move(credentials);
    const InterruptScope scope;
    for (const std::string& file : files) {
      if (interrupted()) {
        exit_code_ = std::max(exit_code_, kExitOrchestration);  // some files were not run
        break;
      }
      if (!run_file(file)) break;
    }
    if (flags_.json) std::cout << outcomes_json(outcomes_, groups_, exit_code_);
    if (!flags_.json && outcomes_.size() + groups_.size() > 1) print_total(files.size());
    std::cout << std::flush;
    if (const auto written = flags_.reports.write(reported()); !written)
      exit_code_ = std::max(exit_code_, report_error("run", written.error()));
    return exit_code_;
  }

 private:
  /// Whether further files are worth a try.
  bool run_file(const std::string& file) {
    auto loaded = load_scenario(file);
    RunOutcome outcome;
    if (!loaded) {
      outcome = refused(file, file, loaded.error());
    } else if (loaded->has_errors() && !(flags_.allow_ungraded && loaded->only_ungraded())) {
      outcome = invalid(*loaded);
    } else {
      show(loaded->diagnostics);
      if (flags_.trials.count(*loaded) > 1) return run_trials_of(*loaded);
      const auto host = credentials_ ? make_hosted(http_, environment_, credentials_->api_url, credentials_->api_key)
                                     : make_self_host(environment_);
      outcome = run_scenario(*loaded, plan_, *host, environment_, progress_);
    }
    exit_code_ = std::max(exit_code_, outcome.exit_code);
    if (!flags_.json) results() << render_outcome(outcome, out_) << std::flush;
    outcomes_.push_back(std::move(outcome));
    return !fatal(outcomes_.back());
  }

  bool run_trials_of(const ScenarioInput& input) {
    groups_.push_back(run_group(input, flags_.trials, plan_, credentials_ ? "hosted" : "self-host", environment_,
                                progress_, flags_.json ? nullptr : &results()));
    const GroupOutcome& group = groups_.back();
    if (group.error) report_error("run", *group.error);
    exit_code_ = std::max(exit_code_, group.exit_code);
    return !group.fatal;
  }

  /// Every run, trials included.
  std::vector<RunOutcome> reported() const {
    std::vector<RunOutcome> all = outcomes_;
    for (const GroupOutcome& group : groups_) all.insert(all.end(), group.outcomes.begin(), group.outcomes.end());
    return all;
  }

  static RunOutcome refused(const std::string& file, const std::string& title, const Error& error) {
    RunOutcome outcome;
    outcome.file = file;
    outcome.slug = scenario::slug_of(file);
    outcome.title = title;
    outcome.error = error;
    outcome.exit_code = exit_code_of(error);
    return outcome;
  }

  RunOutcome invalid(const ScenarioInput& input) {
    show(input.diagnostics);
    const auto errors = std::count_if(input.diagnostics.begin(), input.diagnostics.end(), [](const auto& located) {
      return located.diagnostic.severity == Severity::error;
    });
    std::string message =
        text::cat("The scenario has ", errors, errors == 1 ? " error" : " errors", "; nothing was run.");
    if (input.only_ungraded()) message += " Lines that cannot be graded pass with --allow-ungraded.";
    return refused(input.path, input.scenario.title, fail("usage", std::move(message)));
  }

  void show(const std::vector<LocatedDiagnostic>& diagnostics) {
    if (diagnostics.empty()) return;
    progress_.done();
    std::cerr << render_diagnostics(diagnostics, Paint::for_stream(STDERR_FILENO)) << std::flush;
  }

  /// What would befall every further file as well.
  static bool fatal(const RunOutcome& outcome) {
    return outcome.exit_code == kExitAuth || outcome.exit_code == kExitQuota ||
           (outcome.error && (outcome.error->code == "http-refused" || outcome.error->code == "http-dns" ||
                              outcome.error->code == "interrupted" || outcome.error->code == "http-interrupted"));
  }

  void print_total(std::size_t files) {
    const auto passes = [](const auto& outcome) { return outcome.exit_code == kExitPassed; };
    const auto passed = std::count_if(outcomes_.begin(), outcomes_.end(), passes) +
                        std::count_if(groups_.begin(), groups_.end(), passes);
    const std::size_t run = outcomes_.size() + groups_.size();
    results() << passed << " of " << files << " scenarios passed";
    if (run < files) results() << ", " << files - run << " not run";
    results() << "\n";
  }

  /// Where verdicts go: stdout, unless a report is to be there.
  std::ostream& results() const { return flags_.reports.to_stdout() ? std::cerr : std::cout; }

  Flags flags_;
  RunPlan plan_;
  system::SystemEnvironment environment_;
  HttpClient http_;
  std::optional<auth::Credentials> credentials_;
  Progress progress_;
  Paint out_;
  std::vector<RunOutcome> outcomes_;
  std::vector<GroupOutcome> groups_;
  int exit_code_ = kExitPassed;
};

void declare(CLI::App& app, Flags& flags) {
  app.add_option("SCENARIO", flags.paths, "Scenario files, or folders whose *.md files are run one after another")
      ->required();
  app.add_flag("--hosted", flags.hosted, "Run against a control plane instead of a twin in this process");
  app.add_option("--agent", flags.agent, "Agent to run (default: pome.json, pome.config.json, the bundled agent)")
      ->option_text("COMMAND");
  app.add_option("--api-url", flags.api_url, kApiUrlHelp)->option_text("URL");
  app.add_option("--artifacts-dir", flags.artifacts_dir, "Where runs are written (default: runs)")
      ->option_text("FOLDER");
  app.add_option("--agent-model", flags.agent_model, "Model name to note with the run (default: unknown)")
      ->option_text("NAME");
  app.add_option("--timeout", flags.timeout, "How long an agent may take, instead of the scenario's timeout")
      ->check(CLI::Range(std::int64_t{1}, kMaxTimeoutSeconds))
      ->option_text("SECONDS");
  flags.judge.declare(app);
  flags.reports.declare(app);
  flags.trials.declare(app);
  app.add_flag("--allow-ungraded", flags.allow_ungraded,
               "Run although a [D] line cannot be graded (it cannot pass then)");
  app.add_flag("--json", flags.json,
               "Print one JSON document on stdout: {version, command, exit_code, runs: [...]},\n"
               "with groups: [...] for scenarios that were run several times");
  app.add_flag("--quiet", flags.quiet, "No progress on stderr");
  app.footer(
      "Exit codes: 0 passed, 1 below the threshold, 2 twin or control plane failed, 3 authentication, 4 quota,\n"
      "5 usage or an invalid scenario. Several files: the highest. Several trials: 0 when at least one was graded and\n"
      "all graded ones passed, otherwise the highest; 2 when none could be graded.");
}

}  // namespace

int run_command(Args args) {
  CLI::App app("Runs an agent on scenarios and scores what it did.", "pome run");
  Flags flags;
  declare(app, flags);
  if (auto code = parse_flags(app, args)) return *code;
  flags.trials.note_given(app);

  const auto files = find_scenarios(flags.paths);
  if (!files) return report_error("run", files.error());
  if (const auto usable = system::check_folder(flags.artifacts_dir); !usable) {
    return report_error("run", fail("usage", usable.error().message));
  }
  auto agent = agent_command(app, flags);
  if (!agent) return report_error("run", agent.error());

  RunPlan plan;
  plan.agent = std::move(agent).value();
  plan.agent_model = flags.agent_model;
  plan.artifacts_dir = flags.artifacts_dir;
  if (flags.timeout > 0) plan.timeout_seconds = flags.timeout;
  plan.own_environment = read_environment();
  plan.secrets = secret_values(plan.own_environment);
  auto judge = flags.judge.settings(flags.hosted, plan.own_environment);
  if (!judge) return report_error("run", judge.error());
  plan.judge = std::move(judge).value();

  if (const auto usable = flags.reports.check(flags.json, plan.own_environment); !usable)
    return report_error("run", usable.error());

  std::optional<auth::Credentials> credentials;
  if (flags.hosted) {
    auto resolved = auth::resolve(credential_inputs(plan.own_environment, given(flags.api_url)));
    if (!resolved) return report_error("run", resolved.error());
    credentials = std::move(resolved).value();
    plan.secrets.push_back(credentials->api_key);
    plan.own_environment["POME_API_KEY"] = credentials->api_key;  // so that no allow-listed copy of it passes
  }
  return RunCommand(std::move(flags), std::move(plan))(*files, std::move(credentials));
}

}  // namespace pome::cli
