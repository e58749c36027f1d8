#include "core/git/object_store.h"
#include "core/base/sort.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/git/tree_edit.h"

namespace pome::git {
namespace {

std::string_view first_segment(std::string_view path) { return path.substr(0, path.find('/')); }

}  // namespace

ObjectId ObjectStore::put(const ObjectId& id, Object object) {
  if (!objects_.find(id)) objects_.put(id, std::make_shared<const Object>(std::move(object)));
  return id;
}

ObjectId ObjectStore::put_blob(Blob content) {
  const ObjectId id = blob_id(*content);
  return put(id, Object(std::move(content)));
}

ObjectId ObjectStore::put_tree(Tree tree) {
  sort_stably(tree.entries, tree_order);
  const ObjectId id = object_id("tree", encode(tree));
  return put(id, Object(std::move(tree)));
}

ObjectId ObjectStore::put_commit(Commit commit) {
  const ObjectId id = object_id("commit", encode(commit));
  std::uint32_t highest = 0;
  for (const ObjectId& parent : commit.parents) highest = std::max(highest, generation(parent));
  return put(id, Object(StoredCommit{std::move(commit), highest + 1}));
}

ObjectId ObjectStore::put_tag(Tag tag) {
  const ObjectId id = object_id("tag", encode(tag));
  return put(id, Object(std::move(tag)));
}

template <class T>
const T* ObjectStore::find_as(const ObjectId& id) const {
  const Object* object = objects_.find(id);
  return object ? std::get_if<T>(object) : nullptr;
}

const std::string* ObjectStore::blob(const ObjectId& id) const {
  const Blob* content = find_as<Blob>(id);
  return content ? content->get() : nullptr;
}

const Tree* ObjectStore::tree(const ObjectId& id) const {
  static const Tree kEmpty;
  if (const Tree* found = find_as<Tree>(id)) return found;
  return id == empty_tree_id() ? &kEmpty : nullptr;
}

const Commit* ObjectStore::commit(const ObjectId& id) const {
  const StoredCommit* stored = find_as<StoredCommit>(id);
  return stored ? &stored->commit : nullptr;
}

const Tag* ObjectStore::tag(const ObjectId& id) const { return find_as<Tag>(id); }

std::uint32_t ObjectStore::generation(const ObjectId& id) const {
  const StoredCommit* stored = find_as<StoredCommit>(id);
  return stored ? stored->generation : 0;
}

std::optional<ObjectType> ObjectStore::type(const ObjectId& id) const {
  if (const Object* object = objects_.find(id)) return static_cast<ObjectType>(object->index());
  return id == empty_tree_id() ? std::optional(ObjectType::tree) : std::nullopt;
}

Blob ObjectStore::shared_blob(const ObjectId& id) const {
  const Blob* content = find_as<Blob>(id);
  return content ? *content : nullptr;
}

std::optional<ObjectId> ObjectStore::put_files(const FileMap& files) {
  std::vector<TreeChange> changes;
  changes.reserve(files.size());
  for (const auto& [path, file] : files) {
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
      if (files.find(std::string_view(path).substr(0, slash)) != files.end()) return std::nullopt;
    }
    changes.push_back({path, file.mode, put_blob(file.content), false});
  }
  return apply_tree_changes(*this, {}, changes);
}

std::optional<TreeEntry> ObjectStore::find(const ObjectId& root, std::string_view path) const {
  TreeEntry at{"", Mode::tree, root};
  if (!tree(root)) return std::nullopt;
  while (!path.empty()) {
    const Tree* folder = at.mode == Mode::tree ? tree(at.id) : nullptr;
    if (!folder) return std::nullopt;
    const std::string_view segment = first_segment(path);
    const auto entry = std::find_if(folder->entries.begin(), folder->entries.end(),
                                    [&](const TreeEntry& candidate) { return candidate.name == segment; });
    if (entry == folder->entries.end()) return std::nullopt;
    at = *entry;
    if (segment.size() == path.size()) break;
    path.remove_prefix(segment.size() + 1);
    if (path.empty()) return std::nullopt;
  }
  return at;
}

std::vector<FileEntry> ObjectStore::list_files(const ObjectId& root) const {
  std::vector<FileEntry> out;
  list_into(root, "", out);
  sort_stably(out, [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
  return out;
}

void ObjectStore::list_into(const ObjectId& id, const std::string& prefix, std::vector<FileEntry>& out) const {
  const Tree* folder = tree(id);
  if (!folder) return;
  for (const TreeEntry& entry : folder->entries) {
    if (entry.mode == Mode::tree) {
      list_into(entry.id, prefix + entry.name + "/", out);
    } else {
      out.push_back({prefix + entry.name, entry.mode, entry.id});
    }
  }
}

bool is_valid_path(std::string_view path) {
  if (path.empty() || path.size() > 4096 || path.find('\0') != std::string_view::npos) return false;
  for (const std::string_view segment : text::split(path, '/')) {
    if (segment.empty() || segment == "." || segment == ".." || text::equals_ignore_case(segment, ".git")) return false;
  }
  return true;
}

bool is_valid_ref_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || name == "@" || name.front() == '-' || name.back() == '.') return false;
  if (name.find("..") != std::string_view::npos || name.find("@{") != std::string_view::npos) return false;
  const auto forbidden = [](char c) {
    return (c >= '\0' && c <= ' ') || c == '\x7f' || std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
  };
  if (std::any_of(name.begin(), name.end(), forbidden)) return false;
  constexpr std::string_view kLock = ".lock";
  for (const std::string_view segment : text::split(name, '/')) {
    if (segment.empty() || segment.front() == '.') return false;
    if (segment.size() >= kLock.size() && segment.substr(segment.size() - kLock.size()) == kLock) return false;
  }
  return true;
}

}  // namespace pome::git
