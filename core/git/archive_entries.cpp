#include "core/git/archive_entries.h"

namespace pome::git {
namespace {

void add_below(const ObjectStore& store, const ObjectId& id, const std::string& folder,
               std::vector<ArchiveEntry>& out) {
  const Tree* tree = store.tree(id);
  if (!tree) return;
  for (const TreeEntry& entry : tree->entries) {
    ArchiveEntry added{folder + entry.name, entry.mode, entry.id, {}};
    if (added.is_folder()) added.path += '/';
    if (const std::string* blob = store.blob(entry.id)) added.content = *blob;
    out.push_back(added);
    if (entry.mode == Mode::tree) add_below(store, entry.id, added.path, out);
  }
}

}  // namespace

std::vector<ArchiveEntry> archive_entries(const ObjectStore& store, const ObjectId& tree,
                                          const ArchiveOptions& options) {
  std::vector<ArchiveEntry> out;
  std::string folder(options.prefix);
  if (!folder.empty()) {
    folder += '/';
    out.push_back({folder, Mode::tree, tree, {}});
  }
  add_below(store, tree, folder, out);
  return out;
}

}  // namespace pome::git
