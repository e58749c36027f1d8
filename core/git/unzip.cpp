#include <cstdint>
#include <utility>

#include "core/base/text.h"
#include "core/git/archive.h"
#include "core/git/checksum.h"

/// Reading the zip format (PKWARE's APPNOTE 6.3): the directory at the end says where the files are.
namespace pome::git {
namespace {

constexpr std::uint32_t kLocal = 0x04034b50;
constexpr std::uint32_t kCentral = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kMostComment = 0xffff;
constexpr std::uint32_t kEncrypted = 1;

Error bad_zip(std::string message) { return fail("bad-zip", std::move(message)); }
Error cut() { return bad_zip("The zip file is cut off or damaged."); }

/// Little-endian numbers at places that the caller has checked.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint32_t two(std::string_view bytes, std::size_t at) { return number(bytes, at, 2); }
std::uint32_t four(std::string_view bytes, std::size_t at) { return number(bytes, at, 4); }

/// Where the end record starts: the last place whose comment reaches exactly to the end of the file.
std::size_t end_record(std::string_view zip) {
  for (std::size_t comment = 0; comment <= kMostComment && comment + kEndSize <= zip.size(); ++comment) {
    const std::size_t at = zip.size() - kEndSize - comment;
    if (four(zip, at) == kEnd && two(zip, at + 20) == comment) return at;
  }
  return std::string_view::npos;
}

struct Entry {
  std::string_view path;
  std::string_view content;
};

/// The entry whose directory record starts `record`; its content lies before the directory.
Result<Entry> read_entry(std::string_view record, std::string_view files) {
  Entry entry;
  entry.path = record.substr(kCentralSize, two(record, 28));
  if ((two(record, 8) & kEncrypted) != 0) return bad_zip(text::cat(entry.path, " in the zip file is encrypted."));
  const std::uint32_t size = four(record, 24);
  if (two(record, 10) != 0 || four(record, 20) != size)
    return bad_zip(text::cat(entry.path, " in the zip file is compressed; store the files uncompressed (`zip -0`)."));
  const std::size_t offset = four(record, 42);
  if (offset > files.size() || files.size() - offset < kLocalSize || four(files, offset) != kLocal) return cut();
  const std::size_t skipped = kLocalSize + two(files, offset + 26) + two(files, offset + 28);
  if (files.size() - offset < skipped || files.size() - offset - skipped < size) return cut();
  entry.content = files.substr(offset + skipped, size);
  if (crc32(entry.content) != four(record, 16))
    return bad_zip(text::cat(entry.path, " in the zip file is damaged: its checksum differs."));
  return entry;
}

}  // namespace

Result<std::vector<ZipFile>> unzip_stored(std::string_view zip) {
  const std::size_t end = end_record(zip);
  if (end == std::string_view::npos) return cut();
  const std::size_t count = two(zip, end + 10);
  const std::size_t size = four(zip, end + 12);
  const std::size_t start = four(zip, end + 16);
  if (two(zip, end + 4) != 0 || start > end || size > end - start) return cut();
  std::string_view directory = zip.substr(start, size);
  std::vector<ZipFile> files;
  for (std::size_t i = 0; i < count; ++i) {
    if (directory.size() < kCentralSize || four(directory, 0) != kCentral) return cut();
    const std::size_t length = kCentralSize + two(directory, 28) + two(directory, 30) + two(directory, 32);
    if (directory.size() < length) return cut();
    POME_TRY(const Entry entry, read_entry(directory, zip.substr(0, start)));
    directory.remove_prefix(length);
    if (!entry.path.ends_with('/')) files.push_back({std::string(entry.path), entry.content});
  }
  return files;
}

}  // namespace pome::git
