#include <cmath>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/eval/evaluate.h"

namespace pome::eval {
namespace {

constexpr std::string_view kStopReasons[] = {"agent_exit_0", "agent_exit_nonzero", "agent_timeout"};

std::string_view marker_text(scenario::Marker marker) {
  switch (marker) {
    case scenario::Marker::d:
      return "D";
    case scenario::Marker::p:
      return "P";
    case scenario::Marker::code:
      return "code";
    case scenario::Marker::model:
      return "model";
  }
  return "";
}

void write_list(JsonWriter& writer, std::string_view name, const std::vector<std::string>& values) {
  writer.key(name).begin_array();
  for (const std::string& value : values) writer.value(value);
  writer.end_array();
}

void write_result(JsonWriter& writer, const CriterionResult& result) {
  writer.begin_object();
  writer.key("criterion").begin_object();
  writer.field("id", result.criterion.id)
      .field("type", marker_text(result.criterion.marker))
      .field("text", result.criterion.text);
  if (result.criterion.twin) writer.field("twin", *result.criterion.twin);
  if (result.criterion.always_scored) writer.field("always_scored", true);
  if (result.criterion.optional) writer.field("optional", true);
  if (result.criterion.group) writer.field("group", *result.criterion.group);
  writer.end_object();
  writer.field("outcome", outcome_name(result.outcome));
  writer.field("passed", result.outcome == Outcome::passed);
  writer.field("skipped", result.outcome == Outcome::skipped || result.outcome == Outcome::errored);
  writer.key("check");
  result.check.empty() ? writer.null() : writer.value(result.check);
  writer.field("reason", result.reason);
  if (!result.expected.empty()) writer.field("expected", result.expected);
  if (!result.found.empty()) writer.field("found", result.found);
  if (!result.last_touch.empty()) writer.field("last_touch", result.last_touch);
  if (result.confidence) writer.raw_field("confidence", text::decimal(*result.confidence, 2));
  writer.key("evidence").begin_object();
  write_list(writer, "state", result.state_pointers);
  write_list(writer, "initial", result.initial_pointers);
  write_list(writer, "calls", result.events);
  writer.field("calls_inspected", result.calls_inspected);
  writer.end_object();
  writer.end_object();
}

}  // namespace

std::string_view stop_reason_name(StopReason reason) { return kStopReasons[static_cast<std::size_t>(reason)]; }

Result<StopReason> stop_reason_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kStopReasons); ++i) {
    if (kStopReasons[i] == name) return static_cast<StopReason>(i);
  }
  return fail("bad-stop-reason", text::cat('"', name, "\" is not agent_exit_0, agent_exit_nonzero or agent_timeout"));
}

std::string_view outcome_name(Outcome outcome) {
  constexpr std::string_view kNames[] = {"passed", "failed", "skipped", "errored"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view status_name(Status status) {
  constexpr std::string_view kNames[] = {"pass", "fail", "incomplete"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string threshold_text(double threshold) {
  return text::decimal(static_cast<std::int64_t>(std::llround(threshold * 1000)), 3);
}

std::string to_json(const Report& report) {
  std::string out;
  JsonWriter writer(out, 2);
  writer.begin_object();
  writer.field("version", 1).field("scenario", report.scenario).field("title", report.title);
  writer.field("status", status_name(report.status)).field("stop_reason", stop_reason_name(report.stop_reason));
  writer.field("satisfaction", report.satisfaction).raw_field("pass_threshold", threshold_text(report.pass_threshold));
  writer.field("passed", report.passed)
      .field("failed", report.failed)
      .field("skipped", report.skipped)
      .field("errored", report.errored);
  writer.field("pre_satisfied", report.pre_satisfied).field("unbound", report.unbound);
  writer.field("total_required", report.passed + report.failed)
      .field("evaluated", report.evaluated)
      .field("can_pass", report.can_pass);
  if (report.optional > 0) writer.field("optional", report.optional);
  if (!report.groups.empty()) {
    writer.key("groups").begin_array();
    for (const scenario::Group& group : report.groups) {
      writer.begin_object().field("title", group.title).field("weight", group.weight).end_object();
    }
    writer.end_array();
  }
  writer.key("results").begin_array();
  for (const CriterionResult& result : report.results) write_result(writer, result);
  writer.end_array();
  writer.key("gaps").begin_array();
  for (const Gap& gap : report.gaps) {
    writer.begin_object()
        .field("request_id", gap.request_id)
        .field("method", gap.method)
        .field("path", gap.path)
        .end_object();
  }
  writer.end_array();
  writer.field("deterministic_satisfaction", report.deterministic_satisfaction);
  writer.key("judge_model");
  report.judge_model.empty() ? writer.null() : writer.value(report.judge_model);
  writer.field("judge_tokens_in", report.judge_tokens_in).field("judge_tokens_out", report.judge_tokens_out);
  writer.end_object();
  out.push_back('\n');
  return out;
}

}  // namespace pome::eval
