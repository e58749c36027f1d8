#include "core/git/merge_folders.h"

#include <algorithm>

#include "core/base/text.h"

namespace pome::git {
namespace {

/// Stands for "not known yet" among the places a folder's files went to; no folder has this name.
constexpr std::string_view kUnknown = "/";

/// "c" of "a/b/c".
std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

void FolderMoves::count(std::string_view from, std::string_view to) {
  const auto at = std::lower_bound(counts_.begin(), counts_.end(), 0, [&](const Count& entry, int) {
    return entry.from != from ? entry.from < from : entry.to < to;
  });
  if (at != counts_.end() && at->from == from && at->to == to) {
    ++at->files;
  } else {
    counts_.insert(at, Count{std::string(from), std::string(to), 1});
  }
}

void FolderMoves::found(const RenameFile& source, const RenameFile& target) {
  std::string_view from = source.path;
  std::string_view to = target.path;
  for (bool own_folder = true;; own_folder = false) {
    // A move of "a/b/c" to "x/c" also says that "a/b" went to "x"; differing last segments end that.
    if (!own_folder && last_segment(from) != last_segment(to)) return;
    from = folder_of_path(from);
    to = folder_of_path(to);
    if (!changes_.removed_folders.contains(from)) return;
    const int relevance = changes_.removed_folders.get(from, kIrrelevant);
    if (own_folder || relevance == kForSelf) count(from, to);
    if (relevance == kIrrelevant || from.empty() || to.empty()) return;
  }
}

void FolderMoves::exact_done() {
  for (std::size_t i = 0; i < counts_.size();) {
    const Count* best = &counts_[i];
    const std::string& from = counts_[i].from;
    for (; i < counts_.size() && counts_[i].from == from; ++i) {
      if (counts_[i].files > best->files) best = &counts_[i];
    }
    guesses_.push_back({best->from, best->to});
  }
}

std::string FolderMoves::guess(const RenameFile& source) const {
  const std::string_view folder = folder_of_path(source.path);
  for (const Move& move : guesses_) {
    if (move.from == folder) return text::cat(move.to, '/', last_segment(source.path));
  }
  return {};
}

bool FolderMoves::wanted(const RenameFile& source) const {
  return changes_.relevant.get(source.path, kNoMore) != kNoMore;
}

/// Whether the known moves out of a folder have a majority that no further one could change.
bool FolderMoves::is_settled(std::string_view folder) const {
  int first = 0;
  int second = 0;
  int unknown = 0;
  for (const Count& entry : counts_) {
    if (entry.from != folder) continue;
    if (entry.to == kUnknown) {
      unknown = entry.files;
    } else if (entry.files >= first) {
      second = first;
      first = entry.files;
    } else {
      second = std::max(second, entry.files);
    }
  }
  return first > second + unknown;
}

/// Whether some folder at or above this one still needs the places of its files.
bool FolderMoves::matters(std::string_view folder) const {
  for (;; folder = folder_of_path(folder)) {
    const int relevance = changes_.removed_folders.get(folder, kIrrelevant);
    if (relevance != kForAncestor) return relevance == kForSelf;
  }
}

void FolderMoves::before_search(const std::vector<RenameFile>& open) {
  for (const RenameFile& source : open) {
    std::string_view folder = folder_of_path(source.path);
    while (!folder.empty() && changes_.removed_folders.get(folder, kIrrelevant) != kIrrelevant) {
      count(folder, kUnknown);
      folder = folder_of_path(folder);
    }
  }
  std::string_view last = kUnknown;
  for (const Count& entry : counts_) {
    if (entry.from == last) continue;
    last = entry.from;
    if (changes_.removed_folders.get(last, kIrrelevant) == kForSelf && is_settled(last))
      changes_.removed_folders[last] = kForAncestor;
  }
  for (const RenameFile& source : open) {
    if (changes_.relevant.get(source.path, kNoMore) == kForLocation && !matters(folder_of_path(source.path)))
      changes_.relevant[source.path] = kNoMore;
  }
}

std::vector<FolderMoves::Move> FolderMoves::moves(std::vector<std::string>& split) const {
  std::vector<Move> out;
  for (std::size_t i = 0; i < counts_.size();) {
    const std::string& from = counts_[i].from;
    const Count* best = nullptr;
    bool tie = false;
    for (; i < counts_.size() && counts_[i].from == from; ++i) {
      const Count& entry = counts_[i];
      if (entry.to == kUnknown) continue;
      if (best && entry.files == best->files) tie = true;
      if (best && entry.files <= best->files) continue;
      best = &entry;
      tie = false;
    }
    if (!best || changes_.removed_folders.get(from, kIrrelevant) == kIrrelevant) continue;
    if (tie) {
      split.push_back(from);
    } else {
      out.push_back({from, best->to});
    }
  }
  return out;
}

}  // namespace pome::git
