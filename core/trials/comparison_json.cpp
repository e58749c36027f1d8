#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/trials/comparison.h"

namespace pome::trials {
namespace {

constexpr int kScoreDigits = 2;
constexpr int kShareDigits = 6;

void write_decimal(JsonWriter& json, std::string_view name, std::optional<std::int64_t> value, int digits) {
  if (value) {
    json.raw_field(name, text::decimal(*value, digits));
  } else {
    json.null_field(name);
  }
}

void write_text(JsonWriter& json, std::string_view name, const std::string& value) {
  value.empty() ? json.null_field(name) : json.field(name, value);
}

void write_side(JsonWriter& json, std::string_view name, const Side& side, const Stats& stats,
                std::optional<std::int64_t> score) {
  json.key(name).begin_object().field("id", side.name).field("kind", side.is_group ? "group" : "run");
  write_text(json, "scenario", side.scenario);
  write_text(json, "scenario_hash", side.scenario_hash);
  json.field("trials", stats.trials).field("graded", stats.passes.total).field("passed", stats.passes.passed);
  write_decimal(json, "score", score, kScoreDigits);
  write_decimal(json, "wilson_low", stats.interval ? std::optional(stats.interval->low) : std::nullopt, kShareDigits);
  write_decimal(json, "wilson_high", stats.interval ? std::optional(stats.interval->high) : std::nullopt, kShareDigits);
  json.end_object();
}

void write_rate(JsonWriter& json, std::string_view name, const Rate& rate) {
  json.key(name);
  if (rate.total == 0) {
    json.null();
    return;
  }
  json.begin_object().field("passed", rate.passed).field("graded", rate.total).end_object();
}

void write_call(JsonWriter& json, std::string_view name, const std::optional<TapeCall>& call) {
  json.key(name);
  if (!call) {
    json.null();
    return;
  }
  json.begin_object().field("method", call->method).field("path", call->path).field("status", call->status);
  json.end_object();
}

void write_divergence(JsonWriter& json, const Divergence& divergence) {
  json.begin_object().field("call", divergence.index).field("kind", divergence_name(divergence.kind));
  write_text(json, "pointer", divergence.pointer);
  write_text(json, "a_value", divergence.a_value);
  write_text(json, "b_value", divergence.b_value);
  write_call(json, "a", divergence.a);
  write_call(json, "b", divergence.b);
  write_call(json, "before", divergence.before);
  json.end_object();
}

}  // namespace

std::string comparison_json(const Comparison& comparison, const std::optional<Divergence>& divergence, int exit_code) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "compare").field("exit_code", exit_code);
  write_side(json, "a", comparison.a, comparison.a_stats, comparison.a_score);
  write_side(json, "b", comparison.b, comparison.b_stats, comparison.b_score);
  json.field("same_scenario", !comparison.other_scenario).field("verdict", verdict_name(comparison.verdict));
  json.field("worse", comparison.worse);
  write_decimal(json, "score_change", comparison.score_change, kScoreDigits);
  json.key("test");
  if (comparison.p) {
    json.begin_object().field("name", kFisherTest);
    write_decimal(json, "p", comparison.p, kShareDigits);
    json.field("additional_trials_per_side", comparison.more).end_object();
  } else {
    json.null();
  }
  json.key("criteria").begin_array();
  for (const CriterionChange& one : comparison.criteria) {
    json.begin_object().field("text", one.text).field("change", change_name(one.change));
    if (one.optional) json.field("optional", true);
    write_rate(json, "a", one.a);
    write_rate(json, "b", one.b);
    json.end_object();
  }
  json.end_array().key("divergence");
  if (divergence) {
    write_divergence(json, *divergence);
  } else {
    json.null();
  }
  json.end_object();
  return out + "\n";
}

}  // namespace pome::trials
