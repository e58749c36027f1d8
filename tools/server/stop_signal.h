#pragma once
#include <csignal>
#include <functional>

namespace pome::server {

/// SIGINT and SIGTERM as something to wait for. Made on the main thread before other threads start, so that they
/// inherit the blocked signals. SIGPIPE is ignored: a client that goes away is an error value.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  /// Returns when one arrives; meanwhile calls `tick` every `seconds`. A second signal ends the process at once.
  void wait(int seconds, const std::function<void()>& tick);

 private:
  sigset_t signals_;
  sigset_t previous_;
};

}  // namespace pome::server
