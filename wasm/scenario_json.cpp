#include "wasm/scenario_json.h"

#include <string_view>

#include "core/base/json.h"

namespace pome::engine {
namespace {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "note";
}

std::string_view seed_source_name(scenario::SeedSource source) {
  switch (source) {
    case scenario::SeedSource::sidecar:
      return "sidecar";
    case scenario::SeedSource::seed_state:
      return "seed_state";
    case scenario::SeedSource::setup:
      return "setup";
    case scenario::SeedSource::twin_default:
      return "twin_default";
  }
  return "twin_default";
}

void write_criteria(JsonWriter& writer, const std::vector<scenario::Criterion>& criteria) {
  writer.begin_array();
  for (const scenario::Criterion& criterion : criteria) {
    writer.begin_object();
    writer.field("id", criterion.id);
    writer.field("marker", scenario::marker_name(criterion.marker));
    writer.field("kind", criterion.kind == scenario::CriterionKind::deterministic ? "deterministic" : "judged");
    writer.field("text", criterion.text);
    writer.field("twin", criterion.twin);
    writer.field("always_scored", criterion.always_scored);
    writer.field("line", criterion.line).field("column", criterion.column);
    writer.end_object();
  }
  writer.end_array();
}

void write_config(JsonWriter& writer, const scenario::Config& config) {
  writer.begin_object();
  writer.key("twins").begin_array();
  for (const std::string& twin : config.twins) writer.value(twin);
  writer.end_array();
  writer.field("timeout_seconds", config.timeout_seconds).field("runs", config.runs);
  writer.raw_field("pass_threshold", json::dump(Json(config.pass_threshold)));
  writer.field("judge", config.judge);
  writer.field("class", scenario::class_name(config.scenario_class));
  writer.end_object();
}

}  // namespace

void write_scenario(JsonWriter& writer, const scenario::Scenario& scenario) {
  writer.begin_object();
  writer.field("slug", scenario.slug).field("title", scenario.title).field("prompt", scenario.prompt);
  writer.field("setup", scenario.setup).field("expected_behavior", scenario.expected_behavior);
  writer.key("criteria");
  write_criteria(writer, scenario.criteria);
  writer.key("config");
  write_config(writer, scenario.config);
  writer.key("seed").begin_object();
  writer.field("source", seed_source_name(scenario.seed.source));
  writer.field("json", scenario.seed.json).field("line", scenario.seed.line);
  writer.end_object();
  writer.end_object();
}

void write_diagnostics(JsonWriter& writer, const Diagnostics& diagnostics) {
  writer.begin_array();
  for (const Diagnostic& diagnostic : diagnostics) {
    writer.begin_object();
    writer.field("severity", severity_name(diagnostic.severity));
    writer.field("line", diagnostic.line).field("column", diagnostic.column).field("length", diagnostic.length);
    writer.field("code", diagnostic.code).field("message", diagnostic.message).field("hint", diagnostic.hint);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace pome::engine
