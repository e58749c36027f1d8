#pragma once

namespace pome::cli {

/// Ctrl-C and friends (SIGINT, SIGTERM, SIGHUP) as a count and a readable descriptor, so that a run can tidy up first.
/// Installed while at least one object lives. The first asks for an end, the second for a quicker one, the third acts
/// as if nobody listened. SIGPIPE is ignored meanwhile: a reader of our output that goes away must not end a run half
/// way.
class InterruptScope {
 public:
  InterruptScope();
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;
};

/// Signals since the outermost scope began; 0 outside every scope.
int interrupt_count();
inline bool interrupted() { return interrupt_count() > 0; }
/// Readable (poll: POLLIN) once a signal has arrived; -1 outside every scope. Never read from it.
int interrupt_fd();

}  // namespace pome::cli
