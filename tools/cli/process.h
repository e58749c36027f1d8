#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

/// Running somebody else's program without trusting it: own process group, nothing inherited but what is listed,
/// bounded output, and an end that comes on time whatever the program and its children do.
namespace pome::cli {

using ProcessEnvironment = std::vector<std::pair<std::string, std::string>>;

struct ProcessSpec {
  std::vector<std::string> argv;   ///< argv[0] is looked up on PATH unless it contains a slash
  ProcessEnvironment environment;  ///< the whole environment; nothing is inherited
  std::string working_directory;   ///< empty: the caller's
  std::string stdin_file = "/dev/null";
  std::chrono::milliseconds timeout{60'000};
  std::chrono::milliseconds grace{1'000};  ///< between SIGTERM and SIGKILL
  bool tidies_up = false;  ///< one of ours: it ends what it starts, so only the program itself is waited for and ended
  std::size_t max_output_bytes = std::size_t{1} << 20;  ///< kept of stdout and of stderr, each
  std::function<void()> on_tick;  ///< called about ten times a second while the program runs; may be empty
};

enum class ProcessEnd { exited, signalled, timed_out, interrupted };

struct ProcessResult {
  ProcessEnd end = ProcessEnd::exited;
  int exit_code = 0;  ///< of an exited program
  int signal = 0;     ///< that ended a signalled one
  std::string stdout_text;
  std::string stderr_text;
  bool output_truncated = false;
  std::size_t strays = 0;  ///< processes it left behind, which were killed
  std::chrono::milliseconds duration{0};

  bool succeeded() const { return end == ProcessEnd::exited && exit_code == 0; }
};

/// Runs a program to its end.
///
/// The run ends when the program ends; processes it left running are killed then, also those that left its process
/// group or ignore SIGTERM, and their hold on the pipes is not waited for. At the timeout or on Ctrl-C
/// (see InterruptScope) the group gets SIGTERM (SIGINT), then after `grace`, or at a second Ctrl-C, everything gets
/// SIGKILL. Fails with `agent-not-started` when the program cannot be executed. The calling process must have no other
/// children: it becomes the reaper of all descendants.
///
/// A program that `tidies_up` may run beside others of its kind, each in a thread of its own. Every Ctrl-C is passed on
/// to it, and `grace` counts from the last.
Result<ProcessResult> run_process(const ProcessSpec& spec);

/// "exited with code 3", "was ended by signal 11 (Segmentation fault)", "ran out of time", "was interrupted".
std::string describe(const ProcessResult& result);

}  // namespace pome::cli
