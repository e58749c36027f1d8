#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/git/object_id.h"

/// Git's object model. Encoding follows git exactly, so ids equal those of the git binary.
namespace pome::git {

/// File content, any bytes.
using Blob = std::shared_ptr<const std::string>;

enum class ObjectType : std::uint8_t { blob, tree, commit, tag };

/// "blob", "tree", "commit", "tag".
std::string_view type_name(ObjectType type);
std::optional<ObjectType> type_of_name(std::string_view name);

enum class Mode : std::uint32_t {
  tree = 040000,
  file = 0100644,
  executable = 0100755,
  symlink = 0120000,
  commit = 0160000
};

struct TreeEntry {
  std::string name;  ///< one path segment
  Mode mode = Mode::file;
  ObjectId id;

  bool operator==(const TreeEntry&) const = default;
};

/// Entries in git's order: by bytes, a folder's name counting as if it ended in '/'.
struct Tree {
  std::vector<TreeEntry> entries;

  bool operator==(const Tree&) const = default;
};

struct Signature {
  std::string name;
  std::string email;
  std::int64_t time = 0;   ///< seconds since 1970
  int offset_minutes = 0;  ///< east of UTC

  bool operator==(const Signature&) const = default;
};

struct Commit {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Signature author;
  Signature committer;
  std::string message;  ///< as stored; git tools end it with a newline
  /// Headers behind "committer" (gpgsig, encoding, mergetag) verbatim, each line with its newline; mostly empty.
  std::string extra_headers{};

  bool operator==(const Commit&) const = default;
};

/// An annotated tag, as `git tag -a` and `git mktag` write it.
struct Tag {
  ObjectId object;
  ObjectType type = ObjectType::commit;  ///< of `object`
  std::string name;                      ///< "v1.0", without "refs/tags/"
  std::optional<Signature> tagger;       ///< tags of git's first year have none
  std::string message;                   ///< a signature block, if any, is its last part

  bool operator==(const Tag&) const = default;
};

/// The id git gives an object of type `type` ("blob", "tree", "commit", "tag") with this payload.
ObjectId object_id(std::string_view type, std::string_view payload);
ObjectId blob_id(std::string_view content);
/// The tree without entries, 4b825dc642cb6eb9a060e54bf8d69288fbee4904. Known even when no store holds it.
const ObjectId& empty_tree_id();

/// The payload git stores (without the "type size\0" header). A tree's entries must be in git's order.
std::string encode(const Tree& tree);
std::string encode(const Commit& commit);
std::string encode(const Tag& tag);

/// The object behind a payload. Nothing when it is malformed, or when `encode` would not give the same bytes again
/// (odd spellings that git tolerates, such as an offset of "-0000"), since its id could not be kept.
std::optional<Tree> decode_tree(std::string_view payload);
std::optional<Commit> decode_commit(std::string_view payload);
std::optional<Tag> decode_tag(std::string_view payload);

/// A person as git writes them: no '<', '>' or newline inside, no punctuation or white space at either end.
Signature cleaned(Signature signature);

/// A message as `git commit` stores it by default without an editor: no white space at line ends, no blank lines first,
/// last or repeated, one newline at the end. Empty stays empty.
std::string cleaned_message(std::string_view message);

/// Git's order of tree entries.
bool tree_order(const TreeEntry& a, const TreeEntry& b);

/// Octal without leading zeros, as tree objects spell modes: "40000", "100644".
std::string_view mode_text(Mode mode);
std::optional<Mode> mode_of_text(std::string_view octal);
/// Same kind of entry: two regular files (executable or not), two links, two folders, two submodules.
bool same_kind(Mode a, Mode b);

}  // namespace pome::git
