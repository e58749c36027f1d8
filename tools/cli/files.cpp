#include "tools/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/text.h"

namespace pome::cli {
namespace {

namespace fs = std::filesystem;

Error file_error(std::string_view what, const std::string& path) {
  return fail("file", text::cat(what, " ", path, ": ", std::strerror(errno), "."), path);
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

bool is_file(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return fail("no-file", text::cat("There is no file ", path, "."), path);
  if (fd < 0) return file_error("Cannot read", path);
  std::string content;
  std::array<char, 1 << 16> buffer;
  ssize_t count = 0;
  while ((count = read(fd, buffer.data(), buffer.size())) != 0) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > max_bytes) break;
  }
  const Error error = file_error("Cannot read", path);
  close(fd);
  if (count < 0) return error;
  if (content.size() > max_bytes) {
    return fail("file", text::cat(path, " is larger than the ", max_bytes >> 10U, " KiB allowed."), path);
  }
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  std::string temporary = path + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  if (fd < 0) return file_error("Cannot write", path);
  const bool written = write_all(fd, content) && fsync(fd) == 0;
  const int write_errno = errno;
  close(fd);
  if (written && rename(temporary.c_str(), path.c_str()) == 0) return {};
  if (!written) errno = write_errno;
  const Error error = file_error("Cannot write", path);
  unlink(temporary.c_str());
  return error;
}

Result<void> make_folder(const std::string& path) {
  if (path.empty() || is_folder(path)) return {};
  const std::string parent = fs::path(path).parent_path().string();
  if (parent != path) POME_CHECK(make_folder(parent));
  if (mkdir(path.c_str(), 0700) != 0 && !is_folder(path)) return file_error("Cannot create the folder", path);
  return {};
}

Result<void> remove_file(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) return file_error("Cannot remove", path);
  return {};
}

std::string absolute_path(const std::string& path) {
  std::error_code ignored;
  const fs::path absolute = fs::absolute(path, ignored).lexically_normal();
  return absolute.empty() ? path : absolute.string();
}

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty()) return std::string(name);
  return text::cat(folder, folder.ends_with('/') ? "" : "/", name);
}

std::string program_folder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path().string();
}

Result<ScratchFolder> ScratchFolder::create() {
  const char* base = std::getenv("TMPDIR");
  std::string path = join_path(base != nullptr && *base != '\0' ? base : "/tmp", "pome-XXXXXX");
  if (mkdtemp(path.data()) == nullptr) return file_error("Cannot create a scratch folder at", path);
  return ScratchFolder(std::move(path));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace pome::cli
