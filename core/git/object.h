#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/git/object_id.h"

/// Git's object model. Encoding follows git exactly, so ids equal those of the git binary.
namespace pome::git {

/// File content, any bytes.
using Blob = std::shared_ptr<const std::string>;

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

  bool operator==(const Commit&) const = default;
};

using Object = std::variant<Blob, Tree, Commit>;

/// The id git gives an object of type `type` ("blob", "tree", "commit") with this payload.
ObjectId object_id(std::string_view type, std::string_view payload);
ObjectId blob_id(std::string_view content);

/// The payload git stores (without the "type size\0" header). A tree's entries must be in git's order.
std::string encode(const Tree& tree);
std::string encode(const Commit& commit);

/// Git's order of tree entries.
bool tree_order(const TreeEntry& a, const TreeEntry& b);

}  // namespace pome::git
