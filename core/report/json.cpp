#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/facts.h"
#include "core/report/report.h"

namespace pome::report {
namespace {

void write_text(JsonWriter& json, std::string_view name, const std::string& value) {
  if (value.empty()) {
    json.null_field(name);
  } else {
    json.field(name, value);
  }
}

void write_places(JsonWriter& json, const Run& run) {
  json.key("places").begin_array();
  for (std::size_t i = 0; run.report && i < run.report->results.size(); ++i) {
    const scenario::Criterion& criterion = run.report->results[i].criterion;
    json.begin_object().field("id", criterion.id).field("line", criterion.line).field("column", criterion.column);
    json.end_object();
  }
  json.end_array();
}

void write_run(JsonWriter& json, const Run& run) {
  json.begin_object().field("file", run.file).field("scenario", run.slug).field("title", run.title);
  json.field("status", run.report ? eval::status_name(run.report->status) : std::string_view("error"));
  write_text(json, "problem", run.problem);
  write_text(json, "run_id", run.run_id);
  write_text(json, "mode", run.mode);
  write_text(json, "started_at", run.started_at);
  json.field("duration_ms", run.duration_ms);
  write_text(json, "agent", run.agent);
  write_text(json, "agent_model", run.agent_model);
  write_text(json, "agent_summary", run.agent_summary);
  write_places(json, run);
  json.key("calls").begin_array();
  for (const Call& call : run.calls) {
    json.begin_object().field("request_id", call.request_id).field("method", call.method).field("path", call.path);
    json.field("status", call.status).end_object();
  }
  json.end_array();
  constexpr int kDepth = 3;  // of a run's members
  json.key("report");
  if (run.report) {
    json.raw(indented(text::trim(eval::to_json(*run.report)), kDepth));
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace

std::string json(const std::vector<Run>& runs, std::string_view pome_version) {
  std::size_t counts[4] = {};
  for (const Run& run : runs) ++counts[static_cast<std::size_t>(verdict_of(run))];
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("format", "pome-report").field("version", 1).field("pome", pome_version);
  json.key("totals").begin_object().field("runs", runs.size());
  json.field("passed", counts[0]).field("failed", counts[1]).field("incomplete", counts[2]).field("errors", counts[3]);
  json.end_object().key("runs").begin_array();
  for (const Run& run : runs) write_run(json, run);
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace pome::report
