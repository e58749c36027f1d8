#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

/// Small files the program owns: credentials, secrets, run artifacts.
namespace pome::server {

/// The whole file, or nothing when it cannot be read.
std::optional<std::string> read_file(const std::string& path);

/// Writes to a temporary name in the same folder, flushes to disk, then renames: readers see the old file or the new
/// one, never a part. Fails with `file-write`, the message naming the path.
Result<void> write_file_atomically(const std::string& path, std::string_view content, unsigned mode);

/// Writes a file that must not exist yet and flushes it to disk. Fails with `file-write`, or `file-exists`.
Result<void> write_new_file(const std::string& path, std::string_view content, unsigned mode);

/// Makes the names in a folder as durable as the files' content.
Result<void> sync_folder(const std::string& path);

/// Makes the folder and its missing parents; new ones get `mode`. Fails with `file-write`.
Result<void> make_folder(const std::string& path, unsigned mode);

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

}  // namespace pome::server
