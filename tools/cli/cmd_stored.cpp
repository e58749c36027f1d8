#include "tools/cli/cmd_stored.h"

#include <unistd.h>

#include <iostream>
#include <string>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/eval/evaluate.h"
#include "tools/cli/artifacts.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/verdict.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::size_t kShownRows = 200;

/// A file of the run, or nothing when it is not there.
std::string stored(const std::string& folder, std::string_view name) {
  auto content = system::read_file(system::join_path(folder, name));
  return content ? std::move(content).value() : std::string();
}

Result<Json> stored_meta(const std::string& folder) {
  auto content = system::read_file(system::join_path(folder, "meta.json"));
  if (!content) return fail("usage", text::cat(folder, " is not a run folder: it has no meta.json."), folder);
  auto meta = json::parse(*content);
  if (!meta || !meta->is_object()) return fail("usage", text::cat(folder, "/meta.json is not valid JSON."), folder);
  return meta;
}

/// How the agent ended, as recorded; older runs note only the exit code.
eval::StopReason stop_reason_in(const Json& meta) {
  if (const auto name = json::string_at(meta, "stop_reason")) {
    if (const auto reason = eval::stop_reason_of(*name)) return *reason;
  }
  return json::integer_at(meta, "exit_code").value_or(1) == 0 ? eval::StopReason::exit_0
                                                              : eval::StopReason::exit_nonzero;
}

/// What is wrong with the seed's content is no matter here: the world was made long ago.
Result<scenario::Scenario> stored_scenario(const std::string& folder, const std::string& markdown,
                                           const std::string& seed) {
  scenario::Source source{markdown, "scenario.md"};
  if (!seed.empty()) source.sidecar = seed;
  scenario::Parsed parsed = scenario::parse(source);
  for (const Diagnostic& problem : parsed.diagnostics) {
    if (problem.severity != Severity::error) continue;
    return fail("usage", text::cat("This run's scenario cannot be scored: line ", problem.line, ": ", problem.message),
                folder);
  }
  return std::move(parsed.scenario);
}

Result<eval::Report> rescore(const std::string& folder) {
  POME_TRY(const Json meta, stored_meta(folder));
  const std::string markdown = stored(folder, "scenario.md");
  if (markdown.empty()) return fail("usage", text::cat(folder, " has no scenario.md to score against."), folder);
  const std::string seed = stored(folder, "scenario.seed.json");
  const std::string events = stored(folder, "events.jsonl");
  const std::string state_initial = stored(folder, "state_initial.json");
  const std::string state_final = stored(folder, "state_final.json");
  if (state_final.empty()) {
    return fail("usage", text::cat(folder, " has no final state: this run ended before its agent was scored."), folder);
  }
  POME_TRY(scenario::Scenario scenario, stored_scenario(folder, markdown, seed));
  scenario.slug = std::string(json::string_at(meta, "scenario").value_or(scenario.slug));
  scenario.title = std::string(json::string_at(meta, "title").value_or(scenario.title));
  eval::Evidence evidence{state_initial, state_final, events, stop_reason_in(meta)};
  auto report = eval::evaluate(scenario, evidence);
  if (!report)
    return fail("usage", text::cat("This run's documents cannot be scored: ", report.error().message), folder);
  return report;
}

void print_row(const Json& row, const Paint& paint) {
  const auto status = json::integer_at(row, "status").value_or(0);
  const Colour colour = status >= 500 ? Colour::red : status >= 400 ? Colour::yellow : Colour::plain;
  std::cout << "  " << printable(json::string_at(row, "method").value_or("?")) << " "
            << printable(json::string_at(row, "path").value_or("?"));
  if (const auto query = json::string_at(row, "query"); query && !query->empty()) std::cout << "?" << printable(*query);
  std::cout << "  " << paint(colour, text::cat(status));
  if (const auto latency = json::integer_at(row, "latency_ms"))
    std::cout << paint(Colour::dim, text::cat("  ", *latency, " ms"));
  if (json::bool_at(row, "state_mutation").value_or(false)) std::cout << paint(Colour::cyan, "  changed the world");
  if (json::string_at(row, "fidelity").value_or("") == "unsupported")
    std::cout << paint(Colour::red, "  not supported");
  std::cout << "\n";
}

