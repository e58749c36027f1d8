#include "core/git/tree_edit.h"
#include "core/base/sort.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/text.h"

namespace pome::git {
namespace {

/// A folder under edit: its entries by name, each with the opened folder below it once a change went there.
struct Folder {
  struct Item {
    TreeEntry entry;
    std::unique_ptr<Folder> opened;
  };
  std::vector<Item> items;

  std::vector<Item>::iterator position(std::string_view name) {
    return std::lower_bound(items.begin(), items.end(), name,
                            [](const Item& item, std::string_view wanted) { return item.entry.name < wanted; });
  }
  Item* find(std::string_view name) {
    const auto at = position(name);
    return at != items.end() && at->entry.name == name ? &*at : nullptr;
  }
  Item& find_or_add(std::string_view name) {
    const auto at = position(name);
    if (at != items.end() && at->entry.name == name) return *at;
    return *items.insert(at, Item{TreeEntry{std::string(name), Mode::tree, {}}, nullptr});
  }
};

std::unique_ptr<Folder> open_folder(const ObjectStore& store, const ObjectId& id) {
  auto folder = std::make_unique<Folder>();
  if (const Tree* tree = store.tree(id)) {
    folder->items.reserve(tree->entries.size() + 1);
    for (const TreeEntry& entry : tree->entries) folder->items.push_back({entry, nullptr});
    sort_stably(folder->items,
                [](const Folder::Item& a, const Folder::Item& b) { return a.entry.name < b.entry.name; });
  }
  return folder;
}

/// The folder below an item, opened on first use; a file in its place gives way to an empty folder.
Folder& folder_of(const ObjectStore& store, Folder::Item& item) {
  if (item.entry.mode != Mode::tree) {
    item.entry.mode = Mode::tree;
    item.entry.id = {};
    item.opened = nullptr;
  }
  if (!item.opened) item.opened = open_folder(store, item.entry.id);
  return *item.opened;
}

/// Splits off the first segment of a path.
std::string_view take_segment(std::string_view& path) {
  const std::size_t end = path.find('/');
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  return segment;
}

void put(const ObjectStore& store, Folder& root, const TreeChange& change) {
  Folder* folder = &root;
  std::string_view rest = change.path;
  std::string_view segment = take_segment(rest);
  while (!rest.empty()) {
    folder = &folder_of(store, folder->find_or_add(segment));
    segment = take_segment(rest);
  }
  Folder::Item& item = folder->find_or_add(segment);
  item.entry.mode = change.mode;
  item.entry.id = change.id;
  item.opened = nullptr;
}

bool remove(const ObjectStore& store, Folder& root, std::string_view path) {
  Folder* folder = &root;
  std::string_view segment = take_segment(path);
  while (!path.empty()) {
    Folder::Item* item = folder->find(segment);
    if (!item || item->entry.mode != Mode::tree) return false;
    folder = &folder_of(store, *item);
    segment = take_segment(path);
  }
  if (!folder->find(segment)) return false;
  folder->items.erase(folder->position(segment));
  return true;
}

ObjectId write(ObjectStore& store, Folder& folder) {
  Tree tree;
  for (Folder::Item& item : folder.items) {
    if (item.opened) item.entry.id = write(store, *item.opened);
    if (item.entry.mode == Mode::tree && item.entry.id == empty_tree_id()) continue;
    tree.entries.push_back(std::move(item.entry));
  }
  return store.put_tree(std::move(tree));
}

Result<void> check(const ObjectStore& store, const TreeChange& change) {
  if (!is_valid_path(change.path)) {
    return fail("invalid-path", text::cat("\"", change.path, "\" is not a usable repository path."), change.path);
  }
  if (change.remove || change.mode == Mode::commit) return {};
  const std::optional<ObjectType> type = store.type(change.id);
  if (!type) return fail("unknown-object", text::cat("There is no object ", change.id.hex(), "."), change.path);
  if (*type != (change.mode == Mode::tree ? ObjectType::tree : ObjectType::blob)) {
    return fail("wrong-type",
                text::cat("Object ", change.id.hex(), " is a ", type_name(*type), ", which mode ",
                          mode_text(change.mode), " does not take."),
                change.path);
  }
  return {};
}

}  // namespace

Result<ObjectId> edit_tree(ObjectStore& store, const ObjectId& base, const std::vector<TreeChange>& changes) {
  if (!base.is_null() && !store.tree(base))
    return fail("unknown-tree", text::cat("There is no tree ", base.hex(), "."));
  for (const TreeChange& change : changes) POME_CHECK(check(store, change));
  const std::unique_ptr<Folder> root = open_folder(store, base);
  for (const TreeChange& change : changes) {
    if (!change.remove) {
      put(store, *root, change);
    } else if (!remove(store, *root, change.path)) {
      return fail("missing-path", text::cat("There is nothing at \"", change.path, "\" to remove."), change.path);
    }
  }
  return write(store, *root);
}

ObjectId apply_tree_changes(ObjectStore& store, const ObjectId& base, const std::vector<TreeChange>& changes) {
  const std::unique_ptr<Folder> root = open_folder(store, base);
  for (const TreeChange& change : changes) {
    if (change.remove) {
      remove(store, *root, change.path);
    } else {
      put(store, *root, change);
    }
  }
  return write(store, *root);
}

}  // namespace pome::git
