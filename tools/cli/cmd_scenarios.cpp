#include "tools/cli/cmd_scenarios.h"

#include <algorithm>
#include <iostream>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/scenario_input.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

/// A file that marks the library's folder, beside the program or above it.
constexpr std::string_view kFirstScenario = "scenarios/01-bug-happy-path.md";
/// What belongs to `<name>.md`.
constexpr std::string_view kCompanions[] = {".seed.json", ".solution.json", ".bad.json"};

std::string without_extension(const std::string& path) { return path.substr(0, path.size() - 3); }

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Result<std::vector<ScenarioInput>> read_library() {
  const auto first = system::find_upwards(system::program_folder(), kFirstScenario);
  if (!first) {
    return fail("usage",
                "The scenario library is not beside this program. Run pome from a checkout, or from its build.");
  }
  POME_TRY(const std::vector<std::string> files, find_scenarios({first->substr(0, first->rfind('/'))}));
  std::vector<ScenarioInput> library;
  for (const std::string& file : files) {
    POME_TRY(ScenarioInput input, load_scenario(file));
    library.push_back(std::move(input));
  }
  return library;
}

bool has_tags(const ScenarioInput& input, const std::vector<std::string>& wanted) {
  const std::vector<std::string>& tags = input.scenario.tags;
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& tag) {
    return std::find(tags.begin(), tags.end(), text::to_lower(tag)) != tags.end();
  });
}

std::string library_json(const std::vector<ScenarioInput>& library) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "scenarios").field("exit_code", kExitPassed);
  json.key("scenarios").begin_array();
  for (const ScenarioInput& input : library) {
    json.begin_object().field("file", input.path).field("scenario", input.scenario.slug);
    json.field("title", input.scenario.title);
    json.field("class", scenario::class_name(input.scenario.config.scenario_class)).key("tags").begin_array();
    for (const std::string& tag : input.scenario.tags) json.value(tag);
    json.end_array().field("criteria", input.scenario.criteria.size()).end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

void print(const std::vector<ScenarioInput>& library) {
  std::size_t width = 0;
  for (const ScenarioInput& input : library) width = std::max(width, input.scenario.slug.size());
  for (const ScenarioInput& input : library) {
    std::cout << input.scenario.slug << std::string(width - input.scenario.slug.size() + 2, ' ')
              << input.scenario.title;
    if (!input.scenario.tags.empty()) std::cout << "  [" << text::join(input.scenario.tags, ", ") << "]";
    std::cout << "\n";
  }
}

/// The scenario and what belongs to it. Files that are there already stay as they are.
Result<std::size_t> copy(const ScenarioInput& input, const std::string& folder) {
  std::vector<std::string> files = {input.path};
  for (const std::string_view companion : kCompanions) {
    const std::string file = without_extension(input.path) + std::string(companion);
    if (system::is_file(file)) files.push_back(file);
  }
  for (const std::string& file : files) {
    const std::string target = system::join_path(folder, file_name(file));
    if (system::is_file(target)) return fail("usage", text::cat(target, " exists already; nothing is replaced."));
    POME_TRY(const std::string content, system::read_file(file));
    POME_CHECK(system::write_new_file(target, content));
  }
  return files.size();
}

int copy_all(const std::vector<ScenarioInput>& library, const std::string& folder) {
  if (const auto made = system::make_folder(folder); !made) return report_error("scenarios", made.error());
  std::size_t files = 0;
  for (const ScenarioInput& input : library) {
    const auto copied = copy(input, folder);
    if (!copied) return report_error("scenarios", copied.error());
    files += *copied;
  }
  std::cout << library.size() << (library.size() == 1 ? " scenario" : " scenarios") << " copied to " << folder << " ("
            << files << " files). Run them: pome run " << folder << "\n";
  return kExitPassed;
}

}  // namespace

int scenarios_command(Args args) {
  CLI::App app("Lists the scenarios that ship with pome, or copies them.", "pome scenarios");
  std::vector<std::string> names;
  std::vector<std::string> tags;
  std::string folder;
  bool json = false;
  app.add_option("NAME", names, "Only these scenarios, by name (\"06-duplicate-report\")");
  app.add_option("--tag", tags, "Only scenarios with this tag; several: with all of them")->option_text("TAG");
  app.add_option("--copy", folder, "Copy them, with seeds and solutions, into this folder")->option_text("FOLDER");
  app.add_flag("--json", json, "Print one JSON document: {version, command, exit_code, scenarios: [...]}");
  app.footer("Exit codes: 0 done, 5 nothing matches or a file is in the way.");
  if (auto code = parse_flags(app, args)) return *code;

  auto library = read_library();
  if (!library) return report_error("scenarios", library.error());
  std::vector<ScenarioInput> chosen;
  for (ScenarioInput& input : *library) {
    const bool named = names.empty() || std::find(names.begin(), names.end(), input.scenario.slug) != names.end();
    if (named && has_tags(input, tags)) chosen.push_back(std::move(input));
  }
  if (chosen.empty()) {
    return report_error("scenarios",
                        fail("usage", "No scenario matches; `pome scenarios` lists them with their tags."));
  }
  if (!folder.empty()) return copy_all(chosen, folder);
  if (json) {
    std::cout << library_json(chosen);
  } else {
    print(chosen);
  }
  return kExitPassed;
}

}  // namespace pome::cli
