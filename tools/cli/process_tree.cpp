#include "tools/cli/process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/text.h"

namespace pome::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kKillLimit{500};
constexpr std::chrono::milliseconds kKillPause{2};

/// The parent of a living process. Nothing for a zombie or a process that is gone.
std::optional<pid_t> parent_of(std::string_view pid) {
  const std::string path = text::cat("/proc/", pid, "/stat");
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::array<char, 512> buffer;
  const ssize_t count = read(fd, buffer.data(), buffer.size());
  close(fd);
  if (count <= 0) return std::nullopt;
  // "pid (name) state ppid ...": the name may hold anything, so the fields start after the last parenthesis.
  const std::string_view stat(buffer.data(), static_cast<std::size_t>(count));
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string_view::npos || name_end + 4 >= stat.size()) return std::nullopt;
  const char state = stat[name_end + 2];
  if (state == 'Z' || state == 'X') return std::nullopt;
  const std::string_view rest = stat.substr(name_end + 4);
  const auto parent = text::to_integer(rest.substr(0, rest.find(' ')));
  if (!parent) return std::nullopt;
  return static_cast<pid_t>(*parent);
}

void reap_all() {
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

}  // namespace

std::vector<pid_t> descendants() {
  std::multimap<pid_t, pid_t> children;
  const auto close_folder = [](DIR* folder) { closedir(folder); };
  const std::unique_ptr<DIR, decltype(close_folder)> folder(opendir("/proc"), close_folder);
  if (!folder) return {};
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    const auto pid = text::is_digit(name[0]) ? text::to_integer(name) : std::nullopt;
    if (!pid) continue;
    if (const auto parent = parent_of(name)) children.emplace(*parent, static_cast<pid_t>(*pid));
  }
  std::vector<pid_t> found = {getpid()};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [begin, end] = children.equal_range(found[i]);
    for (auto child = begin; child != end; ++child) found.push_back(child->second);
  }
  found.erase(found.begin());
  return found;
}

std::size_t kill_descendants() {
  std::set<pid_t> seen;
  const auto until = Clock::now() + kKillLimit;
  reap_all();
  for (auto alive = descendants(); !alive.empty(); alive = descendants()) {
    for (const pid_t pid : alive) kill(pid, SIGKILL);
    seen.insert(alive.begin(), alive.end());
    if (Clock::now() >= until) break;
    std::this_thread::sleep_for(kKillPause);
    reap_all();
  }
  return seen.size();
}

}  // namespace pome::cli
