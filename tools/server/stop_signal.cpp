#include "tools/server/stop_signal.h"

#include <cerrno>

namespace pome::server {

StopSignal::StopSignal() {
  std::signal(SIGPIPE, SIG_IGN);
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &previous_);
}

StopSignal::~StopSignal() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

void StopSignal::wait(int seconds, const std::function<void()>& tick) {
  const timespec interval{.tv_sec = seconds, .tv_nsec = 0};
  for (;;) {
    if (sigtimedwait(&signals_, nullptr, &interval) > 0) break;
    if (errno == EAGAIN) tick();
  }
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

}  // namespace pome::server
