#include "tools/cli/verdict.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/scenario/scenario_json.h"

namespace pome::cli {
namespace {

struct Look {
  Colour colour;
  std::string_view text;
};

Look headline_of(eval::Status status) {
  switch (status) {
    case eval::Status::pass:
      return {Colour::green, "PASS"};
    case eval::Status::fail:
      return {Colour::red, "FAIL"};
    case eval::Status::incomplete:
      return {Colour::yellow, "INCOMPLETE"};
  }
  return {Colour::plain, ""};
}

Look mark_of(eval::Outcome outcome) {
  switch (outcome) {
    case eval::Outcome::passed:
      return {Colour::green, "\xE2\x9C\x93"};  // check mark
    case eval::Outcome::failed:
      return {Colour::red, "\xE2\x9C\x97"};  // ballot x
    case eval::Outcome::skipped:
      return {Colour::dim, "-"};
    case eval::Outcome::errored:
      return {Colour::yellow, "!"};
  }
  return {Colour::plain, ""};
}

std::string counts(const eval::Report& report) {
  std::string out = text::cat(report.passed, " passed, ", report.failed, " failed");
  if (report.skipped > 0) text::append(out, text::cat(", ", report.skipped, " not graded"));
  if (report.errored > 0) text::append(out, text::cat(", ", report.errored, " errored"));
  return out;
}

void add_line(std::string& out, std::string_view label, std::string_view text, const Paint& paint) {
  if (text.empty()) return;
  // One line: a line of an agent's own could be a command to the CI that shows it.
  text::append(out, text::cat("  ", paint(Colour::dim, label), " ", report::one_line(text), "\n"));
}

void add_lines(std::string& out, std::string_view prefix, std::string_view text, const Paint& paint) {
  for (std::string_view line : text::lines(text)) {
    text::append(out, text::cat(prefix, paint(Colour::dim, printable(line)), "\n"));
  }
}

std::string sureness(const eval::CriterionResult& result) {
  return result.confidence ? text::cat("  (the judge is ", *result.confidence, " % sure)") : std::string();
}

void write_error(JsonWriter& json, const RunOutcome& outcome) {
  if (!outcome.error) {
    json.null_field("error");
    return;
  }
  json.key("error").begin_object().field("code", outcome.error->code).field("message", outcome.error->message);
  json.end_object();
}

void write_optional(JsonWriter& json, std::string_view name, const std::string& value) {
  if (value.empty()) {
    json.null_field(name);
  } else {
    json.field(name, value);
  }
}

void write_outcome(JsonWriter& json, const RunOutcome& outcome) {
  json.begin_object().field("file", outcome.file).field("scenario", outcome.slug).field("title", outcome.title);
  write_optional(json, "mode", outcome.mode);
  write_optional(json, "run_id", outcome.run_id);
  json.field("exit_code", outcome.exit_code);
  json.field("status", outcome.report ? eval::status_name(outcome.report->status) : "error");
  if (outcome.report) {
    json.field("score", outcome.report->satisfaction);
  } else {
    json.null_field("score");
  }
  json.field("duration_ms", outcome.duration_ms).field("calls", outcome.calls);
  write_optional(json, "agent_end", outcome.agent_end);
  write_optional(json, "agent_summary", outcome.agent_summary);
  write_optional(json, "artifacts_dir", outcome.artifacts_dir);
  write_optional(json, "dashboard_url", outcome.dashboard_url);
  json.key("notes").begin_array();
  for (const std::string& note : outcome.notes) json.value(note);
  json.end_array();
  write_error(json, outcome);
  json.key("report");
  if (outcome.report_json.empty()) {
    json.null();
  } else {
    json.raw(report::indented(text::trim(outcome.report_json), 3));
  }
  json.end_object();
}

}  // namespace

std::string render_report(const eval::Report& report, const Paint& paint) {
  const Look headline = headline_of(report.status);
  std::string out =
      text::cat(paint(headline.colour, headline.text), "  ", paint(Colour::bold, printable(report.title)), "\n");
  std::string score =
      report.evaluated ? text::cat(report.satisfaction, "/100") : std::string("nothing could be graded");
  text::append(score, text::cat(" (threshold ", eval::threshold_text(report.pass_threshold), "); ", counts(report)));
  add_line(out, "score:", score, paint);
  if (!report.judge_model.empty()) {
    add_line(out,
             "judge:", text::cat(report.judge_model, "; [D] lines alone: ", report.deterministic_satisfaction, "/100"),
             paint);
  }
  for (const eval::CriterionResult& result : report.results) {
    const Look mark = mark_of(result.outcome);
    text::append(
        out, text::cat("  ", paint(mark.colour, mark.text), " [", scenario::marker_name(result.criterion.marker), "] ",
                       printable(result.criterion.text), paint(Colour::dim, sureness(result)), "\n"));
    text::append(out, text::cat("      ", paint(Colour::dim, report::one_line(result.reason)), "\n"));
  }
  for (const eval::Gap& gap : report.gaps) {
    add_line(out, "twin gap:", text::cat(gap.method, " ", gap.path, " is not supported by the twin"), paint);
  }
  return out;
}

std::string render_outcome(const RunOutcome& outcome, const Paint& paint) {
  std::string out;
  if (outcome.report) {
    out = render_report(*outcome.report, paint);
  } else {
    out = text::cat(paint(Colour::red, "ERROR"), "  ", paint(Colour::bold, printable(outcome.title)), "\n");
  }
  if (outcome.error) add_line(out, "error:", outcome.error->message, paint);
  if (!outcome.agent_end.empty()) {
    const auto tenths = outcome.duration_ms / 100;
    std::string agent = outcome.agent_end;
    if (outcome.report) {
      text::append(agent, text::cat(" after ", tenths / 10, ".", tenths % 10, " s, ", outcome.calls,
                                    outcome.calls == 1 ? " call" : " calls"));
    }
    if (!outcome.agent_summary.empty()) text::append(agent, text::cat(" - ", outcome.agent_summary));
    add_line(out, "agent:", agent, paint);
  }
  add_lines(out, "    | ", outcome.agent_stderr_tail, paint);
  for (const std::string& note : outcome.notes) add_line(out, "note:", note, paint);
  add_line(out, "artifacts:", outcome.artifacts_dir, paint);
  add_line(out, "dashboard:", outcome.dashboard_url, paint);
  return out;
}

std::string outcomes_json(const std::vector<RunOutcome>& outcomes, const std::vector<GroupOutcome>& groups,
                          int exit_code) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().field("version", 1).field("command", "run").field("exit_code", exit_code);
  json.key("runs").begin_array();
  for (const RunOutcome& outcome : outcomes) write_outcome(json, outcome);
  json.end_array();
  if (!groups.empty()) {
    json.key("groups").begin_array();
    for (const GroupOutcome& group : groups) trials::write_group(json, group.group);
    json.end_array();
  }
  json.end_object();
  return out + "\n";
}

std::string render_diagnostics(const std::vector<LocatedDiagnostic>& diagnostics, const Paint& paint) {
  std::string out;
  for (const auto& [file, diagnostic] : diagnostics) {
    const bool error = diagnostic.severity == Severity::error;
    text::append(
        out, text::cat(file, ":", diagnostic.line, ":", diagnostic.column, ": ",
                       paint(error ? Colour::red : Colour::yellow, scenario::severity_name(diagnostic.severity)), ": ",
                       printable(diagnostic.message), paint(Colour::dim, text::cat(" [", diagnostic.code, "]")), "\n"));
    if (!diagnostic.hint.empty()) text::append(out, text::cat("  hint: ", printable(diagnostic.hint), "\n"));
  }
  return out;
}

}  // namespace pome::cli
