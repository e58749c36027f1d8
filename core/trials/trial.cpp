#include "core/trials/trial.h"

#include <optional>
#include <utility>

#include "core/base/text.h"
#include "core/trials/json_reads.h"

namespace pome::trials {
namespace {

Error bad_report(std::string message) { return fail("bad-report", std::move(message)); }

constexpr std::int64_t kFullScore = 100;
constexpr std::int64_t kHighestExitCode = 255;

std::optional<eval::Outcome> outcome_of(std::string_view name) {
  for (const eval::Outcome outcome :
       {eval::Outcome::passed, eval::Outcome::failed, eval::Outcome::skipped, eval::Outcome::errored}) {
    if (eval::outcome_name(outcome) == name) return outcome;
  }
  return std::nullopt;
}

/// `criterion` holds id and text, `result` the outcome; they may be one object.
Result<CriterionOutcome> read_criterion(const Json& criterion, const Json& result) {
  const auto id = json::string_at(criterion, "id");
  const auto text = json::string_at(criterion, "text");
  const auto outcome = outcome_of(json::string_at(result, "outcome").value_or(""));
  if (!id || !text || !outcome) return bad_report("a criterion's result lacks its id, its text or a known outcome");
  return CriterionOutcome{std::string(*id), std::string(*text), json::bool_at(criterion, "optional").value_or(false),
                          *outcome};
}

/// The members that a run's entry and a group's trial write alike.
Result<void> read_run(const Json& value, Trial& trial) {
  const auto exit_code = count_at(value, "exit_code", kHighestExitCode);
  const auto duration = count_at(value, "duration_ms");
  const auto calls = count_at(value, "calls");
  if (!exit_code || !duration || !calls) return bad_report("its exit code, duration or number of calls is not one");
  trial.exit_code = static_cast<int>(*exit_code);
  trial.duration_ms = *duration;
  trial.calls = *calls;
  trial.run_id = string_or_empty(value, "run_id");
  trial.artifacts_dir = string_or_empty(value, "artifacts_dir");
  return {};
}

/// Why a report without verdict has none.
std::string reason_of(const Json& report) {
  const Json& gaps = json::at(report, "gaps");
  if (gaps.is_array() && !gaps.empty()) {
    const std::string more = gaps.size() == 1 ? "" : text::cat(" (and ", gaps.size() - 1, " more)");
    return text::cat("the twin does not support ", string_or_empty(gaps[0], "method"), " ",
                     string_or_empty(gaps[0], "path"), more);
  }
  if (!json::bool_at(report, "evaluated").value_or(false)) return "no criterion could be graded";
  for (const Json& result : json::at(report, "results")) {
    if (string_or_empty(result, "outcome") != "skipped") continue;
    const Json& criterion = json::at(result, "criterion");
    const std::string type = string_or_empty(criterion, "type");
    if (type != "D" && type != "code") continue;
    if (string_or_empty(result, "reason") == "already_true_in_seed") continue;
    return text::cat("a criterion could not be graded: ", string_or_empty(criterion, "text"));
  }
  return "a criterion could not be graded";
}

}  // namespace

Result<Trial> trial_of_report(const Json& report) {
  const Json& results = json::at(report, "results");
  const auto status = json::string_at(report, "status");
  const auto score = count_at(report, "satisfaction", kFullScore);
  if (!status || !score || !results.is_array()) return bad_report("it has no status, no score or no results");
  Trial trial;
  trial.passed = *status == eval::status_name(eval::Status::pass);
  trial.graded = trial.passed || *status == eval::status_name(eval::Status::fail);
  trial.score = *score;
  for (const Json& result : results) {
    POME_TRY(auto criterion, read_criterion(json::at(result, "criterion"), result));
    trial.criteria.push_back(std::move(criterion));
  }
  if (!trial.graded) trial.reason = reason_of(report);
  return trial;
}

Result<Trial> trial_of_run(const Json& run) {
  const Json& error = json::at(run, "error");
  const Json& report = json::at(run, "report");
  Trial trial;
  if (report.is_object()) {
    POME_TRY(trial, trial_of_report(report));
  } else {
    trial.reason = string_or_empty(error, "message");
    if (trial.reason.empty()) trial.reason = "it has no report";
  }
  trial.error_code = string_or_empty(error, "code");
  const bool ended_well = string_or_empty(report, "stop_reason") == eval::stop_reason_name(eval::StopReason::exit_0);
  if (!ended_well) trial.agent_end = string_or_empty(run, "agent_end");
  POME_CHECK(read_run(run, trial));
  return trial;
}

void write_trial(JsonWriter& json, const Trial& trial) {
  const auto text_or_null = [&](std::string_view name, const std::string& value) {
    value.empty() ? json.null_field(name) : json.field(name, value);
  };
  json.begin_object().field("trial", trial.number).field("graded", trial.graded).field("passed", trial.passed);
  if (trial.graded) {
    json.field("score", trial.score);
  } else {
    json.null_field("score");
  }
  json.field("exit_code", trial.exit_code);
  text_or_null("run_id", trial.run_id);
  text_or_null("artifacts_dir", trial.artifacts_dir);
  json.field("duration_ms", trial.duration_ms).field("calls", trial.calls);
  text_or_null("reason", trial.reason);
  text_or_null("agent_end", trial.agent_end);
  text_or_null("error_code", trial.error_code);
  json.key("criteria").begin_array();
  for (const CriterionOutcome& criterion : trial.criteria) {
    json.begin_object().field("id", criterion.id).field("text", criterion.text);
    if (criterion.optional) json.field("optional", true);
    json.field("outcome", eval::outcome_name(criterion.outcome)).end_object();
  }
  json.end_array().end_object();
}

Result<Trial> read_trial(const Json& value) {
  const auto graded = json::bool_at(value, "graded");
  const auto passed = json::bool_at(value, "passed");
  const Json& criteria = json::at(value, "criteria");
  const auto number = count_at(value, "trial");
  const auto score = count_at(value, "score", kFullScore);
  if (!graded || !passed || !number || !score || !criteria.is_array()) {
    return bad_report("a trial lacks its number, its verdict or its criteria");
  }
  Trial trial;
  POME_CHECK(read_run(value, trial));
  trial.number = *number;
  trial.graded = *graded;
  trial.passed = *graded && *passed;
  trial.score = *score;
  trial.reason = string_or_empty(value, "reason");
  trial.agent_end = string_or_empty(value, "agent_end");
  trial.error_code = string_or_empty(value, "error_code");
  for (const Json& entry : criteria) {
    POME_TRY(auto criterion, read_criterion(entry, entry));
    trial.criteria.push_back(std::move(criterion));
  }
  return trial;
}

}  // namespace pome::trials
