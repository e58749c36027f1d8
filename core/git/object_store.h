#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/table.h"
#include "core/git/object.h"

namespace pome::git {

/// One file below a tree.
struct FileEntry {
  std::string path;  ///< "src/index.ts"
  Mode mode = Mode::file;
  ObjectId id;

  bool operator==(const FileEntry&) const = default;
};

struct NewFile {
  Blob content;
  Mode mode = Mode::file;
};
/// Path to content, in path order. Paths are relative, with '/' between non-empty segments.
using FileMap = std::map<std::string, NewFile, std::less<>>;

/// Content-addressed objects. Copies in O(1) and shares all objects with the copies.
class ObjectStore {
 public:
  ObjectId put_blob(Blob content);
  ObjectId put_tree(Tree tree);  ///< sorts the entries
  /// Parents must be stored before their children: a commit's generation is fixed here.
  ObjectId put_commit(Commit commit);
  ObjectId put_tag(Tag tag);

  /// The type of a stored object, or nothing. The empty tree is always known.
  std::optional<ObjectType> type(const ObjectId& id) const;
  /// The object of that type, or nullptr. Lives as long as any copy of the store.
  const std::string* blob(const ObjectId& id) const;
  const Tree* tree(const ObjectId& id) const;
  const Commit* commit(const ObjectId& id) const;
  const Tag* tag(const ObjectId& id) const;
  /// One more than the highest generation of a commit's parents, so ancestors always have a lower one. 0 = no commit.
  std::uint32_t generation(const ObjectId& id) const;
  /// Shares the content; nullptr when there is no such blob.
  Blob shared_blob(const ObjectId& id) const;

  /// Builds the trees of a whole file map and returns the root. Fails (nothing) when a path is both file and folder.
  std::optional<ObjectId> put_files(const FileMap& files);

  /// What stands at `path` ("" = the root tree itself, as Mode::tree). Nothing when the path does not exist.
  std::optional<TreeEntry> find(const ObjectId& root, std::string_view path) const;
  /// Every file below `root`, by path in byte order.
  std::vector<FileEntry> list_files(const ObjectId& root) const;

  std::size_t size() const { return objects_.size(); }

 private:
  struct StoredCommit {
    Commit commit;
    std::uint32_t generation = 1;
  };
  using Object = std::variant<Blob, Tree, StoredCommit, Tag>;  // in the order of ObjectType

  template <class T>
  const T* find_as(const ObjectId& id) const;
  ObjectId put(const ObjectId& id, Object object);
  void list_into(const ObjectId& tree, const std::string& prefix, std::vector<FileEntry>& out) const;

  Table<ObjectId, Object> objects_;
};

/// A usable repository path: relative, at most 4096 bytes, no empty, "." or ".." segment, no ".git" segment, no NUL.
bool is_valid_path(std::string_view path);

/// A usable branch or tag name (git check-ref-format): segments that neither start with '.' nor end with ".lock", no
/// "..",
/// "@{", white space, control character or one of ~^:?*[\, no '-' first, no '.' last, at most 255 bytes.
bool is_valid_ref_name(std::string_view name);

}  // namespace pome::git
