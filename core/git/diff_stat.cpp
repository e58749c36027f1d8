#include <algorithm>

#include "core/base/text.h"
#include "core/git/diff_text.h"
#include "core/git/mail_patch.h"

namespace pome::git {
namespace {

constexpr int kColumns = 72;

struct StatRow {
  std::string name;
  Patch counts;
  std::size_t bytes_before = 0;  ///< of binary files
  std::size_t bytes_after = 0;

  int total() const { return counts.additions + counts.deletions; }
};

int digits_of(int number) { return static_cast<int>(text::cat(number).size()); }

/// A move as git shortens it: "{old => new}/name", "dir/{a.txt => b.txt}".
std::string moved_name(std::string_view before, std::string_view after) {
  std::size_t prefix = 0;
  for (std::size_t i = 0; i < before.size() && i < after.size() && before[i] == after[i]; ++i) {
    if (before[i] == '/') prefix = i + 1;
  }
  // The common end may begin at the slash that ends the common start.
  const std::size_t floor = prefix == 0 ? 0 : prefix - 1;
  std::size_t suffix = 0;
  for (std::size_t i = 1; i + floor <= before.size() && i + floor <= after.size(); ++i) {
    if (before[before.size() - i] != after[after.size() - i]) break;
    if (before[before.size() - i] == '/') suffix = i;
  }
  if (prefix + suffix == 0) return text::cat(before, " => ", after);
  const auto middle = [&](std::string_view path) {
    const std::size_t size = path.size() > prefix + suffix ? path.size() - prefix - suffix : 0;
    return path.substr(prefix, size);
  };
  return text::cat(before.substr(0, prefix), "{", middle(before), " => ", middle(after), "}",
                   after.substr(after.size() - suffix));
}

std::string shown_name(const FileChange& change) {
  return change.status == FileStatus::renamed ? moved_name(change.previous_path, change.path)
                                              : quoted_path("", change.path);
}

StatRow row_of(const ObjectStore& store, const FileChange& change) {
  StatRow row{shown_name(change), counts_of(store, change), 0, 0};
  if (!row.counts.binary) return row;
  const std::string* before = change.status == FileStatus::added ? nullptr : store.blob(change.old_id);
  const std::string* after = change.status == FileStatus::removed ? nullptr : store.blob(change.new_id);
  row.bytes_before = before ? before->size() : 0;
  row.bytes_after = after ? after->size() : 0;
  return row;
}

struct Widths {
  int name = 0;
  int number = 0;
  int graph = 0;
  int most = 0;  ///< the largest number of changed lines
};

/// Git's division of a line: the graph gives way first, but keeps six columns.
Widths widths_of(const std::vector<StatRow>& rows) {
  Widths out;
  for (const StatRow& row : rows) {
    out.name = std::max(out.name, static_cast<int>(row.name.size()));
    out.most = std::max(out.most, row.total());
    if (row.counts.binary) out.number = 3;
  }
  out.number = std::max(out.number, digits_of(out.most));
  out.graph = out.most;
  const int fixed = out.number + 6;
  if (out.name + fixed + out.graph <= kColumns) return out;
  out.graph = std::min(out.graph, std::max(kColumns * 3 / 8 - fixed, 6));
  if (out.name > kColumns - fixed - out.graph) {
    out.name = kColumns - fixed - out.graph;
  } else {
    out.graph = kColumns - fixed - out.name;
  }
  return out;
}

int scaled(int lines, const Widths& widths) {
  return lines == 0 ? 0 : 1 + static_cast<int>(std::int64_t{lines} * (widths.graph - 1) / widths.most);
}

std::string graph_of(const StatRow& row, const Widths& widths) {
  int added = row.counts.additions;
  int removed = row.counts.deletions;
  if (widths.graph <= widths.most) {
    int total = scaled(added + removed, widths);
    if (total < 2 && added != 0 && removed != 0) total = 2;
    if (added < removed) {
      added = scaled(added, widths);
      removed = total - added;
    } else {
      removed = scaled(removed, widths);
      added = total - removed;
    }
  }
  return std::string(static_cast<std::size_t>(added), '+') + std::string(static_cast<std::size_t>(removed), '-');
}

std::string padded(std::string text, int width, bool left) {
  const auto size = static_cast<std::size_t>(std::max(width, 0));
  if (text.size() < size) text.insert(left ? 0 : text.size(), size - text.size(), ' ');
  return text;
}

/// A name that is too long loses its start, up to a slash if there is one.
std::string fitted(const std::string& name, int width) {
  if (static_cast<int>(name.size()) <= width) return padded(name, width, false);
  std::string_view end = std::string_view(name).substr(name.size() - static_cast<std::size_t>(std::max(width - 3, 0)));
  if (const std::size_t slash = end.find('/'); slash != std::string_view::npos) end.remove_prefix(slash);
  return padded(text::cat("...", end), width, false);
}

void append_row(std::string& out, const StatRow& row, const Widths& widths) {
  text::append(out, " ", fitted(row.name, widths.name), " | ");
  if (row.counts.binary) {
    text::append(out, padded("Bin", widths.number, true), " ", row.bytes_before, " -> ", row.bytes_after, " bytes\n");
    return;
  }
  text::append(out, padded(text::cat(row.total()), widths.number, true), row.total() == 0 ? "" : " ",
               graph_of(row, widths), "\n");
}

void append_sum(std::string& out, const std::vector<StatRow>& rows) {
  int added = 0;
  int removed = 0;
  for (const StatRow& row : rows) {
    added += row.counts.additions;
    removed += row.counts.deletions;
  }
  const auto plural = [](std::int64_t count) { return count == 1 ? "" : "s"; };
  text::append(out, " ", rows.size(), " file", plural(static_cast<std::int64_t>(rows.size())), " changed");
  if (added != 0 || removed == 0) text::append(out, ", ", added, " insertion", plural(added), "(+)");
  if (removed != 0 || added == 0) text::append(out, ", ", removed, " deletion", plural(removed), "(-)");
  out += '\n';
}

void append_summary(std::string& out, const FileChange& change) {
  const auto mode = [](Mode value) { return text::cat(value == Mode::tree ? "0" : "", mode_text(value)); };
  switch (change.status) {
    case FileStatus::added:
      text::append(out, " create mode ", mode(change.new_mode), " ", quoted_path("", change.path), "\n");
      return;
    case FileStatus::removed:
      text::append(out, " delete mode ", mode(change.old_mode), " ", quoted_path("", change.path), "\n");
      return;
    case FileStatus::renamed:
      text::append(out, " rename ", shown_name(change), " (", change.similarity, "%)\n");
      if (change.old_mode != change.new_mode) {
        text::append(out, " mode change ", mode(change.old_mode), " => ", mode(change.new_mode), "\n");
      }
      return;
    default:
      if (change.old_mode == change.new_mode) return;
      text::append(out, " mode change ", mode(change.old_mode), " => ", mode(change.new_mode), " ",
                   quoted_path("", change.path), "\n");
  }
}

}  // namespace

std::string diff_stat(const ObjectStore& store, const std::vector<FileChange>& changes) {
  std::vector<StatRow> rows;
  for (const FileChange& change : changes) rows.push_back(row_of(store, change));
  const Widths widths = widths_of(rows);
  std::string out;
  for (const StatRow& row : rows) append_row(out, row, widths);
  append_sum(out, rows);
  for (const FileChange& change : changes) append_summary(out, change);
  return out;
}

}  // namespace pome::git
