#include "core/git/patch.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/git/diff_lines.h"

namespace pome::git {
namespace {

constexpr int kContext = 3;
constexpr std::size_t kSectionBytes = 80;

using Lines = std::vector<std::string_view>;

std::string_view at(const Lines& lines, int index) { return lines[static_cast<std::size_t>(index)]; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The heading of the nearest line above `line`: at most 80 bytes, without trailing blanks, and up to the first bytes
/// that are not UTF-8.
std::string_view section_above(const Lines& lines, int line) {
  while (--line >= 0) {
    std::string_view text = at(lines, line);
    if (!text::is_alpha(text.front()) && text.front() != '_' && text.front() != '$') continue;
    text = text.substr(0, kSectionBytes);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    std::size_t valid = 0;
    while (valid < text.size()) {
      const std::size_t length = text::utf8_sequence_length(text.substr(valid));
      if (length == 0) break;
      valid += length;
    }
    return text.substr(0, valid);
  }
  return {};
}

/// "12,3": the first line, counted from 1 (the line before it when the range is empty), and the length unless 1.
void append_range(std::string& out, int begin, int end) {
  text::append(out, end > begin ? begin + 1 : begin);
  if (end - begin != 1) {
    out += ',';
    text::append(out, end - begin);
  }
}

void append_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (line.back() != '\n') out += "\n\\ No newline at end of file\n";
}

/// One hunk: the changes [first, last] with the context around and between them.
void append_hunk(std::string& out, const Lines& before, const Lines& after, const LineChange* first,
                 const LineChange* last) {
  const int old_end = last->old_start + last->old_count;
  const int new_end = last->new_start + last->new_count;
  const int old_size = static_cast<int>(before.size());
  const int lead = std::min({kContext, first->old_start, first->new_start});
  const int trail = std::min({kContext, old_size - old_end, static_cast<int>(after.size()) - new_end});
  const int begin = first->old_start - lead;
  out += "@@ -";
  append_range(out, begin, old_end + trail);
  out += " +";
  append_range(out, first->new_start - lead, new_end + trail);
  out += " @@";
  if (const std::string_view section = section_above(before, begin); !section.empty()) out.append(" ").append(section);
  out += '\n';
  int line = begin;
  for (const LineChange* change = first; change <= last; ++change) {
    for (; line < change->old_start; ++line) append_line(out, ' ', at(before, line));
    for (; line < change->old_start + change->old_count; ++line) append_line(out, '-', at(before, line));
    for (int i = 0; i < change->new_count; ++i) append_line(out, '+', at(after, change->new_start + i));
  }
  for (; line < old_end + trail; ++line) append_line(out, ' ', at(before, line));
}

Patch compare(std::string_view before, std::string_view after, bool with_text) {
  Patch out;
  out.binary = is_binary(before) || is_binary(after);
  if (out.binary || before == after) return out;
  const Lines old_lines = split_lines(before);
  const Lines new_lines = split_lines(after);
  const std::vector<LineChange> changes = diff_lines(old_lines, new_lines, kDiffOptions);
  for (const LineChange& change : changes) {
    out.additions += change.new_count;
    out.deletions += change.old_count;
  }
  if (!with_text) return out;
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first;
    while (last + 1 < changes.size() &&
           changes[last + 1].old_start - (changes[last].old_start + changes[last].old_count) <= 2 * kContext) {
      ++last;
    }
    append_hunk(out.hunks, old_lines, new_lines, &changes[first], &changes[last]);
    first = last + 1;
  }
  return out;
}

}  // namespace

Patch make_patch(std::string_view before, std::string_view after) { return compare(before, after, true); }

Patch count_lines(std::string_view before, std::string_view after) { return compare(before, after, false); }

}  // namespace pome::git
