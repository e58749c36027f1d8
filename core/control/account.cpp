#include <optional>

#include "core/base/json_writer.h"
#include "core/base/time.h"
#include "core/control/router.h"

namespace pome::control {

Result<http::Response> me(Plane&, Call& call) {
  const Principal& principal = call.principal;
  std::string body;
  JsonWriter out(body);
  out.begin_object().key("user").begin_object().field("id", "usr_local").null_field("email").end_object();
  out.key("team").begin_object().field("id", principal.team.id).field("slug", principal.team.slug);
  out.field("plan_tier", principal.team.plan_tier).end_object().key("api_key");
  if (principal.key) {
    out.begin_object().field("id", principal.key->id).field("name", principal.key->name).end_object();
  } else {
    out.null();
  }
  out.end_object();
  return http::json_response(200, std::move(body));
}

Result<http::Response> usage(Plane& plane, Call& call) {
  const Team& team = call.principal.team;
  const std::int64_t start = month_start(call.now);
  POME_TRY(const std::int64_t used, plane.store.sessions_created_since(team.id, start));
  std::optional<std::int64_t> quota;
  std::optional<std::int64_t> remaining;
  if (team.monthly_quota > 0) {
    quota = team.monthly_quota;
    remaining = used < team.monthly_quota ? team.monthly_quota - used : 0;
  }
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("period_start", time::iso8601(start));
  out.field("period_end", time::iso8601(next_month_start(call.now))).field("sessions_used", used);
  out.field("sessions_quota", quota).field("sessions_remaining", remaining);
  out.field("plan_tier", team.plan_tier).end_object();
  return http::json_response(200, std::move(body));
}

}  // namespace pome::control
