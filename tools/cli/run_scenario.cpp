#include "tools/cli/run_scenario.h"

#include <algorithm>
#include <utility>

#include "core/base/hash.h"
#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/redact/redact.h"
#include "tools/cli/artifacts.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/process.h"
#include "tools/system/files.h"

namespace pome::cli {
namespace {

constexpr std::int64_t kPreflightSeconds = 60;
constexpr std::int64_t kSessionMarginSeconds = 600;
constexpr std::size_t kShownStderrLines = 5;
constexpr std::string_view kTokenPrefix = "edt_";  // the token works without it, so both forms are secret

std::string last_lines(std::string_view text, std::size_t count) {
  const auto lines = text::lines(text::trim_right(text));
  std::string out;
  for (std::size_t i = lines.size() > count ? lines.size() - count : 0; i < lines.size(); ++i) {
    text::append(out, text::cat(out.empty() ? "" : "\n", text::truncate_utf8(lines[i], 300)));
  }
  return out;
}

eval::StopReason stop_reason_of(const ProcessResult& agent) {
  if (agent.end == ProcessEnd::timed_out) return eval::StopReason::timeout;
  return agent.succeeded() ? eval::StopReason::exit_0 : eval::StopReason::exit_nonzero;
}

class ScenarioRun {
 public:
  ScenarioRun(const ScenarioInput& input, const RunPlan& plan, TwinHost& host, Environment& environment,
              Progress& progress)
      : input_(input), plan_(plan), host_(host), environment_(environment), progress_(progress) {}

  RunOutcome operator()() {
    outcome_.file = input_.path;
    outcome_.slug = input_.scenario.slug;
    outcome_.title = input_.scenario.title;
    outcome_.mode = std::string(host_.mode());
    meta_.started_ms = environment_.now_millis();
    if (const auto done = play(); !done) stop_with(done.error());
    if (const auto closed = host_.close(); !closed) {
      outcome_.notes.push_back("The session could not be deleted (it expires by itself): " + closed.error().message);
    }
    progress_.done();
    return std::move(outcome_);
  }

 private:
  Result<void> play();
  Result<void> open();
  Result<void> preflight();
  Result<void> run_agent();
  Result<void> collect();
  Result<void> score();
  void ask_judge(eval::Report& report, const redact::Redactor& clean);
  Result<void> store();
  Result<void> keep();
  void stop_with(const Error& error);
  Result<ProcessResult> start(std::int64_t seconds, std::vector<std::pair<std::string, std::string>> variables);
  AgentSession agent_session() const;
  redact::Redactor redactor() const;
  std::int64_t timeout() const { return plan_.timeout_seconds.value_or(input_.scenario.config.timeout_seconds); }

