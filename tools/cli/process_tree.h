#pragma once
#include <sys/types.h>
#include <cstddef>
#include <vector>

namespace pome::cli {

/// Every living process below this one, children first, as /proc shows them now.
std::vector<pid_t> descendants();

/// Kills (SIGKILL) and reaps everything below this process, again and again until nothing is left or a short time
/// limit is over. Answers how many processes were found alive. The caller must be their subreaper (prctl).
std::size_t kill_descendants();

}  // namespace pome::cli
