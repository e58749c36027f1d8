#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

/// Files that the program reads and owns. Everything it writes is private to the user: folders 0700, files 0600.
namespace pome::system {

inline constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

bool is_file(const std::string& path);
bool is_folder(const std::string& path);

/// Fails with `no-file` when there is none, else with `file`.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes = kMaxFileBytes);
/// Replaces the file in one step (temporary file, fsync, rename): readers see the old or the new content, never a half.
/// A symbolic link at `path` is replaced, not followed. Fails with `file`.
Result<void> write_file(const std::string& path, std::string_view content);
/// Writes a file that must not exist yet and flushes it to disk. Fails with `file-exists` or `file`.
Result<void> write_new_file(const std::string& path, std::string_view content);
/// Creates the folder and its missing parents. Fails with `file`.
Result<void> make_folder(const std::string& path);
/// Whether make_folder() and files in the folder have a chance, found out without making anything. Fails with `file`.
Result<void> check_folder(const std::string& path);
/// Makes the names in a folder as durable as the files' content. Fails with `file`.
Result<void> sync_folder(const std::string& path);
Result<void> remove_file(const std::string& path);  ///< no error when there is none

std::string absolute_path(const std::string& path);
std::string join_path(std::string_view folder, std::string_view name);
/// The folder of the running program, links resolved.
std::string program_folder();
/// `<folder>/<name>` of the nearest folder that has such a file, going from `folder` to its parents.
std::optional<std::string> find_upwards(const std::string& folder, std::string_view name);

/// A file that only grows. Each append() is on disk when it returns.
class AppendedFile {
 public:
  AppendedFile() = default;
  ~AppendedFile();
  AppendedFile(const AppendedFile&) = delete;
  AppendedFile& operator=(const AppendedFile&) = delete;

  /// Opens the file, or makes it. Fails with `file`.
  Result<void> open(const std::string& path);
  Result<void> append(std::string_view content);

 private:
  std::string path_;
  int file_ = -1;
};

/// A lock file held for the life of the object. The system releases it when the process ends, however it ends.
class FileLock {
 public:
  FileLock() = default;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  Result<void> open(const std::string& path);  ///< takes the shared lock, waiting for an exclusive holder
  bool try_exclusive();                        ///< false when another process holds it, too
  void shared();

 private:
  int file_ = -1;
};

/// A new empty folder, removed with all its content at the end.
class ScratchFolder {
 public:
  static Result<ScratchFolder> create();
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace pome::system
