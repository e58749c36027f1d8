#include <algorithm>
#include <cstddef>

#include "core/base/text.h"
#include "core/git/archive_entries.h"
#include "core/git/checksum.h"
#include "core/git/deflate_stored.h"

namespace pome::git {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kRecord = 20 * kBlock;

// Fields of a ustar header (POSIX pax): offset and width.
struct Field {
  std::size_t offset;
  std::size_t width;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUser{108, 8};
constexpr Field kGroup{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kTime{136, 12};
constexpr Field kChecksum{148, 8};
constexpr Field kType{156, 1};
constexpr Field kLink{157, 100};
constexpr Field kMagic{257, 8};
constexpr Field kUserName{265, 32};
constexpr Field kGroupName{297, 32};
constexpr Field kMajor{329, 8};
constexpr Field kMinor{337, 8};
constexpr Field kPrefix{345, 155};

class Header {
 public:
  Header(char type, std::uint32_t mode, std::uint64_t size, std::int64_t time) : bytes_(kBlock, '\0') {
    number(kMode, mode);
    number(kUser, 0);
    number(kGroup, 0);
    number(kSize, size);
    number(kTime, time < 0 ? 0 : static_cast<std::uint64_t>(time));
    text(kType, std::string_view(&type, 1));
    text(kMagic, std::string_view("ustar\0"
                                  "00",
                                  8));
    text(kUserName, "root");
    text(kGroupName, "root");
    number(kMajor, 0);
    number(kMinor, 0);
  }

  void text(const Field& field, std::string_view value) { bytes_.replace(field.offset, value.size(), value); }

  /// Octal digits that leave the last byte of the field zero.
  void number(const Field& field, std::uint64_t value) {
    for (std::size_t i = field.width - 1; i > 0; --i) {
      bytes_[field.offset + i - 1] = static_cast<char>('0' + (value & 7));
      value >>= 3;
    }
  }

  /// The sum of all bytes with the checksum itself read as blanks.
  const std::string& finish() {
    text(kChecksum, "        ");
    std::uint64_t sum = 0;
    for (const char c : bytes_) sum += static_cast<unsigned char>(c);
    number(kChecksum, sum);
    bytes_[kChecksum.offset + kChecksum.width - 1] = '\0';
    return bytes_;
  }

 private:
  std::string bytes_;
};

void pad(std::string& out, std::size_t unit) { out.resize((out.size() + unit - 1) / unit * unit, '\0'); }

void append(std::string& out, Header header, std::string_view content) {
  out += header.finish();
  out += content;
  pad(out, kBlock);
}

/// "<length> <key>=<value>\n", the length counting itself.
std::string pax_record(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;
  std::size_t length = rest + 1;
  while (text::cat(length).size() + rest != length) length = rest + text::cat(length).size();
  return text::cat(length, ' ', key, '=', value, '\n');
}

/// Where a long path is cut into prefix and name, or 0.
std::size_t prefix_length(std::string_view path) {
  std::size_t at = path.size() > 1 && path.back() == '/' ? path.size() - 1 : path.size();
  at = std::min(at, kPrefix.width);
  do {
    --at;
  } while (at > 0 && path[at] != '/');
  return at > 0 && path.size() - at - 1 <= kName.width ? at : 0;
}

std::uint32_t permissions(Mode mode) {
  switch (mode) {
    case Mode::file:
      return 0664;
    case Mode::symlink:
      return 0777;
    default:
      return 0775;
  }
}

void append_entry(std::string& out, const ArchiveEntry& entry, std::int64_t time) {
  const bool link = entry.mode == Mode::symlink;
  const std::string_view content = link || entry.is_folder() ? std::string_view() : entry.content;
  Header header(entry.is_folder() ? '5' : link ? '2' : '0', permissions(entry.mode), content.size(), time);
  std::string extended;
  if (entry.path.size() <= kName.width) {
    header.text(kName, entry.path);
  } else if (const std::size_t prefix = prefix_length(entry.path)) {
    header.text(kPrefix, entry.path.substr(0, prefix));
    header.text(kName, entry.path.substr(prefix + 1));
  } else {
    header.text(kName, entry.id.hex() + ".data");
    extended += pax_record("path", entry.path);
  }
  if (link && entry.content.size() <= kLink.width) {
    header.text(kLink, entry.content);
  } else if (link) {
    header.text(kLink, text::cat("see ", entry.id.hex(), ".paxheader"));
    extended += pax_record("linkpath", entry.content);
  }
  if (!extended.empty()) {
    Header before('x', 0666, extended.size(), time);
    before.text(kName, entry.id.hex() + ".paxheader");
    append(out, std::move(before), extended);
  }
  append(out, std::move(header), content);
}

void append_little_endian(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

std::string tar_archive(const ObjectStore& store, const ObjectId& tree, const ArchiveOptions& options) {
  std::string out;
  if (!options.commit.is_null()) {
    const std::string comment = pax_record("comment", options.commit.hex());
    Header header('g', 0666, comment.size(), options.time);
    header.text(kName, "pax_global_header");
    append(out, std::move(header), comment);
  }
  for (const ArchiveEntry& entry : archive_entries(store, tree, options)) append_entry(out, entry, options.time);
  out.append(2 * kBlock, '\0');
  pad(out, kRecord);
  return out;
}

std::string gzip_stored(std::string_view data) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);  // deflate, no name, no time, unknown system
  append_deflate_stored(out, data);
  append_little_endian(out, crc32(data));
  append_little_endian(out, static_cast<std::uint32_t>(data.size() & 0xffffffffu));
  return out;
}

}  // namespace pome::git
