#include <string>
#include <utility>

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/control/array_response.h"
#include "core/control/router.h"

namespace pome::control {
namespace {

constexpr std::int64_t kDefaultLimit = 50;
constexpr std::int64_t kMaxLimit = 200;
constexpr std::size_t kMaxErrorCode = 64;

bool is_open(std::string_view state) { return state == "provisioning" || state == "ready" || state == "running"; }

/// The state as it is now: time and a restart of the server end sessions without anyone writing it down.
void refresh(const Plane& plane, SessionRow& row, std::int64_t now) {
  const auto found = plane.live.find(row.id);
  if (found == plane.live.end() || row.expires_at <= now) {
    if (is_open(row.state)) row.state = "expired";
    return;
  }
  if (row.state == "ready" && found->second.twin->calls() > 0) row.state = "running";
}

void write_session(JsonWriter& out, const Plane& plane, const SessionRow& row, std::int64_t now) {
  const bool running = plane.live.contains(row.id) && row.expires_at > now;
  out.begin_object().field("id", row.id).field("session_id", row.id).field("team_id", row.team_id);
  out.field("twin_type", "github").key("twins").begin_array().value("github").end_array();
  out.field("state", row.state).key("twin_url");
  running ? out.value(text::cat(plane.config.public_url, "/s/", row.id)) : out.null();
  out.field("created_at", time::iso8601(row.created_at)).field("ready_at", time::iso8601(row.created_at));
  out.field("expires_at", time::iso8601(row.expires_at)).key("closed_at");
  row.closed_at ? out.value(time::iso8601(*row.closed_at)) : out.null();
  if (row.state == "expired") out.field("expired_reason", row.expires_at <= now ? "ttl" : "server_restarted");
  out.end_object();
}

/// A document of the running twin, read under the session's lock.
template <class Read>
Result<http::Response> twin_document(Plane& plane, const Call& call, Read read) {
  POME_TRY(Live * session, own_live_session(plane, call));
  std::string body;
  plane.with_twin(*session, [&](twin::Session& twin) { body = read(twin); });
  return http::json_response(200, std::move(body));
}

}  // namespace

Result<SessionRow> own_session(Plane& plane, const Call& call) {
  const auto found = plane.live.find(call.path[0]);
  std::optional<SessionRow> row;
  if (found != plane.live.end()) {
    row = found->second.row;
  } else {
    POME_TRY(row, plane.store.session(call.path[0]));
  }
  if (!row || row->team_id != call.principal.team.id) return fail(kNotFound, "Your team has no session with this id.");
  refresh(plane, *row, call.now);
  return *std::move(row);
}

Result<Live*> own_live_session(Plane& plane, const Call& call) {
  const auto found = plane.live.find(call.path[0]);
  const bool running = found != plane.live.end() && found->second.row.team_id == call.principal.team.id &&
                       found->second.row.expires_at > call.now;
  if (running) return &found->second;
  POME_TRY(const SessionRow row, own_session(plane, call));
  if (row.state == "expired") return fail(kSessionExpired, "This session is past its time. Make a new one.");
  return fail(kConflict, text::cat("This session is over (", row.state, "). Make a new one."));
}

Result<void> close_session(Plane& plane, std::string_view sid, std::string_view final_state, std::int64_t at) {
  const auto found = plane.live.find(sid);
  if (found == plane.live.end()) return {};
  SessionRow row = found->second.row;
  if (is_open(row.state)) row.state = std::string(final_state);
  row.closed_at = at;
  POME_CHECK(plane.store.put_session(row));
  plane.live.erase(found);
  return {};
}

Result<std::size_t> limit_of(const Call& call) {
  const http::Query query(call.request.query);
  const auto asked = query.get("limit");
  if (!asked) return static_cast<std::size_t>(kDefaultLimit);
  const std::optional<std::int64_t> limit = text::to_integer(*asked);
  if (!limit || *limit < 1) return invalid("limit", "\"limit\" has to be a whole number from 1 to 200.");
  return static_cast<std::size_t>(*limit < kMaxLimit ? *limit : kMaxLimit);
}

Result<http::Response> list_sessions(Plane& plane, Call& call) {
  POME_TRY(const std::size_t limit, limit_of(call));
  POME_TRY(std::vector<SessionRow> rows, plane.store.sessions(call.principal.team.id, limit));
  return array_response(rows, [&](JsonWriter& out, SessionRow& row) {
    refresh(plane, row, call.now);
    write_session(out, plane, row, call.now);
  });
}

Result<http::Response> get_session(Plane& plane, Call& call) {
  POME_TRY(const SessionRow row, own_session(plane, call));
  std::string body;
  JsonWriter out(body);
  write_session(out, plane, row, call.now);
  return http::json_response(200, std::move(body));
}

Result<http::Response> delete_session(Plane& plane, Call& call) {
  POME_TRY(const SessionRow row, own_session(plane, call));
  POME_CHECK(close_session(plane, row.id, row.state == "expired" ? "expired" : "done", call.now));
  return http::Response{204, {}, {}};
}

Result<http::Response> abandon_session(Plane& plane, Call& call) {
  POME_TRY(const SessionRow row, own_session(plane, call));
  const std::string_view code = json::string_at(call.body, "error_code").value_or("");
  if (code.empty() || code.size() > kMaxErrorCode) {
    return invalid("error_code", "\"error_code\" has to say why, in at most 64 bytes.");
  }
  if (!is_open(row.state)) return fail(kConflict, text::cat("This session is over already (", row.state, ")."));
  POME_CHECK(close_session(plane, row.id, "failed", call.now));
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("session_id", row.id).field("state", "failed").field("error_code", code);
  out.field("abandoned", true).end_object();
  return http::json_response(200, std::move(body));
}

Result<http::Response> reset_session(Plane& plane, Call& call) {
  POME_TRY(Live * session, own_live_session(plane, call));
  plane.with_twin(*session, [](twin::Session& twin) { twin.reset(); });
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("session_id", session->row.id).field("reset", true).end_object();
  return http::json_response(200, std::move(body));
}

Result<http::Response> session_state(Plane& plane, Call& call) {
  return twin_document(plane, call, [](const twin::Session& twin) { return twin.state(); });
}

Result<http::Response> session_initial_state(Plane& plane, Call& call) {
  return twin_document(plane, call, [](const twin::Session& twin) { return twin.initial_state(); });
}

Result<http::Response> session_events(Plane& plane, Call& call) {
  return twin_document(plane, call, [](const twin::Session& twin) { return twin.events(); });
}

}  // namespace pome::control
