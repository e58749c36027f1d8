#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "core/base/sort.h"
#include "core/base/text.h"
#include "core/twin/github/model/pull_request.h"
#include "core/twin/github/model/world.h"

/// What two trees differ in: changed paths, exact moves, and lines added and removed.
namespace pome::twin::github::model {
namespace {

/// Beyond this many edits counting stops, and what is left counts as rewritten. Keeps hostile input cheap.
constexpr int kMaxEdits = 2000;

struct LineCount {
  int additions = 0;
  int deletions = 0;
};

/// Lines with their newline: a last line without one differs from the same line with one.
std::vector<std::string_view> lines_of(std::string_view content) {
  std::vector<std::string_view> out;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size() - 1);
    out.push_back(content.substr(0, end + 1));
    content.remove_prefix(end + 1);
  }
  return out;
}

bool is_binary(std::string_view content) { return content.substr(0, 8000).find('\0') != std::string_view::npos; }

/// The length of the shortest edit script (Myers 1986, forward greedy), or nothing beyond kMaxEdits.
std::optional<int> edit_count(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  const int limit = std::min(n + m, kMaxEdits);
  std::vector<int> reach(static_cast<std::size_t>(2 * limit + 3), 0);
  const auto at = [&](int diagonal) -> int& { return reach[static_cast<std::size_t>(diagonal + limit + 1)]; };
  for (int edits = 0; edits <= limit; ++edits) {
    for (int k = -edits; k <= edits; k += 2) {
      int x = k == -edits || (k != edits && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < n && x - k < m && x - k >= 0 && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      at(k) = x;
      if (x >= n && x - k >= m) return edits;
    }
  }
  return std::nullopt;
}

LineCount count_lines(const std::string* before, const std::string* after) {
  const std::string_view old_text = before ? std::string_view(*before) : std::string_view();
  const std::string_view new_text = after ? std::string_view(*after) : std::string_view();
  if (is_binary(old_text) || is_binary(new_text)) return {};
  const std::vector<std::string_view> a = lines_of(old_text);
  const std::vector<std::string_view> b = lines_of(new_text);
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  if (n == 0 || m == 0) return {m, n};
  const std::optional<int> edits = edit_count(a, b);
  if (!edits) return {m, n};
  return {(*edits + m - n) / 2, (*edits + n - m) / 2};
}

std::map<std::string, git::ObjectId> tree_files(const World& world, const git::ObjectId& commit_id) {
  std::map<std::string, git::ObjectId> out;
  const git::Commit* commit = world.objects.commit(commit_id);
  if (!commit) return out;
  for (git::FileEntry& file : world.objects.list_files(commit->tree)) out.emplace(std::move(file.path), file.id);
  return out;
}

/// Turns a removed and an added file of equal content into one renamed file, in path order.
void pair_renames(std::vector<ChangedFile>& files) {
  std::multimap<git::ObjectId, std::size_t> removed;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].status == FileStatus::removed) removed.emplace(files[i].blob, i);
  }
  std::set<std::size_t> gone;
  for (ChangedFile& file : files) {
    const auto source = file.status == FileStatus::added ? removed.find(file.blob) : removed.end();
    if (source == removed.end()) continue;
    file.status = FileStatus::renamed;
    file.previous_path = files[source->second].path;
    file.additions = file.deletions = 0;
    gone.insert(source->second);
    removed.erase(source);
  }
  std::size_t index = 0;
  std::erase_if(files, [&](const ChangedFile&) { return gone.count(index++) != 0; });
}

}  // namespace

std::vector<ChangedFile> changed_files(const World& world, const git::ObjectId& from_commit,
                                       const git::ObjectId& to_commit) {
  const std::map<std::string, git::ObjectId> before = tree_files(world, from_commit);
  const std::map<std::string, git::ObjectId> after = tree_files(world, to_commit);
  std::vector<ChangedFile> out;
  const auto add = [&](const std::string& path, FileStatus status, const git::ObjectId* old_blob,
                       const git::ObjectId* new_blob) {
    const LineCount lines = count_lines(old_blob ? world.objects.blob(*old_blob) : nullptr,
                                        new_blob ? world.objects.blob(*new_blob) : nullptr);
    out.push_back({path, "", status, new_blob ? *new_blob : *old_blob, lines.additions, lines.deletions});
  };
  for (const auto& [path, blob] : before) {
    const auto now = after.find(path);
    if (now == after.end()) {
      add(path, FileStatus::removed, &blob, nullptr);
    } else if (!(now->second == blob)) {
      add(path, FileStatus::modified, &blob, &now->second);
    }
  }
  for (const auto& [path, blob] : after) {
    if (before.count(path) == 0) add(path, FileStatus::added, nullptr, &blob);
  }
  sort_stably(out, [](const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; });
  pair_renames(out);
  return out;
}

}  // namespace pome::twin::github::model
