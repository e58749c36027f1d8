#include "core/git/path_table.h"

#include <algorithm>

namespace pome::git {
namespace {

bool before(const PathTable::Entry& entry, std::string_view path) { return entry.path < path; }

}  // namespace

int PathTable::get(std::string_view path, int absent) const {
  const Entry* entry = find(path);
  return entry ? entry->value : absent;
}

int& PathTable::operator[](std::string_view path) {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), path, before);
  if (at != entries_.end() && at->path == path) return at->value;
  return entries_.insert(at, Entry{std::string(path), 0})->value;
}

const PathTable::Entry* PathTable::find(std::string_view path) const {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), path, before);
  return at != entries_.end() && at->path == path ? &*at : nullptr;
}

std::string_view folder_of_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace pome::git
