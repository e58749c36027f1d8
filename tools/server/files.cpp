#include "tools/server/files.h"

#include <fcntl.h>
#include <sys/file.h>
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

Result<void> write_new_file(const std::string& path, std::string_view content, unsigned mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode));
  if (file < 0) {
    if (errno == EEXIST) return fail("file-exists", text::cat(path, " exists already."), path);
    return write_error(path);
  }
  const bool written = write_all(file, content) && ::fsync(file) == 0;
  if (::close(file) != 0 || !written) {
    const pome::Error error = write_error(path);
    ::unlink(path.c_str());
    return error;
  }
  return {};
}

Result<void> sync_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return write_error(path);
  const bool synced = ::fsync(folder) == 0;
  ::close(folder);
  if (!synced) return write_error(path);
  return {};
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

Result<void> FileLock::open(const std::string& path) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) return write_error(path);
  shared();
  return {};
}

bool FileLock::try_exclusive() {
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return true;
  shared();  // a failed conversion gives the shared lock up, too
  return false;
}

void FileLock::shared() {
  while (::flock(file_, LOCK_SH) != 0 && errno == EINTR) {
  }
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
