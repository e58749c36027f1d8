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

/// Makes the folder and its missing parents; new ones get `mode`. Fails with `file-write`.
Result<void> make_folder(const std::string& path, unsigned mode);

}  // namespace pome::server
