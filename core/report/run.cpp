#include "core/report/run.h"

#include <algorithm>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/eval/tape_reader.h"
#include "core/judge/judgements.h"

namespace pome::report {
namespace {

constexpr std::int64_t kMetaVersion = 1;
constexpr std::int64_t kScoreVersion = 1;

Error bad_run(std::string message) { return fail("bad-run", std::move(message)); }

Result<Json> object_in(std::string_view document, std::string_view name) {
  auto parsed = json::parse(document);
  if (!parsed) return bad_run(text::cat(name, " is not valid JSON: ", parsed.error().message));
  if (!parsed->is_object()) return bad_run(text::cat(name, " is not a JSON object."));
  return parsed;
}

Result<void> check_version(const Json& document, std::string_view member, std::int64_t known, std::string_view name) {
  const auto version = json::integer_at(document, member);
  if (version == known) return {};
  if (!version) return bad_run(text::cat(name, " has no ", member, "; this is not a run that Pome stored."));
  return bad_run(text::cat(name, " has ", member, " ", *version, ", and this Pome reads ", known,
                           ". Take the Pome that stored the run, or a newer one."));
}

Result<Json> meta_of(const Documents& documents) {
  if (!documents.meta) return bad_run("There is no meta.json, so this is no stored run.");
  POME_TRY(Json meta, object_in(*documents.meta, "meta.json"));
  POME_CHECK(check_version(meta, "spec_version", kMetaVersion, "meta.json"));
  if (!documents.score) return meta;
  POME_TRY(const Json score, object_in(*documents.score, "score.json"));
  POME_CHECK(check_version(score, "version", kScoreVersion, "score.json"));
  return meta;
}

/// How the agent ended, as recorded; older runs note only the exit code. Nothing when the run never got that far.
std::optional<eval::StopReason> stop_reason_in(const Json& meta) {
  if (const auto name = json::string_at(meta, "stop_reason")) {
    const auto reason = eval::stop_reason_of(*name);
    return reason ? std::optional(*reason) : std::nullopt;
  }
  return json::integer_at(meta, "exit_code").value_or(1) == 0 ? eval::StopReason::exit_0
                                                              : eval::StopReason::exit_nonzero;
}

/// What is wrong with the seed's content is no matter here: the world was made long ago.
Result<scenario::Scenario> scenario_of(const Documents& documents) {
  if (!documents.scenario) return bad_run("There is no scenario.md to score against.");
  scenario::Source source{*documents.scenario, "scenario.md"};
  if (documents.seed) source.sidecar = *documents.seed;
  scenario::Parsed parsed = scenario::parse(source);
  for (const Diagnostic& problem : parsed.diagnostics) {
    if (problem.severity != Severity::error) continue;
    return bad_run(text::cat("This run's scenario cannot be scored: line ", problem.line, ": ", problem.message));
  }
  return std::move(parsed.scenario);
}

Result<eval::Report> score(const Documents& documents, const Json& meta) {
  if (!documents.state_final) return bad_run("There is no final state: this run ended before its agent was scored.");
  POME_TRY(scenario::Scenario scenario, scenario_of(documents));
  scenario.slug = std::string(json::string_at(meta, "scenario").value_or(scenario.slug));
  scenario.title = std::string(json::string_at(meta, "title").value_or(scenario.title));
  const eval::Evidence evidence{text_of(documents.state_initial), *documents.state_final, tape_of(documents),
                                stop_reason_in(meta).value_or(eval::StopReason::exit_nonzero)};
  auto report = eval::evaluate(scenario, evidence);
  if (!report) return bad_run(text::cat("This run's documents cannot be scored: ", report.error().message));
  if (documents.judge) {
    const auto judgements = judge::read_judgements(*documents.judge);
    if (!judgements) return bad_run(text::cat("This run cannot be scored: ", judgements.error().message, '.'));
    judge::apply(*judgements, *report);
  }
  return report;
}

std::string text_at(const Json& object, std::string_view key) {
  return std::string(json::string_at(object, key).value_or(std::string_view()));
}

/// "/s/<session>/repos/acme/api" as "/repos/acme/api".
std::string without_mount(std::string_view path) {
  if (!path.starts_with("/s/")) return std::string(path);
  const std::size_t end = path.find('/', 3);
  return std::string(end == std::string_view::npos ? std::string_view("/") : path.substr(end));
}

/// The calls of the tape that the report names, in the tape's order.
std::vector<Call> named_calls(const eval::Report& report, std::string_view events) {
  std::vector<std::string_view> wanted;
  for (const eval::CriterionResult& result : report.results) {
    wanted.insert(wanted.end(), result.events.begin(), result.events.end());
    if (!result.last_touch.empty()) wanted.push_back(result.last_touch);
  }
  std::sort(wanted.begin(), wanted.end());
  std::vector<Call> calls;
  const auto tape = eval::read_tape(events);
  if (wanted.empty() || !tape) return calls;
  for (const criteria::Call& call : tape->calls) {
    if (!std::binary_search(wanted.begin(), wanted.end(), std::string_view(call.request_id))) continue;
    calls.push_back({call.request_id, call.method, without_mount(call.path), call.status});
  }
  return calls;
}

Run described(Documents documents, const Json& meta) {
  Run run;
  run.file = text_at(meta, "scenario_file");
  run.slug = text_at(meta, "scenario");
  run.title = text_at(meta, "title");
  run.run_id = text_at(meta, "run_id");
  run.mode = text_at(meta, "mode");
  run.started_at = text_at(meta, "started_at");
  run.duration_ms = json::integer_at(meta, "duration_ms");
  const Json& agent = json::at(meta, "agent");
  run.agent = text_at(agent, "command");
  run.agent_model = text_at(agent, "model");
  run.agent_summary = text_at(meta, "summary");
  run.documents = std::move(documents);
  return run;
}

}  // namespace

std::string_view text_of(const std::optional<std::string>& document) {
  return document ? std::string_view(*document) : std::string_view();
}

std::string_view tape_of(const Documents& documents) {
  const std::string_view events = text_of(documents.events);
  return documents.events && text::trim(events).empty() ? std::string_view("[]") : events;
}

Result<eval::Report> rescore(const Documents& documents) {
  POME_TRY(const Json meta, meta_of(documents));
  return score(documents, meta);
}

Result<Run> run_of(Documents documents) {
  POME_TRY(const Json meta, meta_of(documents));
  if (!documents.state_final && !stop_reason_in(meta)) {
    Run run = described(std::move(documents), meta);
    run.problem = text::cat("The run ended before its agent was scored (", text_at(meta, "stop_reason"), ").");
    return run;
  }
  POME_TRY(eval::Report report, score(documents, meta));
  return run_of(std::move(documents), std::move(report));
}

Result<Run> run_of(Documents documents, eval::Report report) {
  POME_TRY(const Json meta, meta_of(documents));
  Run run = described(std::move(documents), meta);
  run.calls = named_calls(report, tape_of(run.documents));
  run.report = std::move(report);
  return run;
}

}  // namespace pome::report
