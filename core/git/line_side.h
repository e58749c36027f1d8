#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// What the line diff algorithms share. Internal to core/git; use diff_lines.h.
namespace pome::git {

/// One of the two texts of a comparison. Equal lines of either text have the same number, so comparing lines is
/// comparing numbers.
struct LineSide {
  std::vector<std::uint32_t> numbers;
  /// Flag of line i at i + 1; both ends hold a false guard.
  std::vector<char> flags;

  explicit LineSide(std::vector<std::uint32_t> line_numbers);
  int size() const { return static_cast<int>(numbers.size()); }
  std::uint32_t operator[](int line) const { return numbers[static_cast<std::size_t>(line)]; }
  /// True when the line was removed (old side) or added (new side). Accepts -1 and size().
  bool changed(int line) const { return flags[flag_of(line)] != 0; }
  void set_changed(int line, bool value) { flags[flag_of(line)] = value ? 1 : 0; }

 private:
  static std::size_t flag_of(int line) { return static_cast<std::size_t>(line) + 1; }
};

/// A rectangle of lines: [old_begin, old_end) against [new_begin, new_end).
struct LineBox {
  int old_begin = 0;
  int old_end = 0;
  int new_begin = 0;
  int new_end = 0;
};

/// Gives equal lines equal numbers, counted from 0 in order of first appearance.
class LineNumbers {
 public:
  std::vector<std::uint32_t> number(const std::vector<std::string_view>& lines);
  std::uint32_t count() const { return static_cast<std::uint32_t>(known_.size()); }

 private:
  struct Known {
    std::string_view text;
    std::uint64_t hash = 0;
  };
  std::uint32_t number_of(std::string_view line);
  void grow();

  std::vector<Known> known_;
  std::vector<std::uint32_t> slots_;
};

/// Marks the changed lines inside the box as git's default algorithm does (Myers 1986 with git's two short cuts: lines
/// that occur on one side only, or very often between such lines, do not take part; a search that costs more than the
/// square root of the input settles for a good split). `number_count` bounds the line numbers.
void mark_myers(LineSide& before, LineSide& after, const LineBox& box, std::uint32_t number_count);

/// Marks the changed lines as git's histogram algorithm does: splits at the longest run of common lines that contains
/// the rarest line, recursively; regions where every common line occurs more than 64 times go to mark_myers.
void mark_histogram(LineSide& before, LineSide& after, std::uint32_t number_count);

/// Slides each run of changed lines of `side` among the positions that describe the same edit: lines up with a change
/// of the `other` side when it can, else, with `texts` given, where indentation and blank lines make the best cut
/// (git's indent heuristic), else as far down as possible. Runs that meet are joined.
void slide_changes(LineSide& side, LineSide& other, const std::vector<std::string_view>* texts);

}  // namespace pome::git
