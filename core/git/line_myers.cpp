#include <algorithm>
#include <limits>

#include "core/git/line_side.h"

namespace pome::git {
namespace {

// Git's constants; its results depend on each.
constexpr int kLeastCostLimit = 256;  ///< a search may always cost this much
constexpr int kShortcutCost = 256;    ///< from here on a good diagonal ends the search early
constexpr int kLongSnake = 20;        ///< equal lines in a row that make a diagonal good
constexpr int kShortcutFactor = 4;
constexpr int kMostRepeats = 1024;  ///< a line is "frequent" from this many occurrences on, or sooner in short texts
constexpr int kNeighbourWindow = 100;
constexpr int kFrequentShare = 4;
constexpr int kFar = std::numeric_limits<int>::max();

/// A power of two near the square root, as git approximates it.
int rough_root(int value) {
  int root = 1;
  for (; value > 0; value >>= 2) root <<= 1;
  return root;
}

int distance(int a, int b) { return a > b ? a - b : b - a; }

/// The lines of one side that take part in the search: their numbers and where they stand.
struct Candidates {
  std::vector<std::uint32_t> numbers;
  std::vector<int> places;

  std::uint32_t operator[](int index) const { return numbers[static_cast<std::size_t>(index)]; }
  int size() const { return static_cast<int>(numbers.size()); }
};

enum class Rarity : char { absent, usual, frequent };

/// Whether a frequent line stands among lines that the other side lacks, where matching it would only be noise.
bool is_noise(const std::vector<Rarity>& rarity, int at) {
  const int last = static_cast<int>(rarity.size()) - 1;
  const int begin = std::max(0, at - kNeighbourWindow);
  const int end = std::min(last, at + kNeighbourWindow);
  int absent = 0;
  int frequent = 1;
  const auto look = [&](int from, int to, int step) {
    int absent_here = 0;
    for (int i = from; i != to; i += step) {
      const Rarity kind = rarity[static_cast<std::size_t>(i)];
      if (kind == Rarity::usual) break;
      (kind == Rarity::absent ? absent_here : frequent) += 1;
    }
    absent += absent_here;
    return absent_here > 0;
  };
  if (!look(at - 1, begin - 1, -1) || !look(at + 1, end + 1, 1)) return false;
  ++frequent;  // git counts the line itself once in each direction
  return frequent * kFrequentShare < frequent + absent;
}

/// Picks the lines of [begin, end) worth matching and marks the others as changed. `occurrences` counts each line
/// number on the other side; `side_size` is the length of this side of the whole comparison.
Candidates pick_candidates(LineSide& side, int begin, int end, int side_size,
                           const std::vector<std::uint32_t>& occurrences) {
  const auto frequent_from = static_cast<std::uint32_t>(std::min(rough_root(side_size), kMostRepeats));
  std::vector<Rarity> rarity;
  rarity.reserve(static_cast<std::size_t>(end - begin));
  for (int line = begin; line < end; ++line) {
    const std::uint32_t count = occurrences[side[line]];
    rarity.push_back(count == 0 ? Rarity::absent : count >= frequent_from ? Rarity::frequent : Rarity::usual);
  }
  Candidates out;
  for (int line = begin; line < end; ++line) {
    const Rarity kind = rarity[static_cast<std::size_t>(line - begin)];
    if (kind == Rarity::absent || (kind == Rarity::frequent && is_noise(rarity, line - begin))) {
      side.set_changed(line, true);
    } else {
      out.numbers.push_back(side[line]);
      out.places.push_back(line);
    }
  }
  return out;
}

/// Where a box is divided, and which halves still must be searched without short cuts.
struct Split {
  int old_at = 0;
  int new_at = 0;
  bool exact_before = true;
  bool exact_after = true;
};

/// The middle of an edit path through the candidates, searched from both ends at once. Diagonal k holds the points
/// with old - new = k; `forward_` and `backward_` hold how far (in old lines) each diagonal was reached.
class Search {
 public:
  Search(const Candidates& before, const Candidates& after) : old_(before), new_(after), zero_(after.size() + 1) {
    const int diagonals = before.size() + after.size() + 3;
    forward_.resize(static_cast<std::size_t>(diagonals));
    backward_.resize(static_cast<std::size_t>(diagonals));
    cost_limit_ = std::max(rough_root(diagonals), kLeastCostLimit);
  }

