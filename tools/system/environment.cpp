#include "tools/system/environment.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <sys/random.h>

namespace pome::system {

std::int64_t SystemEnvironment::now_millis() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::int64_t SystemEnvironment::monotonic_micros() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::string SystemEnvironment::random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t filled = 0; filled < count;) {
    const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      std::fputs("pome: the system's random source failed\n", stderr);
      std::abort();
    }
  }
  return bytes;
}

}  // namespace pome::system
