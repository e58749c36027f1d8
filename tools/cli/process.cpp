#include "tools/cli/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/text.h"
#include "tools/cli/capture.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/process_tree.h"

namespace pome::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTick{100};
constexpr milliseconds kDrain{200};  // for output still in the pipes once every process is gone
constexpr std::size_t kReadBytes = 1 << 16;
constexpr int kMaxReads = 32;
constexpr int kPipeBytes = 1 << 20;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }

  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

/// One captured stream: our end of the pipe and what came through it.
struct Stream {
  explicit Stream(std::size_t max_bytes) : text(max_bytes) {}

  /// Reads what is there, but not for ever from a writer that never pauses. Closes at end of file.
  void drain() {
    std::array<char, kReadBytes> buffer;
    for (int reads = 0; pipe.open() && reads < kMaxReads; ++reads) {
      const ssize_t count = read(pipe.get(), buffer.data(), buffer.size());
      if (count > 0) {
        text.append({buffer.data(), static_cast<std::size_t>(count)});
        if (static_cast<std::size_t>(count) < buffer.size()) return;
      } else if (count < 0 && errno == EINTR) {
        continue;
      } else {
        if (count == 0 || errno != EAGAIN) pipe.reset();
        return;
      }
    }
  }

  Descriptor pipe;
  CappedText text;
};

/// The NULL-terminated pointer array that exec wants.
std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

/// Opens the stream's pipe and answers the writing end, or -1.
int open_pipe(Stream& stream) {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return -1;
  stream.pipe = Descriptor(ends[0]);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  fcntl(ends[0], F_SETPIPE_SZ, kPipeBytes);  // fewer wake-ups; a refusal changes nothing
  return ends[1];
}

/// How the child starts: its standard streams, its directory, its group, no signal blocked or ignored, nothing open.
class SpawnSettings {
 public:
  SpawnSettings(int out, int err, const ProcessSpec& spec) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, spec.stdin_file.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    const std::string& directory = spec.working_directory;
    if (!directory.empty()) posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

class Run {
 public:
  explicit Run(const ProcessSpec& spec) : spec_(spec), out_(spec.max_output_bytes), err_(spec.max_output_bytes) {}

  Result<ProcessResult> operator()() {
    prctl(PR_SET_CHILD_SUBREAPER, 1);  // orphans of the agent become our children, so that they can be found
    POME_CHECK(start());
    started_ = Clock::now();
    wait_for_end();
    result_.duration = std::chrono::duration_cast<milliseconds>(Clock::now() - started_);
    if (!spec_.tidies_up) result_.strays = kill_descendants();
    drain_rest();
    result_.stdout_text = out_.text.text();
    result_.stderr_text = err_.text.text();
    result_.output_truncated = out_.text.truncated() || err_.text.truncated();
    return std::move(result_);
  }

 private:
  Result<void> start();
  void wait_for_end();
  void poll_once(milliseconds limit);
  bool reap();
  void stop_group(int signal_number, ProcessEnd end);
  void drain_rest();

