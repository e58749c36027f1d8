#include "core/scenario/scenario_json.h"

#include <cstdint>

#include "core/base/json.h"

namespace pome::scenario {
namespace {

void write_criterion(JsonWriter& writer, const Criterion& criterion) {
  writer.begin_object();
  writer.field("id", criterion.id);
  writer.field("kind", criterion.kind == CriterionKind::judged ? "judged" : "deterministic");
  writer.field("marker", marker_name(criterion.marker));
  writer.field("text", criterion.text);
  writer.field("twin", criterion.twin);
  writer.field("always_scored", criterion.always_scored);
  writer.field("optional", criterion.optional);
  criterion.group ? writer.field("group", *criterion.group) : writer.null_field("group");
  writer.field("line", criterion.line);
  writer.field("column", criterion.column);
  writer.end_object();
}

void write_config(JsonWriter& writer, const Config& config) {
  writer.begin_object();
  writer.key("twins").begin_array();
  for (const std::string& twin : config.twins) writer.value(twin);
  writer.end_array();
  writer.field("timeout", config.timeout_seconds);
  writer.field("runs", config.runs);
  const auto whole = static_cast<std::int64_t>(config.pass_threshold);
  if (static_cast<double>(whole) == config.pass_threshold) {
    writer.field("passThreshold", whole);
  } else {
    writer.raw_field("passThreshold", json::dump(Json(config.pass_threshold)));
  }
  const std::string_view name = class_name(config.scenario_class);
  config.judge.empty() ? writer.null_field("judge") : writer.field("judge", config.judge);
  name.empty() ? writer.null_field("class") : writer.field("class", name);
  writer.end_object();
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

std::string_view seed_source_name(SeedSource source) {
  switch (source) {
    case SeedSource::sidecar:
      return "sidecar";
    case SeedSource::seed_state:
      return "seed_state";
    case SeedSource::setup:
      return "setup";
    case SeedSource::twin_default:
      return "default";
  }
  return "";
}

void write_json(JsonWriter& writer, const Diagnostics& diagnostics) {
  writer.begin_array();
  for (const Diagnostic& diagnostic : diagnostics) {
    writer.begin_object();
    writer.field("severity", severity_name(diagnostic.severity));
    writer.field("line", diagnostic.line);
    writer.field("column", diagnostic.column);
    writer.field("length", diagnostic.length);
    writer.field("code", diagnostic.code);
    writer.field("message", diagnostic.message);
    writer.field("hint", diagnostic.hint);
    writer.end_object();
  }
  writer.end_array();
}

void write_json(JsonWriter& writer, const Parsed& parsed) {
  const Scenario& scenario = parsed.scenario;
  writer.begin_object();
  writer.field("slug", scenario.slug);
  writer.field("title", scenario.title);
  writer.field("prompt", scenario.prompt);
  writer.field("setup", scenario.setup);
  writer.field("expected_behavior", scenario.expected_behavior);
  writer.key("criteria").begin_array();
  for (const Criterion& criterion : scenario.criteria) write_criterion(writer, criterion);
  writer.end_array();
  writer.key("groups").begin_array();
  for (const Group& group : scenario.groups) {
    writer.begin_object().field("title", group.title).field("weight", group.weight).end_object();
  }
  writer.end_array();
  writer.key("tags").begin_array();
  for (const std::string& tag : scenario.tags) writer.value(tag);
  writer.end_array();
  writer.key("config");
  write_config(writer, scenario.config);
  writer.key("seed").begin_object();
  writer.field("source", seed_source_name(scenario.seed.source));
  writer.field("line", scenario.seed.line);
  writer.end_object();
  writer.key("diagnostics");
  write_json(writer, parsed.diagnostics);
  writer.end_object();
}

std::string to_json(const Parsed& parsed, int indent) {
  std::string out;
  JsonWriter writer(out, indent);
  write_json(writer, parsed);
  return out;
}

}  // namespace pome::scenario
