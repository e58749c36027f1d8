#include "tools/server/front_door.h"

#include "core/base/hash.h"
#include "core/http/cors.h"

namespace pome::server {
namespace {

constexpr std::string_view kTwins = "/s/";

std::string_view sid_of(std::string_view path) {
  path.remove_prefix(kTwins.size());
  return path.substr(0, path.find('/'));
}

http::Response no_such_session(const http::Request& request) {
  if (std::optional<http::Response> preflight = http::cors_preflight(request)) return *std::move(preflight);
  http::Response response = http::json_response(
      404,
      R"({"message":"This session does not exist or has ended. Create one with POST /v1/sessions.","status":"404"})");
  http::add_cors(request.headers.has("origin"), response);
  return response;
}

}  // namespace

std::mutex& FrontDoor::mutex_of(std::string_view sid) {
  return sessions_[static_cast<std::size_t>(hash::fast64(sid) % kStripes)];
}

control::SessionLock FrontDoor::session_lock() {
  return [this](std::string_view sid, const std::function<void()>& work) {
    const std::lock_guard lock(mutex_of(sid));
    work();
  };
}

http::Response FrontDoor::handle(http::Request request, const Peer&) {
  const std::string_view path = request.path;
  if (path.starts_with(kTwins)) return twin_request(std::move(request));
  if (path.starts_with("/v1/") || path == "/signin") {
    const std::lock_guard lock(control_);
    return plane_->handle(request);
  }
  http::Response response = path == "/healthz" ? http::json_response(200, R"({"ok":true})") : files_.handle(request);
  // The page is for its own origin alone; that an address is wrong may be known to all.
  if (path == "/healthz" || response.status >= 400) http::add_cors(request.headers.has("origin"), response);
  return response;
}

http::Response FrontDoor::twin_request(http::Request request) {
  const std::string sid(sid_of(request.path));
  std::shared_ptr<twin::Session> session;
  {
    const std::lock_guard lock(control_);
    session = plane_->twin_session(sid);
  }
  if (!session) return no_such_session(request);
  const std::lock_guard lock(mutex_of(sid));
  return session->handle(std::move(request));
}

void FrontDoor::reap() {
  const std::lock_guard lock(control_);
  plane_->reap();
}

}  // namespace pome::server
