#include "core/git/diff_lines.h"

#include <algorithm>

#include "core/git/line_side.h"

namespace pome::git {
namespace {

std::vector<LineChange> collect(const LineSide& before, const LineSide& after) {
  std::vector<LineChange> out;
  int old_at = 0;
  int new_at = 0;
  while (old_at < before.size() || new_at < after.size()) {
    LineChange change{old_at, 0, new_at, 0};
    while (before.changed(old_at)) ++old_at;
    while (after.changed(new_at)) ++new_at;
    change.old_count = old_at - change.old_start;
    change.new_count = new_at - change.new_start;
    if (change.old_count + change.new_count > 0) out.push_back(change);
    ++old_at;
    ++new_at;
  }
  return out;
}

/// The one change between the common first and the common last lines.
std::vector<LineChange> rewrite(const std::vector<std::string_view>& before,
                                const std::vector<std::string_view>& after) {
  std::size_t begin = 0;
  std::size_t old_end = before.size();
  std::size_t new_end = after.size();
  while (begin < old_end && begin < new_end && before[begin] == after[begin]) ++begin;
  while (begin < old_end && begin < new_end && before[old_end - 1] == after[new_end - 1]) {
    --old_end;
    --new_end;
  }
  if (begin == old_end && begin == new_end) return {};
  const int start = static_cast<int>(begin);
  return {{start, static_cast<int>(old_end) - start, start, static_cast<int>(new_end) - start}};
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    out.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return out;
}

bool is_binary(std::string_view content) { return content.substr(0, 8000).find('\0') != std::string_view::npos; }

std::vector<LineChange> diff_lines(const std::vector<std::string_view>& before,
                                   const std::vector<std::string_view>& after, const LineDiffOptions& options) {
  if (before.size() + after.size() > kMostDiffLines) return rewrite(before, after);
  LineNumbers numbers;
  LineSide old_side(numbers.number(before));
  LineSide new_side(numbers.number(after));
  if (options.algorithm == LineDiffOptions::Algorithm::histogram) {
    mark_histogram(old_side, new_side, numbers.count());
  } else {
    mark_myers(old_side, new_side, {0, old_side.size(), 0, new_side.size()}, numbers.count());
  }
  slide_changes(old_side, new_side, options.indent_heuristic ? &before : nullptr);
  slide_changes(new_side, old_side, options.indent_heuristic ? &after : nullptr);
  return collect(old_side, new_side);
}

}  // namespace pome::git
