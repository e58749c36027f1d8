#include <algorithm>
#include <array>
#include <optional>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/control/array_response.h"
#include "core/control/router.h"
#include "core/control/uploads.h"

namespace pome::control {
namespace {

constexpr std::array<std::string_view, 9> kFiles = {kScenarioFile, kScenarioSeed, kStateInitial, kStateFinal, kEvents,
                                                    kScore,        kReport,       kSignals,      kMeta};

Result<RunRow> own_run(Plane& plane, const Call& call) {
  POME_TRY(std::optional<RunRow> row, plane.store.run(call.path[0]));
  if (!row || row->team_id != call.principal.team.id) return fail(kNotFound, "Your team has no run with this id.");
  return *std::move(row);
}

void write_run(JsonWriter& out, const Plane& plane, const RunRow& row) {
  out.field("id", row.id).field("run_id", row.id).field("session_id", row.session_id).field("team_id", row.team_id);
  out.field("scenario_name", row.scenario_name).field("title", row.title);
  out.field("created_at", time::iso8601(row.created_at)).field("duration_ms", row.duration_ms);
  out.field("stop_reason", row.stop_reason).field("local_score", row.local_score);
  out.field("server_score", row.server_score).field("score", row.server_score);
  out.field("status", row.status).field("mismatch", row.mismatch);
  out.field("dashboard_url", plane.dashboard_url(row.id));
}

std::string_view content_type(std::string_view name) {
  if (name.ends_with(".json")) return "application/json; charset=utf-8";
  if (name.ends_with(".jsonl")) return "application/x-ndjson; charset=utf-8";
  return "text/plain; charset=utf-8";  // Markdown is never shown as a page
}

}  // namespace

Result<http::Response> list_runs(Plane& plane, Call& call) {
  POME_TRY(const std::size_t limit, limit_of(call));
  POME_TRY(const std::vector<RunRow> rows, plane.store.runs(call.principal.team.id, limit));
  return array_response(rows, [&](JsonWriter& out, const RunRow& row) {
    out.begin_object();
    write_run(out, plane, row);
    out.end_object();
  });
}

Result<http::Response> get_run(Plane& plane, Call& call) {
  POME_TRY(const RunRow row, own_run(plane, call));
  POME_TRY(const std::vector<std::string> stored, plane.store.run_blob_names(row.id));
  std::string body;
  JsonWriter out(body);
  out.begin_object();
  write_run(out, plane, row);
  out.key("files").begin_array();
  std::string links;
  JsonWriter link(links);
  link.begin_object();
  for (const std::string_view name : kFiles) {
    if (!std::binary_search(stored.begin(), stored.end(), name)) continue;
    out.value(name);
    link.field(name, text::cat("/v1/runs/", row.id, "/files/", name));
  }
  link.end_object();
  out.end_array().raw_field("links", links).end_object();
  return http::json_response(200, std::move(body));
}

Result<http::Response> get_run_file(Plane& plane, Call& call) {
  POME_TRY(const RunRow row, own_run(plane, call));
  for (const std::string_view name : kFiles) {
    if (name != call.path[1]) continue;
    POME_TRY(std::optional<std::string> content, plane.store.run_blob(row.id, name));
    if (!content) break;
    http::Response response{200, {{"content-type", std::string(content_type(name))}}, *std::move(content)};
    response.headers.add("x-content-type-options", "nosniff");
    return response;
  }
  return fail(kNotFound,
              text::cat("This run has no file of this name. Its files are listed at /v1/runs/", row.id, '.'));
}

}  // namespace pome::control
