#include "tools/cli/commands.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "tools/cli/cmd_compare.h"
#include "tools/cli/cmd_completion.h"
#include "tools/cli/cmd_import.h"
#include "tools/cli/cmd_lint.h"
#include "tools/cli/cmd_login.h"
#include "tools/cli/cmd_prove.h"
#include "tools/cli/cmd_report.h"
#include "tools/cli/cmd_run.h"
#include "tools/cli/cmd_scenarios.h"
#include "tools/cli/cmd_seed.h"
#include "tools/cli/cmd_serve.h"
#include "tools/cli/cmd_stored.h"
#include "tools/cli/cmd_twin_coverage.h"
#include "tools/cli/cmd_twin_start.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"

namespace pome::cli {
namespace {

int print_version(Args args) {
  CLI::App app("Prints the version.", "pome version");
  if (auto code = parse_flags(app, args)) return *code;
  std::cout << "pome " << version() << "\n";
  return kExitPassed;
}

constexpr Command kCommands[] = {
    {"run", "Run an agent on scenarios and score what it did", run_command},
    {"lint", "Check scenarios without running them", lint_command},
    {"import", "Bring scenarios of other tools into today's forms", import_command},
    {"prove", "Prove that a scenario's criteria can fail and its solution passes", prove_command},
    {"eval", "Score a stored run again", eval_command},
    {"inspect", "Show a stored run", inspect_command},
    {"compare", "Show what changed between two runs or groups of trials", compare_command},
    {"report", "Write reports of stored runs", report_command},
    {"bundle", "Write a stored run as one file", bundle_command},
    {"scenarios", "List or copy the scenarios that ship with pome", scenarios_command},
    {"serve", "Serve the control plane and the page", serve_command},
    {"twin start", "Serve a standalone twin in the foreground", twin_start_command},
    {"twin coverage", "List the GitHub operations the twin answers", twin_coverage_command},
    {"seed from-git", "Turn a local git repository into a seed", seed_from_git_command},
    {"seed schema", "Print the JSON Schema of seeds", seed_schema_command},
    {"login", "Sign in and store an API key", login_command},
    {"logout", "Remove the stored API key", logout_command},
    {"whoami", "Show whose key is used", whoami_command},
    {"completion", "Print a shell's completion script", completion_command},
    {"version", "Print the version", print_version},
};

void print_help() {
  std::size_t width = 0;
  for (const Command& command : kCommands) width = std::max(width, command.name.size());
  std::cout << "Test AI agents against a digital twin of GitHub.\n\nUsage: pome <command> [flags]\n\nCommands:\n";
  for (const Command& command : kCommands) {
    std::cout << "  " << command.name << std::string(width - command.name.size() + 2, ' ') << command.summary << "\n";
  }
  std::cout << "\nFlags:\n  -h, --help     Show this help; `pome help <command>` explains one command\n"
               "  --version      Print the version\n";
}

std::size_t word_count(std::string_view name) {
  return 1 + static_cast<std::size_t>(std::count(name.begin(), name.end(), ' '));
}

/// Whether `args` starts with every word of the command's name.
bool names(const Command& command, Args args) {
  const auto words = text::split(command.name, ' ');
  return args.size() >= words.size() && std::equal(words.begin(), words.end(), args.begin());
}

/// The commands whose first of two words is `word`: "twin start" for "twin".
std::vector<std::string_view> group_of(const std::string& word) {
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) {
    if (command.name.starts_with(word + ' ')) names.push_back(command.name);
  }
  return names;
}

int report_unknown(Args args) {
  std::string given = args[0];
  const std::vector<std::string_view> group = group_of(given);
  const bool is_group = !group.empty();
  if (is_group && (args.size() == 1 || args[1].starts_with('-'))) {
    std::cerr << "pome: \"" << given << "\" needs a second word: ";
    for (const std::string_view name : group) std::cerr << (name == group.front() ? "" : ", ") << "pome " << name;
    std::cerr << " (add --help for usage)\n";
    return kExitUsage;
  }
  if (is_group) given += " " + args[1];
  const auto distance = [&](const Command& command) { return text::edit_distance(command.name, given); };
  const auto nearest = std::min_element(std::begin(kCommands), std::end(kCommands),
                                        [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
  std::cerr << "pome: there is no command \"" << given << "\".";
  if (is_group || distance(*nearest) <= 2) std::cerr << " Did you mean \"" << nearest->name << "\"?";
  std::cerr << " (add --help for usage)\n";
  return kExitUsage;
}

int dispatch_unguarded(Args args) {
  const bool asks = !args.empty() && (args[0] == "--help" || args[0] == "-h" || args[0] == "help");
  if (asks && args.size() > 1) {
    std::vector<std::string> about(args.begin() + 1, args.end());
    about.emplace_back("--help");
    return dispatch_unguarded(about);
  }
  if (asks || args.empty()) {
    print_help();
    return asks ? kExitPassed : kExitUsage;
  }
  if (args[0] == "--version") return print_version({});
  for (const Command& command : kCommands) {
    if (names(command, args)) return command.run(args.subspan(word_count(command.name)));
  }
  if (args[0].starts_with('-')) {
    std::cerr << "pome: unknown option " << args[0] << " (add --help for usage)\n";
    return kExitUsage;
  }
  return report_unknown(args);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

std::string_view version() { return POME_VERSION; }

int dispatch(Args args) {
  try {
    return dispatch_unguarded(args);
  } catch (const std::exception& error) {
    std::cerr << "pome: " << error.what() << "\n";
    return kExitOrchestration;
  }
}

}  // namespace pome::cli
