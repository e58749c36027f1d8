#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/encoding.h"
#include "core/base/json.h"
#include "core/git/object_store.h"
#include "core/git/tree_edit.h"

/// Small repositories for the git tests.
namespace pome::git::test {

inline Blob blob_of(std::string_view text) { return std::make_shared<const std::string>(text); }

/// A tree of regular files: path and content.
inline ObjectId tree_of(ObjectStore& store, std::initializer_list<std::pair<const char*, std::string>> files) {
  std::vector<TreeChange> changes;
  for (const auto& [path, content] : files)
    changes.push_back({path, Mode::file, store.put_blob(blob_of(content)), false});
  return apply_tree_changes(store, {}, changes);
}

inline ObjectId commit_of(ObjectStore& store, const ObjectId& tree, std::vector<ObjectId> parents,
                          std::int64_t time = 1767225600, std::string message = "Change\n") {
  const Signature person{"A Name", "a@example.com", time, 0};
  return store.put_commit({tree, std::move(parents), person, person, std::move(message)});
}

inline std::string text_at(const ObjectStore& store, const ObjectId& tree, std::string_view path) {
  const auto entry = store.find(tree, path);
  const std::string* blob = entry ? store.blob(entry->id) : nullptr;
  return blob ? *blob : "(nothing)";
}

/// "line 1\n" to "line <count>\n".
inline std::string numbered(int count) {
  std::string out;
  for (int i = 1; i <= count; ++i) out += "line " + std::to_string(i) + "\n";
  return out;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The tree that a data file describes: path -> {mode, text | base64 | id}.
inline ObjectId tree_of(ObjectStore& store, const Json& files) {
  std::vector<TreeChange> changes;
  for (const auto& [path, file] : files.items()) {
    TreeChange change;
    change.path = path;
    change.mode = *mode_of_text(file["mode"].get<std::string>());
    if (file.contains("id")) {
      change.id = *ObjectId::from_hex(file["id"].get<std::string>());
    } else if (file.contains("base64")) {
      change.id = store.put_blob(blob_of(*encoding::from_base64(file["base64"].get<std::string>())));
    } else {
      change.id = store.put_blob(blob_of(file["text"].get<std::string>()));
    }
    changes.push_back(std::move(change));
  }
  return apply_tree_changes(store, {}, changes);
}

}  // namespace pome::git::test
