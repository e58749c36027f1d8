#pragma once

namespace pome::cli {

/// Ctrl-C and friends (SIGINT, SIGTERM, SIGHUP) as a flag and a readable descriptor, so that a run can tidy up first.
/// Installed while at least one object lives. The second signal of a kind acts as if nobody listened.
class InterruptScope {
 public:
  InterruptScope();
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;
};

/// Whether a signal has arrived since the outermost scope began; false outside every scope.
bool interrupted();
/// The signal's number, 0 before any.
int interrupt_signal();
/// Readable (poll: POLLIN) once a signal has arrived; -1 outside every scope. Never read from it.
int interrupt_fd();

}  // namespace pome::cli
