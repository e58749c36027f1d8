#include "tools/system/files.h"

#include <fcntl.h>
#include <sys/file.h>
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

namespace pome::system {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;

Error file_error(std::string_view what, const std::string& path) {
  return fail("file", text::cat(what, " ", path, ": ", std::strerror(errno), "."), path);
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Writes, flushes and closes; errno tells why it is false.
bool fill_and_close(int file, std::string_view content) {
  const bool written = write_all(file, content) && fsync(file) == 0;
  const int reason = errno;
  const bool closed = close(file) == 0;
  if (!written) errno = reason;
  return written && closed;
}

/// A failed write: removes what is there of it and says why.
Error undo(const std::string& leftover, const std::string& path) {
  Error error = file_error("Cannot write", path);
  unlink(leftover.c_str());
  return error;
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
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
    return fail("no-file", text::cat("There is no file ", path, "."), path);
  if (file < 0) return file_error("Cannot read", path);
  std::string content;
  std::array<char, 1 << 16> buffer;
  ssize_t count = 0;
  while ((count = read(file, buffer.data(), buffer.size())) != 0) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > max_bytes) break;
  }
  const Error error = file_error("Cannot read", path);
  close(file);
  if (count < 0) return error;
  if (content.size() > max_bytes) {
    return fail("file", text::cat(path, " is larger than the ", max_bytes >> 10U, " KiB allowed."), path);
  }
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  std::string temporary = path + ".XXXXXX";
  const int file = mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  if (file < 0) return file_error("Cannot write", path);
  if (fill_and_close(file, content) && rename(temporary.c_str(), path.c_str()) == 0) return {};
  return undo(temporary, path);
}

Result<void> write_new_file(const std::string& path, std::string_view content) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
  if (file < 0 && errno == EEXIST) return fail("file-exists", text::cat(path, " exists already."), path);
  if (file < 0) return file_error("Cannot write", path);
  if (fill_and_close(file, content)) return {};
  return undo(path, path);
}

Result<void> make_folder(const std::string& path) {
  if (path.empty() || is_folder(path)) return {};
  const std::string parent = fs::path(path).parent_path().string();
  if (parent != path) POME_CHECK(make_folder(parent));
  if (mkdir(path.c_str(), kFolderMode) != 0 && !is_folder(path)) return file_error("Cannot create the folder", path);
  return {};
}

Result<void> check_folder(const std::string& path) {
  fs::path existing = absolute_path(path);
  std::error_code error;
  while (!fs::exists(existing, error) && existing != existing.parent_path()) existing = existing.parent_path();
  if (!fs::is_directory(existing, error)) {
    return fail("file", text::cat("Cannot create the folder ", path, ": ", existing.string(), " is a file."), path);
  }
  if (access(existing.c_str(), W_OK | X_OK) != 0) return file_error("Cannot write to the folder", existing.string());
  return {};
}

Result<void> sync_folder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return file_error("Cannot write", path);
  const bool synced = fsync(folder) == 0;
  const Error error = file_error("Cannot write", path);
  close(folder);
  if (!synced) return error;
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

std::optional<std::string> find_upwards(const std::string& folder, std::string_view name) {
  for (fs::path at = folder; !at.empty(); at = at.parent_path()) {
    std::string candidate = join_path(at.string(), name);
    if (is_file(candidate)) return candidate;
    if (at == at.parent_path()) break;
  }
  return std::nullopt;
}

AppendedFile::~AppendedFile() {
  if (file_ >= 0) close(file_);
}

Result<void> AppendedFile::open(const std::string& path) {
  file_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kFileMode);
  if (file_ < 0) return file_error("Cannot write", path);
  path_ = path;
  return {};
}

Result<void> AppendedFile::append(std::string_view content) {
  if (write_all(file_, content) && (fsync(file_) == 0 || errno == EINVAL)) return {};  // EINVAL: a pipe or terminal
  return file_error("Cannot write", path_);
}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

Result<void> FileLock::open(const std::string& path) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
  if (file_ < 0) return file_error("Cannot write", path);
  shared();
  return {};
}

bool FileLock::try_exclusive() {
  if (flock(file_, LOCK_EX | LOCK_NB) == 0) return true;
  shared();  // a failed conversion gives the shared lock up, too
  return false;
}

void FileLock::shared() {
  while (flock(file_, LOCK_SH) != 0 && errno == EINTR) {
  }
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

}  // namespace pome::system