void print_tape(const std::string& events, const Paint& paint) {
  const auto lines = text::lines(events);
  std::cout << "calls: " << lines.size() << "\n";
  for (std::size_t i = 0; i < lines.size() && i < kShownRows; ++i) {
    if (const auto row = json::parse(lines[i])) print_row(*row, paint);
  }
  if (lines.size() > kShownRows) std::cout << "  ... and " << lines.size() - kShownRows << " more in events.jsonl\n";
}

std::string inspect_json(const std::string& folder) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "inspect").field("artifacts_dir", folder);
  json.raw_field("meta", indented(text::trim(stored(folder, "meta.json")), 1));
  const std::string score = stored(folder, "score.json");
  json.raw_field("score", score.empty() ? "null" : indented(text::trim(score), 1)).key("events").begin_array();
  const std::string events = stored(folder, "events.jsonl");
  for (std::string_view line : text::lines(events)) {
    if (json::parse(line)) json.raw(line);
  }
  json.end_array().end_object();
  return out + "\n";
}

int inspect_folder(const std::string& folder) {
  const auto meta = stored_meta(folder);
  if (!meta) return report_error("inspect", meta.error());
  const Paint paint = Paint::for_stream(STDOUT_FILENO);
  std::cout << "run: " << printable(json::string_at(*meta, "run_id").value_or("?")) << " ("
            << printable(json::string_at(*meta, "mode").value_or("unknown mode")) << ", "
            << printable(json::string_at(*meta, "started_at").value_or("unknown time")) << ")\n"
            << "folder: " << folder << "\n"
            << "agent: " << printable(json::string_at(json::at(*meta, "agent"), "command").value_or("?")) << ", "
            << printable(json::string_at(*meta, "stop_reason").value_or("?")) << "\n";
  if (const auto url = json::string_at(*meta, "dashboard_url")) std::cout << "dashboard: " << printable(*url) << "\n";
  print_tape(stored(folder, "events.jsonl"), paint);
  const auto report = rescore(folder);
  if (report) {
    std::cout << render_report(*report, paint);
  } else {
    std::cout << "no verdict: " << printable(report.error().message) << "\n";
  }
  return kExitPassed;
}

/// The flags both commands share.
struct StoredFlags {
  std::string run;
  std::string artifacts_dir = "runs";
  bool json = false;

  void declare(CLI::App& app) {
    app.add_option("RUN", run, "A run's folder, its id, or \"latest\"")->required();
    app.add_option("--artifacts-dir", artifacts_dir, "Where runs are looked for (default: runs)")
        ->option_text("FOLDER");
  }
};

}  // namespace

int eval_command(Args args) {
  CLI::App app("Scores a stored run again, from its files alone.", "pome eval");
  StoredFlags flags;
  flags.declare(app);
  app.add_flag("--json", flags.json, "Print the report as JSON (the format of score.json)");
  app.footer("Exit codes are those of `pome run`.");
  if (auto code = parse_flags(app, args)) return *code;
  const auto folder = find_run(flags.artifacts_dir, flags.run);
  if (!folder) return report_error("eval", folder.error());
  const auto report = rescore(*folder);
  if (!report) return report_error("eval", report.error());
  if (flags.json) {
    std::cout << eval::to_json(*report);
  } else {
    std::cout << render_report(*report, Paint::for_stream(STDOUT_FILENO));
  }
  return exit_code_of(*report);
}

int inspect_command(Args args) {
  CLI::App app("Shows a stored run: its agent, its calls and its verdict.", "pome inspect");
  StoredFlags flags;
  flags.declare(app);
  app.add_flag("--json", flags.json, "Print one JSON document: {version, command, artifacts_dir, meta, score, events}");
  if (auto code = parse_flags(app, args)) return *code;
  const auto folder = find_run(flags.artifacts_dir, flags.run);
  if (!folder) return report_error("inspect", folder.error());
  if (!flags.json) return inspect_folder(*folder);
  if (const auto meta = stored_meta(*folder); !meta) return report_error("inspect", meta.error());
  std::cout << inspect_json(*folder);
  return kExitPassed;
}

}  // namespace pome::cli
