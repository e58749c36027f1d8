// The bare server library answering a constant body: what throughput figures are compared with.
#include <csignal>
#include <cstdio>
#include <string>

#include "tools/server/listener.h"

int main() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  auto started = pome::server::Listener::start({}, [](pome::http::Request request, const auto&) {
    return pome::http::json_response(200, std::move(request.path));
  });
  if (!started) return 1;
  std::printf("POME_ECHO_URL=http://127.0.0.1:%d/echo\n", (*started)->port());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  (*started)->stop();
  return 0;
}
