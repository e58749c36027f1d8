#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/git/object_store.h"

/// A tree as one file, as GitHub's repos/download-tarball-archive and -zipball-archive offer it. The same input gives
/// the same bytes everywhere; nothing is compressed, which every reader of the formats accepts.
namespace pome::git {

struct ArchiveOptions {
  std::string_view prefix;  ///< the folder all files are put into, "repo-1a2b3c4"; empty for none
  std::int64_t time = 0;    ///< of all entries, seconds since 1970
  ObjectId commit;          ///< noted in the archive; null for none
};

/// The bytes of `git archive --format=tar`.
std::string tar_archive(const ObjectStore& store, const ObjectId& tree, const ArchiveOptions& options);

/// A gzip file (RFC 1952) around the bytes.
std::string gzip_stored(std::string_view data);

/// A zip file. Fails with "archive-too-large" beyond 65,535 entries or 2 GB.
Result<std::string> zip_archive(const ObjectStore& store, const ObjectId& tree, const ArchiveOptions& options);

struct ZipFile {
  std::string path;
  std::string_view content;
};

/// A zip file of these files, in their order and dated 1980-01-01. Fails as zip_archive() does.
Result<std::string> zip_files(const std::vector<ZipFile>& files);

/// The files of a zip file that compresses nothing; folders are left out. Every size, offset and checksum is checked
/// before it is used, and contents refer to `zip`. Fails with "bad-zip" in one sentence.
Result<std::vector<ZipFile>> unzip_stored(std::string_view zip);

}  // namespace pome::git
