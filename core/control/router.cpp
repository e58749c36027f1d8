#include "core/control/router.h"

#include <array>

#include "core/base/text.h"

namespace pome::control {
namespace {

constexpr std::size_t kScenario = std::size_t{24} << 20;  // a scenario and the largest seed file, with room
constexpr std::size_t kUploadLimit = 0;                   // Config::max_upload_bytes

constexpr std::array kRoutes = {
    Route{"POST", "/v1/sessions", create_session, Access::owner, Body::json, kScenario},
    Route{"GET", "/v1/sessions", list_sessions},
    Route{"GET", "/v1/sessions/{}", get_session},
    Route{"DELETE", "/v1/sessions/{}", delete_session},
    Route{"POST", "/v1/sessions/{}/reset", reset_session, Access::owner, Body::json},
    Route{"GET", "/v1/sessions/{}/state", session_state},
    Route{"GET", "/v1/sessions/{}/initial-state", session_initial_state},
    Route{"GET", "/v1/sessions/{}/events", session_events},
    Route{"POST", "/v1/sessions/{}/result-upload-url", events_upload_url, Access::owner, Body::json},
    Route{"POST", "/v1/sessions/{}/state-upload-url", state_upload_url, Access::owner, Body::json},
    Route{"POST", "/v1/sessions/{}/signals-upload-url", signals_upload_url, Access::owner, Body::json},
    Route{"POST", "/v1/sessions/{}/meta-upload-url", meta_upload_url, Access::owner, Body::json},
    Route{"PUT", "/v1/uploads/{}", upload, Access::open, Body::document, kUploadLimit},
    Route{"POST", "/v1/sessions/{}/result", finish_session, Access::owner, Body::json, kUploadLimit},
    Route{"POST", "/v1/sessions/{}/finalize", finish_session, Access::owner, Body::json, kUploadLimit},
    Route{"POST", "/v1/sessions/{}/abandon", abandon_session, Access::owner, Body::json},
    Route{"GET", "/v1/runs", list_runs},
    Route{"GET", "/v1/runs/{}", get_run},
    Route{"GET", "/v1/runs/{}/files/{}", get_run_file},
    Route{"GET", "/v1/me", me},
    Route{"GET", "/v1/usage", usage},
    Route{"GET", "/v1/keys", list_keys},
    Route{"POST", "/v1/keys", create_key, Access::owner, Body::json},
    Route{"DELETE", "/v1/keys/{}", delete_key},
    Route{"POST", "/v1/auth/cli/approve", approve_login, Access::owner, Body::json},
    Route{"POST", "/v1/auth/cli/exchange", exchange_login, Access::open, Body::json},
    Route{"GET", "/signin", sign_in, Access::open},
};

bool matches(std::string_view pattern, const std::vector<std::string>& segments, std::vector<std::string>& values) {
  const std::vector<std::string_view> wanted = text::split(pattern.substr(1), '/');
  if (wanted.size() != segments.size()) return false;
  values.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "{}") {
      values.push_back(segments[i]);
    } else if (wanted[i] != segments[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace

Match find_route(std::string_view method, std::string_view path) {
  if (method == "HEAD") method = "GET";
  const std::vector<std::string> segments = http::path_segments(path);
  Match match;
  for (const Route& route : kRoutes) {
    std::vector<std::string> values;
    if (!matches(route.path, segments, values)) continue;
    if (route.method == method) return Match{&route, std::move(values), {}};
    match.allow += text::cat(match.allow.empty() ? "" : ", ", route.method);
  }
  return match;
}

}  // namespace pome::control