  Split split(const LineBox& box, bool exact) {
    box_ = box;
    lowest_ = box.old_begin - box.new_end;
    highest_ = box.old_end - box.new_begin;
    const int forward_middle = box.old_begin - box.new_begin;
    const int backward_middle = box.old_end - box.new_end;
    const bool odd = ((forward_middle - backward_middle) & 1) != 0;
    forward_low_ = forward_high_ = forward_middle;
    backward_low_ = backward_high_ = backward_middle;
    forward(forward_middle) = box.old_begin;
    backward(backward_middle) = box.old_end;
    Split found;
    for (int cost = 1;; ++cost) {
      long_snake_ = false;
      if (step_forward(odd, found) || step_backward(odd, found)) return found;
      if (exact) continue;
      if (long_snake_ && cost > kShortcutCost &&
          (good_forward(cost, forward_middle, found) || good_backward(cost, backward_middle, found))) {
        return found;
      }
      if (cost >= cost_limit_) return furthest();
    }
  }

 private:
  int& at_diagonal(std::vector<int>& reach, int diagonal) const {
    const int index = diagonal + zero_;
    return reach[static_cast<std::size_t>(index)];
  }
  int& forward(int diagonal) { return at_diagonal(forward_, diagonal); }
  int& backward(int diagonal) { return at_diagonal(backward_, diagonal); }
  bool equal(int old_line, int new_line) const { return old_[old_line] == new_[new_line]; }

  /// Widens the range of diagonals by one at each end, or narrows it where the box ends, so that parity alternates.
  void widen(int& low, int& high, std::vector<int>& reach, int unreached) {
    if (low > lowest_) {
      --low;
      at_diagonal(reach, low - 1) = unreached;
    } else {
      ++low;
    }
    if (high < highest_) {
      ++high;
      at_diagonal(reach, high + 1) = unreached;
    } else {
      --high;
    }
  }

  bool step_forward(bool odd, Split& found) {
    widen(forward_low_, forward_high_, forward_, -1);
    for (int k = forward_high_; k >= forward_low_; k -= 2) {
      const int start = forward(k - 1) >= forward(k + 1) ? forward(k - 1) + 1 : forward(k + 1);
      int at = start;
      while (at < box_.old_end && at - k < box_.new_end && equal(at, at - k)) ++at;
      if (at - start > kLongSnake) long_snake_ = true;
      forward(k) = at;
      if (odd && backward_low_ <= k && k <= backward_high_ && backward(k) <= at) {
        found = {at, at - k, true, true};
        return true;
      }
    }
    return false;
  }

  bool step_backward(bool odd, Split& found) {
    widen(backward_low_, backward_high_, backward_, kFar);
    for (int k = backward_high_; k >= backward_low_; k -= 2) {
      const int start = backward(k - 1) < backward(k + 1) ? backward(k - 1) : backward(k + 1) - 1;
      int at = start;
      while (at > box_.old_begin && at - k > box_.new_begin && equal(at - 1, at - k - 1)) --at;
      if (start - at > kLongSnake) long_snake_ = true;
      backward(k) = at;
      if (!odd && forward_low_ <= k && k <= forward_high_ && at <= forward(k)) {
        found = {at, at - k, true, true};
        return true;
      }
    }
    return false;
  }

  /// The best forward diagonal that came far for its cost and just passed a long run of equal lines.
  bool good_forward(int cost, int middle, Split& found) {
    int best = 0;
    for (int k = forward_high_; k >= forward_low_; k -= 2) {
      const int old_at = forward(k);
      const int new_at = old_at - k;
      const int gain = (old_at - box_.old_begin) + (new_at - box_.new_begin) - distance(k, middle);
      if (gain <= kShortcutFactor * cost || gain <= best) continue;
      if (old_at < box_.old_begin + kLongSnake || old_at >= box_.old_end) continue;
      if (new_at < box_.new_begin + kLongSnake || new_at >= box_.new_end) continue;
      int run = 0;
      while (run < kLongSnake && equal(old_at - 1 - run, new_at - 1 - run)) ++run;
      if (run < kLongSnake) continue;
      best = gain;
      found = {old_at, new_at, true, false};
    }
    return best > 0;
  }

  bool good_backward(int cost, int middle, Split& found) {
    int best = 0;
    for (int k = backward_high_; k >= backward_low_; k -= 2) {
      const int old_at = backward(k);
      const int new_at = old_at - k;
      const int gain = (box_.old_end - old_at) + (box_.new_end - new_at) - distance(k, middle);
      if (gain <= kShortcutFactor * cost || gain <= best) continue;
      if (old_at <= box_.old_begin || old_at > box_.old_end - kLongSnake) continue;
      if (new_at <= box_.new_begin || new_at > box_.new_end - kLongSnake) continue;
      int run = 0;
      while (run < kLongSnake && equal(old_at + run, new_at + run)) ++run;
      if (run < kLongSnake) continue;
      best = gain;
      found = {old_at, new_at, false, true};
    }
    return best > 0;
  }

