#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/control/documents.h"
#include "core/control/router.h"
#include "core/control/scoring.h"
#include "core/control/uploads.h"

namespace pome::control {
namespace {

constexpr std::array<std::string_view, 3> kInlineDocuments = {"trace_jsonl_b64", "state_initial_json_b64",
                                                              "state_final_json_b64"};

Result<eval::StopReason> stop_reason_of(const Json& body) {
  const Json& given = json::at(body, "stop_reason");
  if (given.is_null()) {
    const std::int64_t exit_code = json::integer_at(body, "exit_code").value_or(0);
    return exit_code == 0 ? eval::StopReason::exit_0 : eval::StopReason::exit_nonzero;
  }
  if (given == "completed") return eval::StopReason::exit_0;
  Result<eval::StopReason> reason = eval::stop_reason_of(json::string_at(body, "stop_reason").value_or(""));
  if (!reason)
    return invalid("stop_reason", "\"stop_reason\" has to be agent_exit_0, agent_exit_nonzero or agent_timeout.");
  return reason;
}

/// The score the client gave itself, a number from 0 to 100; halves round up.
Result<std::optional<std::int64_t>> local_score_of(const Json& body) {
  const Json& given = json::at(body, "satisfaction_score");
  if (given.is_null()) return std::optional<std::int64_t>();
  const double score = given.is_number() ? given.get<double>() : -1;
  if (!(score >= 0 && score <= 100)) {
    return invalid("satisfaction_score", "\"satisfaction_score\" has to be a number from 0 to 100.");
  }
  return std::optional<std::int64_t>(static_cast<std::int64_t>(score + 0.5));
}

/// What the client reported, without the documents themselves.
std::string client_score(Json body) {
  for (const std::string_view name : kInlineDocuments) body.erase(std::string(name));
  return json::dump(body, 2) + "\n";
}

std::string name_of(const Call& call, const Live& session) {
  const std::string_view sent = text::trim(json::string_at(call.body, "scenario_name").value_or(""));
  const std::string slug =
      scenario::slug_of(sent.empty() ? session.scenario->parsed.scenario.title : std::string(sent));
  return slug.empty() ? std::string("scenario") : slug;
}

void write_criterion(JsonWriter& out, const eval::CriterionResult& result) {
  out.begin_object().key("criterion").begin_object().field("id", result.criterion.id);
  out.field("type", scenario::marker_name(result.criterion.marker)).field("text", result.criterion.text);
  if (result.criterion.twin) out.field("twin", *result.criterion.twin);
  out.end_object().field("passed", result.outcome == eval::Outcome::passed);
  out.field("skipped", result.outcome == eval::Outcome::skipped);
  out.field("outcome", eval::outcome_name(result.outcome)).field("reason", result.reason).end_object();
}

http::Response run_response(const Plane& plane, const RunRow& row, const eval::Report& report) {
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("run_id", row.id).field("session_id", row.session_id);
  out.field("score", row.server_score).field("server_score", row.server_score).field("local_score", row.local_score);
  out.field("status", row.status).field("mismatch", row.mismatch).null_field("judge_model");
  out.field("dashboard_url", plane.dashboard_url(row.id)).key("criteria_results").begin_array();
  for (const eval::CriterionResult& result : report.results) write_criterion(out, result);
  out.end_array().end_object();
  return http::json_response(200, std::move(body));
}

/// The answer for a run that is stored already: scoring its documents again gives the same report.
Result<http::Response> stored_response(Plane& plane, const RunRow& row) {
  const auto blob = [&](std::string_view name) -> Result<std::string> {
    POME_TRY(std::optional<std::string> content, plane.store.run_blob(row.id, name));
    if (!content) return fail("store", text::cat("The stored run has no ", name, '.'));
    return *std::move(content);
  };
  Documents documents;
  POME_TRY(documents.scenario, blob(kScenarioFile));
  POME_TRY(std::optional<std::string> seed, plane.store.run_blob(row.id, kScenarioSeed));
  documents.scenario_seed = std::move(seed).value_or("");
  POME_TRY(documents.state_initial, blob(kStateInitial));
  POME_TRY(documents.state_final, blob(kStateFinal));
  POME_TRY(documents.events, blob(kEvents));
  POME_TRY(const eval::StopReason reason, eval::stop_reason_of(row.stop_reason));
  POME_TRY(const eval::Report report, score(documents, row.scenario_name, reason));
  return run_response(plane, row, report);
}

Result<RunRow> make_row(Plane& plane, const Call& call, const Live& session, const eval::Report& report) {
  RunRow row;
  row.id = plane.new_id("run_");
  row.session_id = session.row.id;
  row.team_id = session.row.team_id;
  row.scenario_name = report.scenario;
  row.title = report.title;
  row.created_at = call.now;
  row.duration_ms = std::max<std::int64_t>(0, json::integer_at(call.body, "duration_ms").value_or(0));
  row.stop_reason = std::string(eval::stop_reason_name(report.stop_reason));
  POME_TRY(row.local_score, local_score_of(call.body));
  row.server_score = report.satisfaction;
  row.status = std::string(eval::status_name(report.status));
  const auto local_status = json::string_at(call.body, "status");
  row.mismatch =
      (row.local_score && *row.local_score != row.server_score) || (local_status && *local_status != row.status);
  return row;
}

Blobs make_blobs(const Call& call, const Live& session, Documents documents, const eval::Report& report,
                 const redact::Redactor& redactor) {
  Blobs blobs;
  blobs.emplace_back(kScenarioFile, std::move(documents.scenario));
  if (!documents.scenario_seed.empty()) blobs.emplace_back(kScenarioSeed, std::move(documents.scenario_seed));
  blobs.emplace_back(kStateInitial, std::move(documents.state_initial));
  blobs.emplace_back(kStateFinal, std::move(documents.state_final));
  blobs.emplace_back(kEvents, std::move(documents.events));
  blobs.emplace_back(kScore, redactor.json(client_score(call.body)));
  blobs.emplace_back(kReport, eval::to_json(report));
  for (const std::string_view name : {kSignals, kMeta}) {
    const auto found = session.uploads.find(name);
    if (found != session.uploads.end()) blobs.emplace_back(name, redactor.json(found->second));
  }
  return blobs;
}

}  // namespace

Result<http::Response> finish_session(Plane& plane, Call& call) {
  POME_TRY(const SessionRow owned, own_session(plane, call));
  POME_TRY(const std::optional<RunRow> stored, plane.store.run_of_session(owned.id));
  if (stored) return stored_response(plane, *stored);
  POME_TRY(Live * session, own_live_session(plane, call));
  POME_TRY(const eval::StopReason reason, stop_reason_of(call.body));
  const redact::Redactor redactor = run_redactor(*session, call.principal);
  POME_TRY(Documents documents, collect_documents(plane, *session, call, redactor));
  POME_TRY(const eval::Report report, score(documents, name_of(call, *session), reason));
  POME_TRY(const RunRow row, make_row(plane, call, *session, report));
  POME_CHECK(plane.store.put_run(row, make_blobs(call, *session, std::move(documents), report, redactor)));
  session->uploads.clear();
  session->row.state = "done";
  POME_CHECK(plane.store.put_session(session->row));
  return run_response(plane, row, report);
}

}  // namespace pome::control
