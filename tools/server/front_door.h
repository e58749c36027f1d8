#pragma once
#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "core/control/control_plane.h"
#include "core/http/message.h"
#include "tools/server/listener.h"
#include "tools/server/static_files.h"

namespace pome::server {

/// What `pome serve` answers on its one port: twin sessions under /s/{sid}, the control plane under /v1 and /signin,
/// /healthz, and the page everywhere else. Any number of threads may call handle(): the control plane takes one request
/// at a time, a session takes one request at a time, and sessions run beside each other and beside the control plane.
class FrontDoor {
 public:
  explicit FrontDoor(std::string web_folder) : files_(std::move(web_folder)) {}

  /// For control::Config: keeps the control plane and a session's own requests apart.
  control::SessionLock session_lock();
  /// Before the first request; `plane` must outlive the last one.
  void attach(control::ControlPlane& plane) { plane_ = &plane; }

  http::Response handle(http::Request request, const Peer& peer);
  void reap();

 private:
  http::Response twin_request(http::Request request);
  std::mutex& mutex_of(std::string_view sid);

  static constexpr std::size_t kStripes = 256;

  StaticFiles files_;
  control::ControlPlane* plane_ = nullptr;
  std::mutex control_;  // taken before a session's, never after it
  std::array<std::mutex, kStripes> sessions_;
};

}  // namespace pome::server