  const ScenarioInput& input_;
  const RunPlan& plan_;
  TwinHost& host_;
  Environment& environment_;
  Progress& progress_;
  std::optional<system::ScratchFolder> scratch_;
  RunMeta meta_;
  RunDocuments documents_;
  eval::StopReason stop_reason_ = eval::StopReason::exit_0;
  std::string run_folder_;
  RunOutcome outcome_;
};

Result<void> ScenarioRun::play() {
  POME_CHECK(open());
  POME_CHECK(preflight());
  POME_CHECK(run_agent());
  POME_CHECK(collect());
  POME_CHECK(score());
  POME_CHECK(keep());
  return store();
}

Result<void> ScenarioRun::open() {
  progress_.step(text::cat("starting a ", host_.mode(), " twin for \"", input_.scenario.title, "\""));
  POME_CHECK(host_.open(input_, timeout() + kSessionMarginSeconds));
  outcome_.run_id = meta_.run_id = host_.run_id();
  meta_.mode = outcome_.mode;
  meta_.agent_command = plan_.agent.shown;
  meta_.agent_source = plan_.agent.source;
  meta_.agent_model = plan_.agent_model;
  POME_TRY(documents_.state_initial, host_.initial_state());
  outcome_.notes.insert(outcome_.notes.end(), host_.notes().begin(), host_.notes().end());
  const std::string folder =
      system::join_path(system::join_path(plan_.artifacts_dir, input_.scenario.slug), meta_.run_id);
  POME_CHECK(system::make_folder(folder));
  outcome_.artifacts_dir = run_folder_ = folder;
  POME_TRY(auto scratch, system::ScratchFolder::create());
  scratch_.emplace(std::move(scratch));
  return {};
}

AgentSession ScenarioRun::agent_session() const {
  AgentSession session;
  session.task = input_.scenario.prompt;
  session.run_id = host_.run_id();
  session.twins = input_.scenario.config.twins;
  session.rest_url = host_.rest_url();
  session.auth_token = host_.auth_token();
  session.github_token = host_.github_token();
  session.artifacts_dir = system::absolute_path(run_folder_);
  session.home = scratch_->path();
  return session;
}

Result<ProcessResult> ScenarioRun::start(std::int64_t seconds,
                                         std::vector<std::pair<std::string, std::string>> variables) {
  ProcessSpec spec;
  spec.argv = plan_.agent.argv;
  spec.environment = std::move(variables);
  spec.timeout = std::chrono::seconds(seconds);
  if (progress_.live()) spec.on_tick = [this] { progress_.tick(host_.calls()); };
  auto result = run_process(spec);
  if (!result) return result.error();
  if (result->end == ProcessEnd::interrupted || interrupted()) return fail("interrupted", "Interrupted.");
  return result;
}

Result<void> ScenarioRun::preflight() {
  progress_.step(text::cat("preflight: ", plan_.agent.shown));
  const std::int64_t seconds = std::min(kPreflightSeconds, timeout());
  auto result = start(seconds, preflight_environment(plan_.own_environment, agent_session()));
  if (!result) return result.error();
  if (result->succeeded()) return {};
  documents_.stdout_text = std::move(result->stdout_text);
  documents_.stderr_text = std::move(result->stderr_text);
  meta_.stop_reason = "preflight_failed";
  if (result->end == ProcessEnd::exited) meta_.agent_exit_code = result->exit_code;
  outcome_.agent_end = describe(*result);
  const std::string what =
      result->end == ProcessEnd::timed_out ? text::cat("did not end within ", seconds, " s") : describe(*result);
  return fail("preflight", text::cat("The agent's preflight failed: it ", what,
                                     ". With POME_PREFLIGHT=1 an agent should exit 0 at once."));
}

Result<void> ScenarioRun::run_agent() {
  POME_TRY(const auto note, host_.reset());
  if (note) outcome_.notes.push_back(*note);
  progress_.step(text::cat("agent running: ", plan_.agent.shown));
  auto result = start(timeout(), agent_environment(plan_.own_environment, agent_session()));
  if (!result) return result.error();
  stop_reason_ = stop_reason_of(*result);
  meta_.stop_reason = std::string(eval::stop_reason_name(stop_reason_));
  if (result->end == ProcessEnd::exited) meta_.agent_exit_code = result->exit_code;
  outcome_.agent_end = describe(*result);
  outcome_.duration_ms = result->duration.count();
  if (result->strays > 0) {
    outcome_.notes.push_back(
        text::cat("The agent left ", result->strays, " running process(es) behind; they were ended."));
  }
  documents_.stdout_text = std::move(result->stdout_text);
  documents_.stderr_text = std::move(result->stderr_text);
  progress_.step(text::cat("agent ", outcome_.agent_end));
  return {};
}

Result<void> ScenarioRun::collect() {
  POME_TRY(documents_.state_final, host_.final_state());
  POME_TRY(documents_.events, host_.events());
  meta_.completed_ms = environment_.now_millis();
  if (const auto calls = host_.calls()) meta_.calls = *calls;
  return {};
}

redact::Redactor ScenarioRun::redactor() const {
  std::vector<std::string> known = plan_.secrets;
  if (plan_.judge) known.push_back(plan_.judge->endpoint.key);
  for (const std::string* token : {&host_.auth_token(), &host_.github_token()}) {
    if (token->empty()) continue;
    known.push_back(*token);
    if (token->starts_with(kTokenPrefix)) known.push_back(token->substr(kTokenPrefix.size()));
  }
  return redact::Redactor(std::move(known), eval::criterion_literals(input_.scenario));
}

Result<void> ScenarioRun::score() {
  eval::Evidence evidence;
  evidence.state_initial = documents_.state_initial;
  evidence.state_final = documents_.state_final;
  evidence.events = documents_.events;
  evidence.stop_reason = stop_reason_;
  POME_TRY(auto report, eval::evaluate(input_.scenario, evidence));
  const redact::Redactor clean = redactor();
  ask_judge(report, clean);
  documents_.report = eval::to_json(report);
  outcome_.report_json = clean.json(documents_.report);
  for (eval::CriterionResult& result : report.results) {
    for (std::string* text : {&result.reason, &result.expected, &result.found}) *text = clean.text(*text);
    result.criterion.text = clean.sentence(result.criterion.text);
  }
  report.title = clean.sentence(report.title);
  for (scenario::Group& group : report.groups) group.title = clean.sentence(group.title);
  for (eval::Gap& gap : report.gaps) gap.path = clean.text(gap.path);
  outcome_.agent_summary = meta_.summary = clean.text(summary_of(documents_.stdout_text));
  if (stop_reason_ != eval::StopReason::exit_0) {
    outcome_.agent_stderr_tail = clean.text(last_lines(documents_.stderr_text, kShownStderrLines));
  }
  outcome_.exit_code = exit_code_of(report);
  outcome_.calls = meta_.calls;
  outcome_.report = std::move(report);
  return {};
}

void ScenarioRun::ask_judge(eval::Report& report, const redact::Redactor& clean) {
  if (!plan_.judge) return;
  progress_.step(text::cat("asking the judge: ", plan_.judge->endpoint.model));
  const std::string summary = summary_of(documents_.stdout_text);
  JudgedRun judged = judge_run(
      *plan_.judge, {input_.scenario, documents_, summary, stop_reason_, host_.rest_url(), host_.run_id()}, clean);
  outcome_.notes.insert(outcome_.notes.end(), judged.notes.begin(), judged.notes.end());
  if (judged.judgements.lines.empty()) return;
  judge::apply(judged.judgements, report);
  for (judge::Judgement& line : judged.judgements.lines) line.text = clean.sentence(line.text);
  documents_.judge = judge::to_json(judged.judgements);
}

/// The open object that POST /result takes; its documents' keys follow.
std::string result_json(const ScenarioInput& input, const RunMeta& meta, const RunOutcome& outcome) {
  const eval::Report& report = *outcome.report;
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("scenario_name", input.scenario.slug).field("title", input.scenario.title);
  json.field("scenario_hash", hash::sha256_hex(input.markdown)).field("duration_ms", outcome.duration_ms);
  json.field("agent_model", meta.agent_model).field("stop_reason", meta.stop_reason);
  json.field("exit_code", meta.agent_exit_code.value_or(0)).field("status", eval::status_name(report.status));
  json.field("satisfaction_score", report.satisfaction).key("criteria_results").begin_array();
  for (const eval::CriterionResult& result : report.results) {
    json.begin_object().key("criterion").begin_object().field("id", result.criterion.id);
    json.field("type", scenario::marker_name(result.criterion.marker))
        .field("text", result.criterion.text)
        .end_object();
    json.field("outcome", eval::outcome_name(result.outcome));
    json.field("passed", result.outcome == eval::Outcome::passed);
    json.field("skipped", result.outcome == eval::Outcome::skipped || result.outcome == eval::Outcome::errored);
    json.field("reason", result.reason).end_object();
  }
  json.end_array().null_field("judge_model").null_field("judge_tokens_in").null_field("judge_tokens_out");
  json.null_field("agent_sdk").raw_field("lanes", "[]").raw_field("steps", "[]").null_field("fix_prompt");
  json.null_field("events_jsonl_url").raw_field("report", outcome.report_json);
  return out;  // left open: the home adds where the documents are
}

Result<void> ScenarioRun::keep() {
  const redact::Redactor clean = redactor();
  FinishedRun run;
  run.result_json = result_json(input_, meta_, outcome_);
  POME_TRY(const std::string events, events_ndjson(documents_.events));
  run.events_ndjson = clean.json(events);
  run.state_initial = clean.json(documents_.state_initial);
  run.state_final = clean.json(documents_.state_final);
  const auto kept = host_.keep(run);
  if (!kept) {
    // The verdict stands, and its files are written; that it could not be kept there is a failure all the same.
    outcome_.error = fail(kept.error().code, "The run could not be stored: " + kept.error().message);
    outcome_.exit_code = std::max(outcome_.exit_code, exit_code_of(kept.error()));
    return {};
  }
  outcome_.dashboard_url = meta_.dashboard_url = kept->dashboard_url;
  outcome_.notes.insert(outcome_.notes.end(), kept->notes.begin(), kept->notes.end());
  return {};
}

Result<void> ScenarioRun::store() {
  if (meta_.completed_ms == 0) meta_.completed_ms = environment_.now_millis();
  POME_CHECK(write_artifacts(run_folder_, input_, meta_, documents_, redactor()));
  return write_latest(plan_.artifacts_dir, run_folder_, meta_, input_.scenario.slug);
}

void ScenarioRun::stop_with(const Error& error) {
  outcome_.error = error;
  outcome_.exit_code = std::max(outcome_.exit_code, exit_code_of(error));
  if (run_folder_.empty() || outcome_.report) return;
  if (meta_.stop_reason.empty()) meta_.stop_reason = error.code;
  outcome_.agent_stderr_tail = redactor().text(last_lines(documents_.stderr_text, kShownStderrLines));
  if (const auto stored = store(); !stored) outcome_.notes.push_back(stored.error().message);
}

}  // namespace

RunOutcome run_scenario(const ScenarioInput& input, const RunPlan& plan, TwinHost& host, Environment& environment,
                        Progress& progress) {
  return ScenarioRun(input, plan, host, environment, progress)();
}

int exit_code_of(const eval::Report& report) {
  if (report.status == eval::Status::pass) return kExitPassed;
  // A twin gap and a judge that could not be asked are not the agent's doing.
  const bool not_the_agent = report.status == eval::Status::incomplete && (!report.gaps.empty() || report.errored > 0);
  return not_the_agent ? kExitOrchestration : kExitBelowThreshold;
}

}  // namespace pome::cli
