#include <algorithm>

#include "core/git/line_side.h"

namespace pome::git {
namespace {

constexpr std::uint32_t kMostOccurrences = 64;  ///< git's: a line seen more often in the old region is no anchor
/// Line comparisons after which regions are left to mark_myers, whose cost is bounded. Ordinary files need thousands.
constexpr std::int64_t kWorkLimit = 40'000'000;

/// A run of common lines: [old_begin, old_end) equals the same number of lines from new_begin on.
struct Anchor {
  int old_begin = 0;
  int old_end = 0;
  int new_begin = 0;
  int new_end = 0;
  bool found = false;
};

class Histogram {
 public:
  Histogram(const LineSide& before, const LineSide& after, std::uint32_t number_count)
      : old_(before), new_(after), first_(number_count, -1), count_(number_count, 0) {
    next_.resize(before.numbers.size());
  }

  enum class Outcome { anchor, nothing_common, too_frequent };

  Outcome find(const LineBox& box, Anchor& best) {
    box_ = box;
    best = {};
    rarest_ = kMostOccurrences + 1;
    bool common = false;
    index_old_lines();
    for (int line = box.new_begin; line < box.new_end && work_ < kWorkLimit;) line = try_from(line, best, common);
    forget_old_lines();
    if (work_ >= kWorkLimit) return Outcome::too_frequent;
    if (common && rarest_ > kMostOccurrences) return Outcome::too_frequent;
    return best.found ? Outcome::anchor : Outcome::nothing_common;
  }

 private:
  int next(int line) const { return next_[static_cast<std::size_t>(line)]; }
  std::uint32_t occurrences(int old_line) const { return count_[old_[old_line]]; }

  void index_old_lines() {
    for (int line = box_.old_end - 1; line >= box_.old_begin; --line) {
      const std::uint32_t number = old_[line];
      next_[static_cast<std::size_t>(line)] = first_[number];
      first_[number] = line;
      ++count_[number];
    }
    work_ += box_.old_end - box_.old_begin;
  }

  void forget_old_lines() {
    for (int line = box_.old_begin; line < box_.old_end; ++line) {
      first_[old_[line]] = -1;
      count_[old_[line]] = 0;
    }
  }

  /// Tries every place where the old region has this new line; returns the next new line worth trying.
  int try_from(int new_line, Anchor& best, bool& common) {
    int next_line = new_line + 1;
    ++work_;
    int old_line = first_[new_[new_line]];
    if (old_line < 0) return next_line;
    common = true;
    const std::uint32_t here = occurrences(old_line);
    if (here > rarest_) return next_line;
    while (old_line >= 0) {
      Anchor run{old_line, old_line + 1, new_line, new_line + 1, true};
      const std::uint32_t rarest = extend(run, here);
      next_line = std::max(next_line, run.new_end);
      const int best_span = best.found ? best.old_end - best.old_begin - 1 : 0;
      if (best_span < run.old_end - run.old_begin - 1 || rarest < rarest_) {
        best = run;
        rarest_ = rarest;
      }
      old_line = next(old_line);
      while (old_line >= 0 && old_line < run.old_end) old_line = next(old_line);
    }
    return next_line;
  }

  /// Grows the run in both directions; returns how often its rarest line occurs.
  std::uint32_t extend(Anchor& run, std::uint32_t rarest) {
    while (box_.old_begin < run.old_begin && box_.new_begin < run.new_begin &&
           old_[run.old_begin - 1] == new_[run.new_begin - 1]) {
      --run.old_begin;
      --run.new_begin;
      if (rarest > 1) rarest = std::min(rarest, occurrences(run.old_begin));
    }
    while (run.old_end < box_.old_end && run.new_end < box_.new_end && old_[run.old_end] == new_[run.new_end]) {
      if (rarest > 1) rarest = std::min(rarest, occurrences(run.old_end));
      ++run.old_end;
      ++run.new_end;
    }
    work_ += run.old_end - run.old_begin;
    return rarest;
  }

  const LineSide& old_;
  const LineSide& new_;
  LineBox box_;
  std::vector<int> first_;            // by line number: its first line in the old region, or -1
  std::vector<std::uint32_t> count_;  // by line number: occurrences in the old region
  std::vector<int> next_;             // by old line: the next equal one in the region, or -1
  std::uint32_t rarest_ = 0;
  std::int64_t work_ = 0;
};

void mark_all(LineSide& before, LineSide& after, const LineBox& box) {
  for (int line = box.old_begin; line < box.old_end; ++line) before.set_changed(line, true);
  for (int line = box.new_begin; line < box.new_end; ++line) after.set_changed(line, true);
}

}  // namespace

void mark_histogram(LineSide& before, LineSide& after, std::uint32_t number_count) {
  Histogram histogram(before, after, number_count);
  std::vector<LineBox> open{{0, before.size(), 0, after.size()}};
  while (!open.empty()) {
    const LineBox box = open.back();
    open.pop_back();
    if (box.old_begin >= box.old_end || box.new_begin >= box.new_end) {
      mark_all(before, after, box);
      continue;
    }
    Anchor anchor;
    switch (histogram.find(box, anchor)) {
      case Histogram::Outcome::anchor:
        open.push_back({anchor.old_end, box.old_end, anchor.new_end, box.new_end});
        open.push_back({box.old_begin, anchor.old_begin, box.new_begin, anchor.new_begin});
        break;
      case Histogram::Outcome::nothing_common:
        mark_all(before, after, box);
        break;
      case Histogram::Outcome::too_frequent:
        mark_myers(before, after, box, number_count);
        break;
    }
  }
}

}  // namespace pome::git
