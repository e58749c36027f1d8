#include "tools/cli/artifacts.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/json_scanner.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/scenario/scenario_json.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSummary = 2000;

std::string meta_json(const ScenarioInput& input, const RunMeta& meta) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object();
  json.field("spec_version", 1).field("run_id", meta.run_id).field("scenario", input.scenario.slug);
  json.field("title", input.scenario.title).field("scenario_file", input.path);
  json.field("scenario_hash", hash::sha256_hex(input.markdown)).field("mode", meta.mode);
  json.field("started_at", time::iso8601_millis(meta.started_ms));
  json.field("completed_at", time::iso8601_millis(meta.completed_ms));
  json.field("duration_ms", meta.completed_ms - meta.started_ms);
  json.field("exit_code", meta.agent_exit_code).field("stop_reason", meta.stop_reason);
  json.key("twins").begin_array();
  for (const std::string& twin : input.scenario.config.twins) json.value(twin);
  json.end_array();
  json.field("seed_source", scenario::seed_source_name(input.scenario.seed.source)).field("calls", meta.calls);
  json.key("agent").begin_object().field("command", meta.agent_command).field("source", meta.agent_source);
  json.field("model", meta.agent_model).end_object();
  json.field("summary", meta.summary);
  if (meta.dashboard_url.empty()) {
    json.null_field("dashboard_url");
  } else {
    json.field("dashboard_url", meta.dashboard_url);
  }
  json.end_object();
  return out + "\n";
}

/// Whitespace between tokens may hold line ends; a stored row is one line.
std::string on_one_line(std::string_view row) {
  std::string out;
  out.reserve(row.size());
  for (const char c : row) {
    if (c != '\n' && c != '\r') out.push_back(c);  // never inside a JSON string
  }
  return out;
}

}  // namespace

Result<std::string> events_ndjson(std::string_view events_array) {
  if (text::trim(events_array).empty()) return std::string();
  POME_TRY(const Json rows, json::parse(events_array));
  if (!rows.is_array()) return fail("bad-evidence", "The tape is not a JSON array.");
  std::string out;
  out.reserve(events_array.size() + rows.size() * 80);
  JsonScanner scanner(events_array);  // for the elements as they stand
  scanner.next();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    scanner.skip();
    std::string row = on_one_line(scanner.raw());
    if (rows[i].is_object() && !rows[i].contains("kind") && row.size() > 2) {
      std::string prefix = "{\"kind\":\"TwinHttpEvent\",\"event_id\":";
      append_json_string(prefix, json::string_at(rows[i], "request_id").value_or(""));
      row.replace(0, 1, prefix + ",\"parent_id\":null,");
    }
    out += row;
    out += '\n';
  }
  return out;
}

Result<void> write_artifacts(const std::string& folder, const ScenarioInput& input, const RunMeta& meta,
                             const RunDocuments& documents, const redact::Redactor& redactor) {
  POME_CHECK(system::make_folder(folder));
  const auto write = [&](std::string_view name, const std::string& content) {
    return system::write_file(system::join_path(folder, name), content);
  };
  const auto with_newline = [](std::string text) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    return text;
  };
  POME_CHECK(write("scenario.md", redactor.sentence(input.markdown)));
  if (input.sidecar) POME_CHECK(write("scenario.seed.json", redactor.json(*input.sidecar)));
  POME_TRY(const std::string events, events_ndjson(documents.events));
  POME_CHECK(write("events.jsonl", with_newline(redactor.json(events))));
  const std::pair<std::string_view, const std::string*> json_files[] = {
      {"state_initial.json", &documents.state_initial},
      {"state_final.json", &documents.state_final},
      {"judge.json", &documents.judge},
      {"score.json", &documents.report}};
  for (const auto& [name, content] : json_files) {
    if (!content->empty()) POME_CHECK(write(name, with_newline(redactor.json(*content))));
  }
  POME_CHECK(write("stdout.txt", redactor.text(documents.stdout_text)));
  POME_CHECK(write("stderr.log", redactor.text(documents.stderr_text)));
  return write("meta.json", redactor.json(meta_json(input, meta)));
}

Result<void> write_latest(const std::string& artifacts_dir, const std::string& run_dir, const RunMeta& meta,
                          const std::string& slug) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("run_id", meta.run_id).field("scenario", slug).field("run_dir", run_dir).end_object();
  return system::write_file(system::join_path(artifacts_dir, "latest.json"), out + "\n");
}

Result<std::string> find_run(const std::string& artifacts_dir, const std::string& wanted) {
  if (wanted == "latest") {
    auto latest = system::read_file(system::join_path(artifacts_dir, "latest.json"));
    if (!latest) return fail("usage", text::cat("There is no run in ", artifacts_dir, " yet."), artifacts_dir);
    const auto parsed = json::parse(*latest);
    const auto folder = parsed ? json::string_at(*parsed, "run_dir") : std::nullopt;
    if (!folder) return fail("usage", text::cat(system::join_path(artifacts_dir, "latest.json"), " names no run."));
    // Written relative to where `pome run` stood; valid from elsewhere as <artifacts-dir>/<slug>/<run id>.
    const fs::path path(*folder);
    const std::string inside = (fs::path(artifacts_dir) / path.parent_path().filename() / path.filename()).string();
    const std::string found = system::is_folder(inside) ? inside : std::string(*folder);
    if (!system::is_folder(found)) return fail("usage", text::cat("The latest run's folder ", found, " is gone."));
    return found;
  }
  if (system::is_folder(wanted)) return wanted;
  if (!wanted.empty() && wanted.find('/') == std::string::npos) {
    std::error_code error;
    for (const fs::directory_entry& slug : fs::directory_iterator(artifacts_dir, error)) {
      const std::string candidate = (slug.path() / wanted).string();
      if (system::is_folder(candidate)) return candidate;
    }
  }
  return fail("usage", text::cat("There is no run \"", wanted, "\": it is neither a folder nor a run id in ",
                                 artifacts_dir, "."));
}

std::string summary_of(std::string_view agent_stdout) {
  const auto summary_in = [](std::string_view candidate) -> std::optional<std::string> {
    if (!candidate.starts_with('{')) return std::nullopt;
    const auto parsed = json::parse(candidate);
    if (!parsed) return std::nullopt;
    const auto summary = json::string_at(*parsed, "summary");
    if (!summary) return std::nullopt;
    return std::string(text::truncate_utf8(*summary, kMaxSummary));
  };
  if (auto whole = summary_in(text::trim(agent_stdout))) return *whole;
  const auto lines = text::lines(agent_stdout);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (auto found = summary_in(text::trim(*line))) return *found;
  }
  return {};
}

}  // namespace pome::cli
