#include <algorithm>

#include "core/git/line_side.h"

namespace pome::git {
namespace {

// The weights of git's indent heuristic (found by its authors on a corpus of diffs); lower scores are better cuts.
constexpr int kStartOfText = 1;
constexpr int kEndOfText = 21;
constexpr int kBlankLines = -30;
constexpr int kBlankLinesAfter = 6;
constexpr int kIndented = -4;
constexpr int kIndentedAfterBlank = 10;
constexpr int kOutdented = 24;
constexpr int kOutdentedAfterBlank = 17;
constexpr int kDedented = 23;
constexpr int kDedentedAfterBlank = 17;
constexpr int kIndentWeight = 60;
constexpr int kMostIndent = 200;
constexpr int kMostBlankLines = 20;
constexpr int kMostSlides = 100;

constexpr int kBlank = -1;  ///< the indent of a line without text

/// Columns before the first character, a tab reaching the next multiple of 8.
int indent_of(std::string_view line) {
  int columns = 0;
  for (const char c : line) {
    if (c == ' ') {
      ++columns;
    } else if (c == '\t') {
      columns += 8 - columns % 8;
    } else if (c != '\n' && c != '\r') {
      return columns;
    }
    if (columns >= kMostIndent) return kMostIndent;
  }
  return kBlank;
}

/// The nearest line with text in one direction, and the blank lines before it.
struct Surroundings {
  int indent = kBlank;  ///< kBlank when there is no such line
  int blank_lines = 0;
};

Surroundings look(const std::vector<std::string_view>& texts, int from, int step) {
  Surroundings out;
  for (int i = from; i >= 0 && i < static_cast<int>(texts.size()); i += step) {
    out.indent = indent_of(texts[static_cast<std::size_t>(i)]);
    if (out.indent != kBlank) break;
    if (++out.blank_lines == kMostBlankLines) {
      out.indent = 0;
      break;
    }
  }
  return out;
}

struct Score {
  int indent = 0;
  int penalty = 0;

  bool not_worse_than(const Score& other) const {
    const int indents = (indent > other.indent) - (indent < other.indent);
    return kIndentWeight * indents + (penalty - other.penalty) <= 0;
  }
};

/// Adds how unnatural a cut between line `at - 1` and line `at` would be.
void rate_cut(const std::vector<std::string_view>& texts, int at, Score& score) {
  const bool at_end = at >= static_cast<int>(texts.size());
  const int own = at_end ? kBlank : indent_of(texts[static_cast<std::size_t>(at)]);
  const Surroundings above = look(texts, at - 1, -1);
  const Surroundings below = look(texts, at + 1, 1);
  if (above.indent == kBlank && above.blank_lines == 0) score.penalty += kStartOfText;
  if (at_end) score.penalty += kEndOfText;
  const int blank_below = own == kBlank ? 1 + below.blank_lines : 0;
  const int blank_lines = above.blank_lines + blank_below;
  score.penalty += kBlankLines * blank_lines + kBlankLinesAfter * blank_below;
  const int indent = own != kBlank ? own : below.indent;
  score.indent += indent;
  if (indent == kBlank || above.indent == kBlank || indent == above.indent) return;
  const bool spaced = blank_lines != 0;
  if (indent > above.indent) {
    score.penalty += spaced ? kIndentedAfterBlank : kIndented;
  } else if (below.indent != kBlank && below.indent > indent) {
    score.penalty += spaced ? kOutdentedAfterBlank : kOutdented;
  } else {
    score.penalty += spaced ? kDedentedAfterBlank : kDedented;
  }
}

/// A run of changed lines [begin, end) of one side, or the empty run before an unchanged line. Both sides have equally
/// many runs, so walking two cursors in step keeps corresponding places together.
class Run {
 public:
  explicit Run(LineSide& side) : side_(side) { extend_down(); }

  int begin() const { return begin_; }
  int end() const { return end_; }
  int length() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }

  bool to_next() {
    if (end_ == side_.size()) return false;
    begin_ = ++end_;
    extend_down();
    return true;
  }

  void to_previous() {
    end_ = begin_ = begin_ - 1;
    extend_up();
  }

  /// Moves one line up and swallows a run it meets.
  bool slide_up() {
    if (begin_ == 0 || side_[begin_ - 1] != side_[end_ - 1]) return false;
    side_.set_changed(--begin_, true);
    side_.set_changed(--end_, false);
    extend_up();
    return true;
  }

  bool slide_down() {
    if (end_ == side_.size() || side_[begin_] != side_[end_]) return false;
    side_.set_changed(begin_++, false);
    side_.set_changed(end_++, true);
    extend_down();
    return true;
  }

 private:
  void extend_down() {
    while (side_.changed(end_)) ++end_;
  }
  void extend_up() {
    while (side_.changed(begin_ - 1)) --begin_;
  }

  LineSide& side_;
  int begin_ = 0;
  int end_ = 0;
};

/// Where a run of `length` lines that may end anywhere in [highest_end, lowest_end] reads best.
int best_end(const std::vector<std::string_view>& texts, int length, int highest_end, int lowest_end) {
  int best = -1;
  Score best_score;
  for (int end = std::max({highest_end, lowest_end - length - 1, lowest_end - kMostSlides}); end <= lowest_end; ++end) {
    Score score;
    rate_cut(texts, end, score);
    rate_cut(texts, end - length, score);
    if (best != -1 && !score.not_worse_than(best_score)) continue;
    best_score = score;
    best = end;
  }
  return best;
}

/// Settles one run of changed lines; `across` is the run of the other side at the same place.
void settle(Run& run, Run& across, const std::vector<std::string_view>* texts) {
  int length = 0;
  int highest_end = 0;
  bool lines_up = false;
  do {
    length = run.length();
    while (run.slide_up()) across.to_previous();
    highest_end = run.end();
    lines_up = !across.empty();
    while (run.slide_down()) {
      across.to_next();
      if (!across.empty()) lines_up = true;
    }
  } while (length != run.length());
  if (run.end() == highest_end) return;
  if (lines_up) {
    while (across.empty()) {
      run.slide_up();
      across.to_previous();
    }
  } else if (texts) {
    const int end = best_end(*texts, length, highest_end, run.end());
    while (run.end() > end) {
      run.slide_up();
      across.to_previous();
    }
  }
}

}  // namespace

void slide_changes(LineSide& side, LineSide& other, const std::vector<std::string_view>* texts) {
  Run run(side);
  Run across(other);
  do {
    if (!run.empty()) settle(run, across, texts);
    across.to_next();
  } while (run.to_next());
}

}  // namespace pome::git
