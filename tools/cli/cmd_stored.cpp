#include "tools/cli/cmd_stored.h"

#include <unistd.h>

#include <iostream>
#include <string>

#include "core/base/json.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/eval/evaluate.h"
#include "core/report/escape.h"
#include "core/report/run.h"
#include "tools/cli/context.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/flags.h"
#include "tools/cli/run_scenario.h"
#include "tools/cli/stored_run.h"
#include "tools/cli/verdict.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::size_t kShownRows = 200;

Result<eval::Report> rescore(const FoundRun& run) {
  auto report = report::rescore(run.documents);
  if (!report) return about_run(run, report.error());
  return report;
}

Result<Json> meta_of(const FoundRun& run) {
  auto meta = json::parse(report::text_of(run.documents.meta));
  if (!meta || !meta->is_object()) return about_run(run, fail("bad-run", "meta.json is not a JSON object."));
  return meta;
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

void print_tape(std::string_view events, const Paint& paint) {
  const auto lines = text::lines(events);
  std::cout << "calls: " << lines.size() << "\n";
  for (std::size_t i = 0; i < lines.size() && i < kShownRows; ++i) {
    if (const auto row = json::parse(lines[i])) print_row(*row, paint);
  }
  if (lines.size() > kShownRows) std::cout << "  ... and " << lines.size() - kShownRows << " more in events.jsonl\n";
}

std::string inspect_json(const FoundRun& run) {
  const report::Documents& documents = run.documents;
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "inspect").field("artifacts_dir", run.where);
  json.raw_field("meta", report::indented(text::trim(report::text_of(documents.meta)), 1));
  json.key("score");
  documents.score ? json.raw(report::indented(text::trim(*documents.score), 1)) : json.null();
  json.key("events").begin_array();
  for (std::string_view line : text::lines(report::text_of(documents.events))) {
    if (json::parse(line)) json.raw(line);
  }
  json.end_array().end_object();
  return out + "\n";
}

int inspect_run(const FoundRun& run) {
  const auto meta = meta_of(run);
  if (!meta) return report_error("inspect", meta.error());
  const Paint paint = Paint::for_stream(STDOUT_FILENO);
  std::cout << "run: " << printable(json::string_at(*meta, "run_id").value_or("?")) << " ("
            << printable(json::string_at(*meta, "mode").value_or("unknown mode")) << ", "
            << printable(json::string_at(*meta, "started_at").value_or("unknown time")) << ")\n"
            << (system::is_folder(run.where) ? "folder: " : "bundle: ") << run.where << "\n"
            << "agent: " << printable(json::string_at(json::at(*meta, "agent"), "command").value_or("?")) << ", "
            << printable(json::string_at(*meta, "stop_reason").value_or("?")) << "\n";
  if (const auto url = json::string_at(*meta, "dashboard_url")) std::cout << "dashboard: " << printable(*url) << "\n";
  print_tape(report::text_of(run.documents.events), paint);
  const auto report = report::rescore(run.documents);
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
    app.add_option("RUN", run, kStoredRunHelp)->required();
    app.add_option("--artifacts-dir", artifacts_dir, kArtifactsDirHelp)->option_text("FOLDER");
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
  const auto run = load_stored_run(flags.artifacts_dir, flags.run);
  if (!run) return report_error("eval", run.error());
  const auto report = rescore(*run);
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
  const auto run = load_stored_run(flags.artifacts_dir, flags.run);
  if (!run) return report_error("inspect", run.error());
  if (!flags.json) return inspect_run(*run);
  if (const auto meta = meta_of(*run); !meta) return report_error("inspect", meta.error());
  if (const auto& score = run->documents.score; score && !json::parse(*score))
    return report_error("inspect", about_run(*run, fail("bad-run", "score.json is not valid JSON.")));
  std::cout << inspect_json(*run);
  return kExitPassed;
}

}  // namespace pome::cli
