#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

/// Files of the command line. Everything it writes is private to the user: folders 0700, files 0600.
namespace pome::cli {

inline constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

bool is_file(const std::string& path);
bool is_folder(const std::string& path);

/// Fails with `no-file` when there is none, else with `file`.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes = kMaxFileBytes);
/// Replaces the file in one step (temporary file, fsync, rename): readers see the old or the new content, never a half.
/// A symbolic link at `path` is replaced, not followed. Fails with `file`.
Result<void> write_file(const std::string& path, std::string_view content);
/// Creates the folder and its missing parents. Fails with `file`.
Result<void> make_folder(const std::string& path);
Result<void> remove_file(const std::string& path);  ///< no error when there is none

std::string absolute_path(const std::string& path);
std::string join_path(std::string_view folder, std::string_view name);
/// The folder of the running program, links resolved.
std::string program_folder();

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

}  // namespace pome::cli
