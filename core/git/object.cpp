#include "core/git/object.h"

#include <algorithm>

#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/text.h"

namespace pome::git {
namespace {

void append_signature(std::string& out, std::string_view role, const Signature& signature) {
  const int offset = signature.offset_minutes < 0 ? -signature.offset_minutes : signature.offset_minutes;
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  out += text::cat(role, ' ', signature.name, " <", signature.email, "> ", signature.time, ' ',
                   signature.offset_minutes < 0 ? '-' : '+');
  out += digit(offset / 600);
  out += digit(offset / 60);
  out += digit(offset % 60 / 10);
  out += digit(offset % 60);
  out += '\n';
}

/// What git compares: the name, and '/' behind the name of a folder.
unsigned char byte_at(const TreeEntry& entry, std::size_t index) {
  if (index < entry.name.size()) return static_cast<unsigned char>(entry.name[index]);
  return index == entry.name.size() && entry.mode == Mode::tree ? '/' : '\0';
}

}  // namespace

bool ObjectId::is_null() const {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::string ObjectId::hex() const { return encoding::hex(encoding::bytes_view(bytes)); }

std::optional<ObjectId> ObjectId::from_hex(std::string_view text) {
  if (text.size() != 40) return std::nullopt;
  const std::optional<std::string> raw = encoding::from_hex(text);
  if (!raw) return std::nullopt;
  ObjectId id;
  std::copy(raw->begin(), raw->end(), id.bytes.begin());
  return id;
}

ObjectId object_id(std::string_view type, std::string_view payload) {
  std::string bytes = text::cat(type, ' ', payload.size());
  bytes.push_back('\0');
  bytes.append(payload);
  return ObjectId{hash::sha1(bytes)};
}

const ObjectId& empty_tree_id() {
  static const ObjectId kId = object_id("tree", {});
  return kId;
}

std::string_view type_name(ObjectType type) {
  constexpr std::string_view kNames[] = {"blob", "tree", "commit", "tag"};
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<ObjectType> type_of_name(std::string_view name) {
  for (const ObjectType type : {ObjectType::blob, ObjectType::tree, ObjectType::commit, ObjectType::tag}) {
    if (name == type_name(type)) return type;
  }
  return std::nullopt;
}

std::string_view mode_text(Mode mode) {
  switch (mode) {
    case Mode::tree:
      return "40000";
    case Mode::file:
      return "100644";
    case Mode::executable:
      return "100755";
    case Mode::symlink:
      return "120000";
    case Mode::commit:
      return "160000";
  }
  return "100644";
}

std::optional<Mode> mode_of_text(std::string_view octal) {
  if (octal == "040000") return Mode::tree;
  for (const Mode mode : {Mode::tree, Mode::file, Mode::executable, Mode::symlink, Mode::commit}) {
    if (octal == mode_text(mode)) return mode;
  }
  return std::nullopt;
}

bool same_kind(Mode a, Mode b) {
  constexpr std::uint32_t kKind = 0170000;
  return (static_cast<std::uint32_t>(a) & kKind) == (static_cast<std::uint32_t>(b) & kKind);
}

ObjectId blob_id(std::string_view content) { return object_id("blob", content); }

std::string encode(const Tree& tree) {
  std::string out;
  for (const TreeEntry& entry : tree.entries) {
    out += text::cat(mode_text(entry.mode), ' ', entry.name);
    out.push_back('\0');
    out += encoding::bytes_view(entry.id.bytes);
  }
  return out;
}

std::string encode(const Commit& commit) {
  std::string out = text::cat("tree ", commit.tree.hex(), '\n');
  for (const ObjectId& parent : commit.parents) out += text::cat("parent ", parent.hex(), '\n');
  append_signature(out, "author", commit.author);
  append_signature(out, "committer", commit.committer);
  out += commit.extra_headers;
  out += '\n';
  out += commit.message;
  return out;
}

std::string encode(const Tag& tag) {
  std::string out = text::cat("object ", tag.object.hex(), "\ntype ", type_name(tag.type), "\ntag ", tag.name, '\n');
  if (tag.tagger) append_signature(out, "tagger", *tag.tagger);
  out += '\n';
  out += tag.message;
  return out;
}

bool tree_order(const TreeEntry& a, const TreeEntry& b) {
  const std::size_t end = std::max(a.name.size(), b.name.size()) + 1;
  for (std::size_t i = 0; i < end; ++i) {
    const unsigned char left = byte_at(a, i);
    const unsigned char right = byte_at(b, i);
    if (left != right) return left < right;
  }
  return false;
}

}  // namespace pome::git
