#include "core/control/uploads.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/control/router.h"
#include "core/control/signed_value.h"

namespace pome::control {
namespace {

constexpr std::string_view kPurpose = "upload";

void write_target(JsonWriter& out, const Plane& plane, const Live& session, std::string_view name) {
  const std::string token =
      sign_value(kPurpose, text::cat(session.row.id, '/', name), session.row.expires_at, plane.config.signing_secret);
  out.begin_object().field("url", text::cat(plane.config.public_url, "/v1/uploads/", token));
  out.field("key", upload_key(session.row.id, name)).end_object();
}

Result<http::Response> one_target(Plane& plane, const Call& call, std::string_view name) {
  POME_TRY(Live * session, own_live_session(plane, call));
  std::string body;
  JsonWriter out(body);
  write_target(out, plane, *session, name);
  return http::json_response(200, std::move(body));
}

}  // namespace

std::string upload_key(std::string_view sid, std::string_view name) { return text::cat("sessions/", sid, '/', name); }

Result<http::Response> events_upload_url(Plane& plane, Call& call) { return one_target(plane, call, kEvents); }
Result<http::Response> signals_upload_url(Plane& plane, Call& call) { return one_target(plane, call, kSignals); }
Result<http::Response> meta_upload_url(Plane& plane, Call& call) { return one_target(plane, call, kMeta); }

Result<http::Response> state_upload_url(Plane& plane, Call& call) {
  POME_TRY(Live * session, own_live_session(plane, call));
  std::string body;
  JsonWriter out(body);
  out.begin_object().key("state_initial");
  write_target(out, plane, *session, kStateInitial);
  out.key("state_final");
  write_target(out, plane, *session, kStateFinal);
  out.end_object();
  return http::json_response(200, std::move(body));
}

Result<http::Response> upload(Plane& plane, Call& call) {
  const std::optional<std::string> target = open_value(kPurpose, call.path[0], call.now, plane.config.signing_secret);
  if (!target) return fail(kForbidden, "This upload URL is not valid any more. Ask for a new one.");
  const std::size_t slash = target->find('/');
  const auto found = plane.live.find(std::string_view(*target).substr(0, slash));
  if (found == plane.live.end()) return fail(kSessionExpired, "The session of this upload URL is over.");
  if (found->second.row.state == "done") return fail(kConflict, "The run of this session is stored already.");
  const std::string name = target->substr(slash + 1);
  found->second.uploads.insert_or_assign(name, call.request.body);
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("key", upload_key(found->first, name)).field("size", call.request.body.size()).end_object();
  return http::json_response(200, std::move(body));
}

}  // namespace pome::control
