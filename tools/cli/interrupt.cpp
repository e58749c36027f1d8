#include "tools/cli/interrupt.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>

namespace pome::cli {
namespace {

// A signal handler can reach nothing but static storage.
constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};
constexpr int kLastCount = 3;
std::atomic<int> g_count = 0;
std::atomic<int> g_write_end = -1;
int g_read_end = -1;
int g_scopes = 0;
std::array<struct sigaction, kSignals.size()> g_previous;
struct sigaction g_previous_pipe;

void on_signal(int number) {
  if (++g_count >= kLastCount) {
    signal(number, SIG_DFL);
    raise(number);  // takes effect when this handler returns
    return;
  }
  const char byte = 1;
  const ssize_t ignored = write(g_write_end, &byte, 1);
  static_cast<void>(ignored);
}

}  // namespace

InterruptScope::InterruptScope() {
  if (g_scopes++ > 0) return;
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
    g_read_end = ends[0];
    g_write_end = ends[1];
  }
  g_count = 0;
  struct sigaction action = {};
  sigemptyset(&action.sa_mask);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, &g_previous_pipe);
  action.sa_handler = on_signal;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &g_previous[i]);
    if (g_previous[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);  // nohup stays in force
  }
}

InterruptScope::~InterruptScope() {
  if (--g_scopes > 0) return;
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &g_previous[i], nullptr);
  sigaction(SIGPIPE, &g_previous_pipe, nullptr);
  const int write_end = g_write_end.exchange(-1);
  if (write_end >= 0) close(write_end);
  if (g_read_end >= 0) close(g_read_end);
  g_read_end = -1;
  g_count = 0;
}

int interrupt_count() { return g_count; }
int interrupt_fd() { return g_read_end; }

}  // namespace pome::cli