  /// The point of either search that covers most lines: where a search that became too costly is cut.
  Split furthest() {
    int forward_sum = -1;
    int forward_old = -1;
    for (int k = forward_high_; k >= forward_low_; k -= 2) {
      int at = std::min(forward(k), box_.old_end);
      if (at - k > box_.new_end) at = box_.new_end + k;
      if (forward_sum < at + at - k) {
        forward_sum = at + at - k;
        forward_old = at;
      }
    }
    int backward_sum = kFar;
    int backward_old = kFar;
    for (int k = backward_high_; k >= backward_low_; k -= 2) {
      int at = std::max(box_.old_begin, backward(k));
      if (at - k < box_.new_begin) at = box_.new_begin + k;
      if (at + at - k < backward_sum) {
        backward_sum = at + at - k;
        backward_old = at;
      }
    }
    if ((box_.old_end + box_.new_end) - backward_sum < forward_sum - (box_.old_begin + box_.new_begin))
      return {forward_old, forward_sum - forward_old, true, false};
    return {backward_old, backward_sum - backward_old, false, true};
  }

  const Candidates& old_;
  const Candidates& new_;
  const int zero_;
  std::vector<int> forward_;
  std::vector<int> backward_;
  int cost_limit_ = 0;
  LineBox box_;
  int lowest_ = 0;
  int highest_ = 0;
  int forward_low_ = 0;
  int forward_high_ = 0;
  int backward_low_ = 0;
  int backward_high_ = 0;
  bool long_snake_ = false;
};

/// Divides the box until its parts lie on one side only, and marks those.
void mark_candidates(LineSide& before, LineSide& after, const Candidates& old_lines, const Candidates& new_lines) {
  struct Task {
    LineBox box;
    bool exact = false;
  };
  Search search(old_lines, new_lines);
  std::vector<Task> open{{{0, old_lines.size(), 0, new_lines.size()}, false}};
  while (!open.empty()) {
    auto [box, exact] = open.back();
    open.pop_back();
    while (box.old_begin < box.old_end && box.new_begin < box.new_end &&
           old_lines[box.old_begin] == new_lines[box.new_begin]) {
      ++box.old_begin;
      ++box.new_begin;
    }
    while (box.old_begin < box.old_end && box.new_begin < box.new_end &&
           old_lines[box.old_end - 1] == new_lines[box.new_end - 1]) {
      --box.old_end;
      --box.new_end;
    }
    if (box.old_begin == box.old_end || box.new_begin == box.new_end) {
      for (int i = box.old_begin; i < box.old_end; ++i)
        before.set_changed(old_lines.places[static_cast<std::size_t>(i)], true);
      for (int i = box.new_begin; i < box.new_end; ++i)
        after.set_changed(new_lines.places[static_cast<std::size_t>(i)], true);
      continue;
    }
    const Split at = search.split(box, exact);
    open.push_back({{at.old_at, box.old_end, at.new_at, box.new_end}, at.exact_after});
    open.push_back({{box.old_begin, at.old_at, box.new_begin, at.new_at}, at.exact_before});
  }
}

}  // namespace

void mark_myers(LineSide& before, LineSide& after, const LineBox& box, std::uint32_t number_count) {
  std::vector<std::uint32_t> in_old(number_count, 0);
  std::vector<std::uint32_t> in_new(number_count, 0);
  for (int line = box.old_begin; line < box.old_end; ++line) ++in_old[before[line]];
  for (int line = box.new_begin; line < box.new_end; ++line) ++in_new[after[line]];
  LineBox inner = box;
  while (inner.old_begin < inner.old_end && inner.new_begin < inner.new_end &&
         before[inner.old_begin] == after[inner.new_begin]) {
    ++inner.old_begin;
    ++inner.new_begin;
  }
  while (inner.old_begin < inner.old_end && inner.new_begin < inner.new_end &&
         before[inner.old_end - 1] == after[inner.new_end - 1]) {
    --inner.old_end;
    --inner.new_end;
  }
  const Candidates old_lines =
      pick_candidates(before, inner.old_begin, inner.old_end, box.old_end - box.old_begin, in_new);
  const Candidates new_lines =
      pick_candidates(after, inner.new_begin, inner.new_end, box.new_end - box.new_begin, in_old);
  mark_candidates(before, after, old_lines, new_lines);
}

}  // namespace pome::git