  const ProcessSpec& spec_;
  Stream out_;
  Stream err_;
  Descriptor child_;  // a pidfd; closed when the kernel has none
  pid_t pid_ = -1;
  bool ended_ = false;
  int seen_interrupts_ = 0;
  Clock::time_point started_;
  ProcessResult result_;
};

Result<void> Run::start() {
  const Descriptor out(open_pipe(out_));
  const Descriptor err(open_pipe(err_));
  if (!out.open() || !err.open()) {
    return fail("agent-not-started", text::cat("The agent's output cannot be captured: ", std::strerror(errno), "."));
  }
  const SpawnSettings settings(out.get(), err.get(), spec_);
  std::vector<std::string> variables;
  for (const auto& [name, value] : spec_.environment) variables.push_back(text::cat(name, "=", value));
  const int error = posix_spawnp(&pid_, spec_.argv[0].c_str(), &settings.actions, &settings.attributes,
                                 pointers(spec_.argv).data(), pointers(variables).data());
  if (error != 0) {
    return fail("agent-not-started",
                text::cat("The agent command \"", spec_.argv[0], "\" cannot be started: ", std::strerror(error), "."));
  }
  child_ = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
  return {};
}

/// Whether the program has ended; its exit status is in the result then.
bool Run::reap() {
  int status = 0;
  if (ended_ || waitpid(pid_, &status, WNOHANG) != pid_) return ended_;
  ended_ = true;
  if (result_.end == ProcessEnd::exited) {
    if (WIFSIGNALED(status)) {
      result_.end = ProcessEnd::signalled;
      result_.signal = WTERMSIG(status);
    } else {
      result_.exit_code = WEXITSTATUS(status);
    }
  }
  return true;
}

void Run::poll_once(milliseconds limit) {
  const int interrupt = result_.end == ProcessEnd::exited ? interrupt_fd() : -1;
  std::array<pollfd, 4> fds = {
      {{child_.get(), POLLIN, 0}, {out_.pipe.get(), POLLIN, 0}, {err_.pipe.get(), POLLIN, 0}, {interrupt, POLLIN, 0}}};
  if (!child_.open()) limit = std::min(limit, milliseconds(10));
  poll(fds.data(), fds.size(), static_cast<int>(std::max(limit, milliseconds(0)).count()));
  out_.drain();
  err_.drain();
}

void Run::stop_group(int signal_number, ProcessEnd end) {
  result_.end = end;
  kill(-pid_, signal_number);
  kill(-pid_, SIGCONT);  // a stopped process would not see it
}

void Run::wait_for_end() {
  const auto deadline = started_ + spec_.timeout;
  auto kill_at = Clock::time_point::max();
  auto next_tick = started_;
  while (!reap()) {
    const auto now = Clock::now();
    if (now >= kill_at) {
      kill(-pid_, SIGKILL);
      kill(pid_, SIGKILL);
      kill_at = Clock::time_point::max();
    } else if (result_.end == ProcessEnd::exited && interrupted()) {
      stop_group(SIGINT, ProcessEnd::interrupted);
      seen_interrupts_ = 1;
      kill_at = now + spec_.grace;
    } else if (result_.end == ProcessEnd::exited && now >= deadline) {
      stop_group(SIGTERM, ProcessEnd::timed_out);
      kill_at = now + spec_.grace;
    } else if (result_.end == ProcessEnd::interrupted && interrupt_count() > seen_interrupts_) {
      ++seen_interrupts_;
      if (spec_.tidies_up) stop_group(SIGINT, ProcessEnd::interrupted);
      kill_at = spec_.tidies_up ? now + spec_.grace : now;  // asked again: no more grace for strangers
    }
    if (now >= next_tick) {
      if (spec_.on_tick) spec_.on_tick();
      next_tick = now + kTick;
    }
    const auto wake = std::min({next_tick, kill_at, result_.end == ProcessEnd::exited ? deadline : next_tick});
    // Rounded up, so that the loop does not spin through the last millisecond.
    poll_once(std::chrono::ceil<milliseconds>(wake - Clock::now()));
  }
}

void Run::drain_rest() {
  const auto until = Clock::now() + kDrain;
  out_.drain();
  err_.drain();
  while ((out_.pipe.open() || err_.pipe.open()) && Clock::now() < until) poll_once(milliseconds(20));
}

}  // namespace

Result<ProcessResult> run_process(const ProcessSpec& spec) {
  if (spec.argv.empty()) return fail("agent-not-started", "The agent command is empty.");
  return Run(spec)();
}

std::string describe(const ProcessResult& result) {
  switch (result.end) {
    case ProcessEnd::exited:
      return text::cat("exited with code ", result.exit_code);
    case ProcessEnd::signalled:
      return text::cat("was ended by signal ", result.signal, " (", strsignal(result.signal), ")");
    case ProcessEnd::timed_out:
      return "ran out of time";
    case ProcessEnd::interrupted:
      return "was interrupted";
  }
  return {};
}

}  // namespace pome::cli
