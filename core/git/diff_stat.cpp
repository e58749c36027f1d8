#include "core/git/diff_stat.h"

#include <algorithm>
#include <cstdint>

#include "core/base/text.h"
#include "core/git/diff_text.h"

namespace pome::git {
namespace {

struct Row {
  std::string name;
  bool binary = false;
  std::uint64_t added = 0;  ///< lines; bytes of a binary file
  std::uint64_t removed = 0;
};

std::size_t digits(std::uint64_t number) {
  std::size_t count = 1;
  for (; number >= 10; number /= 10) ++count;
  return count;
}

std::uint64_t size_of(const ObjectStore& store, const ObjectId& id) {
  const std::string* blob = store.blob(id);
  return blob ? blob->size() : 0;
}

Row row_of(const ObjectStore& store, const FileChange& change) {
  Row row;
  row.name = change.status == FileStatus::renamed ? rename_text(change.previous_path, change.path)
                                                  : quoted_path("", change.path);
  const Patch counts = counts_of(store, change);
  row.binary = counts.binary;
  if (!row.binary) {
    row.added = static_cast<std::uint64_t>(counts.additions);
    row.removed = static_cast<std::uint64_t>(counts.deletions);
  } else if (!(change.old_id == change.new_id)) {
    row.added = size_of(store, change.new_id);
    row.removed = size_of(store, change.old_id);
  }
  return row;
}

/// The columns of the table.
struct Columns {
  std::size_t name = 0;
  std::size_t number = 0;
  std::size_t bar = 0;
  std::uint64_t most_changes = 0;
};

Columns fit(const std::vector<Row>& rows, std::size_t width) {
  constexpr std::size_t kFrame = 6;  // " " name " | " number " " bar " "
  Columns columns;
  std::size_t binary_width = 0;
  for (const Row& row : rows) {
    columns.name = std::max(columns.name, row.name.size());
    if (row.binary) {
      binary_width = std::max(binary_width, 14 + digits(row.added) + digits(row.removed));
      columns.number = 3;
    } else {
      columns.most_changes = std::max(columns.most_changes, row.added + row.removed);
    }
  }
  columns.number = std::max(columns.number, digits(columns.most_changes));
  width = std::max(width, 16 + kFrame + columns.number);
  const auto wanted = static_cast<std::size_t>(columns.most_changes);
  columns.bar = wanted + 4 > binary_width ? wanted : binary_width - 4;
  const std::size_t fixed = columns.number + kFrame;
  if (columns.name + fixed + columns.bar <= width) return columns;
  const std::size_t share = std::max<std::size_t>(width * 3 / 8, fixed + 6) - fixed;
  columns.bar = std::min(columns.bar, share);
  if (columns.name > width - fixed - columns.bar) {
    columns.name = width - fixed - columns.bar;
  } else {
    columns.bar = width - fixed - columns.name;
  }
  return columns;
}

std::uint64_t scaled(std::uint64_t value, const Columns& columns) {
  return value == 0 ? 0 : 1 + value * (columns.bar - 1) / columns.most_changes;
}

void append_bar(std::string& out, std::uint64_t added, std::uint64_t removed, const Columns& columns) {
  if (columns.bar <= columns.most_changes) {
    std::uint64_t total = scaled(added + removed, columns);
    if (total < 2 && added > 0 && removed > 0) total = 2;
    if (added < removed) {
      added = scaled(added, columns);
      removed = total - added;
    } else {
      removed = scaled(removed, columns);
      added = total - removed;
    }
  }
  out.append(static_cast<std::size_t>(added), '+').append(static_cast<std::size_t>(removed), '-');
}

void append_row(std::string& out, const Row& row, const Columns& columns) {
  std::string name = row.name;
  if (name.size() > columns.name) {
    name = name.substr(name.size() - (columns.name - 3));
    const std::size_t slash = name.find('/');
    name = "..." + (slash == std::string::npos ? name : name.substr(slash));
  }
  name.resize(std::max(name.size(), columns.name), ' ');
  const std::string number = row.binary ? "Bin" : text::cat(row.added + row.removed);
  out += text::cat(' ', name, " | ", std::string(columns.number - number.size(), ' '), number);
  if (row.binary && row.added + row.removed > 0) {
    out += text::cat(' ', row.removed, " -> ", row.added, " bytes");
  } else if (!row.binary && row.added + row.removed > 0) {
    out += ' ';
    append_bar(out, row.added, row.removed, columns);
  }
  out += '\n';
}

std::string counted(std::uint64_t count, std::string_view noun, std::string_view sign) {
  return text::cat(count, ' ', noun, count == 1 ? "" : "s", sign);
}

void append_total(std::string& out, const std::vector<Row>& rows) {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  for (const Row& row : rows) {
    if (row.binary) continue;
    added += row.added;
    removed += row.removed;
  }
  out += text::cat(' ', counted(rows.size(), "file", ""), " changed");
  if (added > 0 || removed == 0) out += text::cat(", ", counted(added, "insertion", "(+)"));
  if (removed > 0 || added == 0) out += text::cat(", ", counted(removed, "deletion", "(-)"));
  out += '\n';
}

void append_summary(std::string& out, const FileChange& change) {
  switch (change.status) {
    case FileStatus::added:
      out += text::cat(" create mode ", mode_text(change.new_mode), ' ', quoted_path("", change.path), '\n');
      return;
    case FileStatus::removed:
      out += text::cat(" delete mode ", mode_text(change.old_mode), ' ', quoted_path("", change.path), '\n');
      return;
    case FileStatus::renamed:
      out += text::cat(" rename ", rename_text(change.previous_path, change.path), " (", change.similarity, "%)\n");
      break;
    case FileStatus::modified:
    case FileStatus::type_changed:
      break;
  }
  if (change.old_mode == change.new_mode) return;
  out += text::cat(" mode change ", mode_text(change.old_mode), " => ", mode_text(change.new_mode));
  if (change.status != FileStatus::renamed) out += text::cat(' ', quoted_path("", change.path));
  out += '\n';
}

}  // namespace

std::string rename_text(std::string_view from, std::string_view to) {
  if (quoted_path("", from) != from || quoted_path("", to) != to)
    return text::cat(quoted_path("", from), " => ", quoted_path("", to));
  std::size_t prefix = 0;
  for (std::size_t i = 0; i < from.size() && i < to.size() && from[i] == to[i]; ++i) {
    if (from[i] == '/') prefix = i + 1;
  }
  // The last slash of the prefix may also be the first of the suffix: "a/{b => }/c".
  const std::size_t least = prefix > 0 ? prefix - 1 : 0;
  std::size_t suffix = 0;
  for (std::size_t length = 1; from.size() >= least + length && to.size() >= least + length; ++length) {
    const char c = from[from.size() - length];
    if (c != to[to.size() - length]) break;
    if (c == '/') suffix = length;
  }
  const auto middle = [&](std::string_view path) {
    return path.size() > prefix + suffix ? path.substr(prefix, path.size() - prefix - suffix) : std::string_view();
  };
  if (prefix + suffix == 0) return text::cat(from, " => ", to);
  return text::cat(from.substr(0, prefix), '{', middle(from), " => ", middle(to), '}',
                   from.substr(from.size() - suffix));
}

std::string diff_stat(const ObjectStore& store, const std::vector<FileChange>& changes, std::size_t width) {
  std::vector<Row> rows;
  rows.reserve(changes.size());
  for (const FileChange& change : changes) rows.push_back(row_of(store, change));
  const Columns columns = fit(rows, width);
  std::string out;
  for (const Row& row : rows) append_row(out, row, columns);
  append_total(out, rows);
  for (const FileChange& change : changes) append_summary(out, change);
  return out;
}

}  // namespace pome::git
