#include <algorithm>
#include <cstdint>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/git/archive_entries.h"
#include "core/git/checksum.h"

/// The zip format (PKWARE's APPNOTE): local headers with their files, then the central directory.
namespace pome::git {
namespace {

constexpr std::uint32_t kLocal = 0x04034b50;
constexpr std::uint32_t kCentral = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint32_t kVersion = 20;
constexpr std::uint32_t kMadeOnUnix = 3 << 8;
constexpr std::uint32_t kUtf8Names = 1 << 11;
constexpr std::uint32_t kMostEntries = 0xffff;
constexpr std::uint64_t kMostBytes = 0xffffffff;

class Bytes {
 public:
  explicit Bytes(std::string& out) : out_(out) {}
  Bytes& two(std::uint32_t value) { return put(value, 2); }
  Bytes& four(std::uint32_t value) { return put(value, 4); }

 private:
  Bytes& put(std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) out_ += static_cast<char>(value >> (8 * i) & 0xff);
    return *this;
  }

  std::string& out_;
};

/// Date and time as MS-DOS packs them, in UTC, between 1980 and 2107.
std::uint32_t dos_time(std::int64_t seconds) {
  constexpr std::int64_t kFirst = 315532800;  // 1980-01-01
  constexpr std::int64_t kLast = 4354819198;  // 2107-12-31T23:59:58
  const std::string iso = time::iso8601(std::clamp(seconds, kFirst, kLast));
  const auto field = [&](std::size_t at, std::size_t length) {
    std::uint32_t value = 0;
    for (const char c : iso.substr(at, length)) value = value * 10 + static_cast<std::uint32_t>(c - '0');
    return value;
  };
  const std::uint32_t date = (field(0, 4) - 1980) << 9 | field(5, 2) << 5 | field(8, 2);
  const std::uint32_t clock = field(11, 2) << 11 | field(14, 2) << 5 | field(17, 2) / 2;
  return date << 16 | clock;
}

/// Unix permissions in the upper half, the MS-DOS folder flag below.
std::uint32_t attributes(const ArchiveEntry& entry) {
  if (entry.is_folder()) return (040755u << 16) | 0x10;
  return static_cast<std::uint32_t>(entry.mode) << 16;
}

/// The fields that local header and directory share.
void append_common(std::string& out, const ArchiveEntry& entry, std::uint32_t time) {
  const bool ascii =
      std::all_of(entry.path.begin(), entry.path.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const auto size = static_cast<std::uint32_t>(entry.content.size());
  Bytes(out)
      .two(kVersion)
      .two(ascii ? 0 : kUtf8Names)
      .two(0)  // stored
      .four(time)
      .four(crc32(entry.content))
      .four(size)
      .four(size)
      .two(static_cast<std::uint32_t>(entry.path.size()))
      .two(0);
}

Error too_large() { return fail("archive-too-large", "The files are too large for a zip file."); }

Result<std::string> zip_entries(const std::vector<ArchiveEntry>& entries, std::int64_t seconds,
                                const std::string& comment) {
  std::string out;
  std::string directory;
  if (entries.size() > kMostEntries) return too_large();
  const std::uint32_t time = dos_time(seconds);
  for (const ArchiveEntry& entry : entries) {
    if (out.size() + entry.content.size() + directory.size() > kMostBytes / 2) return too_large();
    const auto offset = static_cast<std::uint32_t>(out.size());
    Bytes(out).four(kLocal);
    append_common(out, entry, time);
    out.append(entry.path).append(entry.content);
    Bytes(directory).four(kCentral).two(kMadeOnUnix | kVersion);
    append_common(directory, entry, time);
    Bytes(directory).two(0).two(0).two(0).four(attributes(entry)).four(offset);
    directory += entry.path;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  const auto count = static_cast<std::uint32_t>(entries.size());
  out += directory;
  Bytes(out).four(kEnd).two(0).two(0).two(count).two(count).four(static_cast<std::uint32_t>(directory.size()));
  Bytes(out).four(start).two(static_cast<std::uint32_t>(comment.size()));
  return out + comment;
}

}  // namespace

Result<std::string> zip_archive(const ObjectStore& store, const ObjectId& tree, const ArchiveOptions& options) {
  return zip_entries(archive_entries(store, tree, options), options.time,
                     options.commit.is_null() ? std::string() : options.commit.hex());
}

Result<std::string> zip_files(const std::vector<ZipFile>& files) {
  std::vector<ArchiveEntry> entries;
  entries.reserve(files.size());
  for (const ZipFile& file : files) {
    entries.emplace_back();
    entries.back().path = file.path;
    entries.back().content = file.content;
  }
  return zip_entries(entries, 0, "");
}

}  // namespace pome::git
