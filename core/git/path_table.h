#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace pome::git {

/// Numbers by path, in byte order. Internal to core/git.
class PathTable {
 public:
  struct Entry {
    std::string path;
    int value = 0;
  };

  /// The value at `path`, or `absent`.
  int get(std::string_view path, int absent) const;
  bool contains(std::string_view path) const { return find(path) != nullptr; }
  /// The value at `path`, added as 0 when missing.
  int& operator[](std::string_view path);
  bool empty() const { return entries_.empty(); }
  std::vector<Entry>& entries() { return entries_; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const Entry* find(std::string_view path) const;

  std::vector<Entry> entries_;
};

/// "a/b" of "a/b/c"; "" of "c".
std::string_view folder_of_path(std::string_view path);

}  // namespace pome::git
