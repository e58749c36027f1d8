#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/control/plane.h"

namespace pome::control {

using Handler = Result<http::Response> (*)(Plane& plane, Call& call);

enum class Access { open, owner };
enum class Body { none, json, document };  ///< document: up to the upload limit, not parsed before the handler

struct Route {
  std::string_view method;
  std::string_view path;  ///< `{}` stands for one segment
  Handler handler = nullptr;
  Access access = Access::owner;
  Body body = Body::none;
  std::size_t max_body = std::size_t{64} << 10;  ///< bytes; 413 beyond
};

struct Match {
  const Route* route = nullptr;
  std::vector<std::string> path;
  std::string allow;  ///< methods of the path when only the method did not match
};
Match find_route(std::string_view method, std::string_view path);

// The handlers, by file.
Result<http::Response> create_session(Plane& plane, Call& call);  // session_create.cpp
Result<http::Response> list_sessions(Plane& plane, Call& call);   // sessions.cpp
Result<http::Response> get_session(Plane& plane, Call& call);
Result<http::Response> delete_session(Plane& plane, Call& call);
Result<http::Response> abandon_session(Plane& plane, Call& call);
Result<http::Response> reset_session(Plane& plane, Call& call);
Result<http::Response> session_state(Plane& plane, Call& call);
Result<http::Response> session_initial_state(Plane& plane, Call& call);
Result<http::Response> session_events(Plane& plane, Call& call);
Result<http::Response> events_upload_url(Plane& plane, Call& call);  // uploads.cpp
Result<http::Response> state_upload_url(Plane& plane, Call& call);
Result<http::Response> signals_upload_url(Plane& plane, Call& call);
Result<http::Response> meta_upload_url(Plane& plane, Call& call);
Result<http::Response> upload(Plane& plane, Call& call);
Result<http::Response> finish_session(Plane& plane, Call& call);  // results.cpp
Result<http::Response> list_runs(Plane& plane, Call& call);       // runs.cpp
Result<http::Response> get_run(Plane& plane, Call& call);
Result<http::Response> get_run_file(Plane& plane, Call& call);
Result<http::Response> me(Plane& plane, Call& call);  // account.cpp
Result<http::Response> usage(Plane& plane, Call& call);
Result<http::Response> list_keys(Plane& plane, Call& call);  // keys.cpp
Result<http::Response> create_key(Plane& plane, Call& call);
Result<http::Response> delete_key(Plane& plane, Call& call);
Result<http::Response> approve_login(Plane& plane, Call& call);  // login.cpp
Result<http::Response> exchange_login(Plane& plane, Call& call);
Result<http::Response> sign_in(Plane& plane, Call& call);

}  // namespace pome::control
