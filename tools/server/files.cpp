#include "tools/server/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/base/text.h"

namespace pome::server {
namespace {

pome::Error write_error(const std::string& path) {
  return fail("file-write", text::cat("Cannot write ", path, ": ", std::strerror(errno), "."), path);
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream content;
  content << file.rdbuf();
  if (file.bad()) return std::nullopt;
  return content.str();
}

Result<void> write_file_atomically(const std::string& path, std::string_view content, unsigned mode) {
  const std::string temporary = text::cat(path, ".", static_cast<std::int64_t>(::getpid()), ".tmp");
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, static_cast<mode_t>(mode));
  if (file < 0) return write_error(path);
  const bool written = write_all(file, content) && ::fsync(file) == 0;
  if (::close(file) != 0 || !written || std::rename(temporary.c_str(), path.c_str()) != 0) {
    const pome::Error error = write_error(path);
    ::unlink(temporary.c_str());
    return error;
  }
  return {};
}

Result<void> make_folder(const std::string& path, unsigned mode) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const std::string part = path.substr(0, at);
    if (::mkdir(part.c_str(), static_cast<mode_t>(mode)) != 0 && errno != EEXIST) return write_error(part);
    if (at == std::string::npos) break;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    errno = ENOTDIR;
    return write_error(path);
  }
  return {};
}

}  // namespace pome::server
