#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/git/archive.h"

namespace pome::git {

/// One entry of an archive. Internal to core/git.
struct ArchiveEntry {
  std::string path;  ///< with the prefix; a folder's ends in '/'
  Mode mode = Mode::file;
  ObjectId id;
  std::string_view content;  ///< of a file or link; lives as long as the store

  bool is_folder() const { return mode == Mode::tree || mode == Mode::commit; }
};

/// Folders before what they hold, in tree order. A submodule is an empty folder.
std::vector<ArchiveEntry> archive_entries(const ObjectStore& store, const ObjectId& tree,
                                          const ArchiveOptions& options);

}  // namespace pome::git
