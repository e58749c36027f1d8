#include "core/git/merge_lines.h"

#include <algorithm>
#include <vector>

#include "core/git/diff_lines.h"

namespace pome::git {
namespace {

constexpr int kJoinDistance = 3;

using Lines = std::vector<std::string_view>;

std::string_view at(const Lines& lines, int index) { return lines[static_cast<std::size_t>(index)]; }

/// Lines [start, start + count) of one side.
struct Span {
  int start = 0;
  int count = 0;

  int end() const { return start + count; }
};

/// `either`: a conflict that turned out to be equal on both sides.
enum class Take { conflict, ours, theirs, either };

/// A place where the result is not simply the base: what stands there on either side.
struct Region {
  Take take = Take::conflict;
  Span ours;
  Span theirs;
};

/// Appends a region, or joins it with the one before when they touch on either side.
void append(std::vector<Region>& regions, const Region& next) {
  if (!regions.empty()) {
    Region& last = regions.back();
    if (next.ours.start <= last.ours.end() || next.theirs.start <= last.theirs.end()) {
      if (next.take != last.take) last.take = Take::conflict;
      last.ours.count = next.ours.end() - last.ours.start;
      last.theirs.count = next.theirs.end() - last.theirs.start;
      return;
    }
  }
  regions.push_back(next);
}

bool same_lines(const Lines& ours, int our_start, const Lines& theirs, int their_start, int count) {
  for (int i = 0; i < count; ++i) {
    if (at(ours, our_start + i) != at(theirs, their_start + i)) return false;
  }
  return true;
}

/// Two changes that touch the same base lines: both sides' lines over the union of the two base ranges.
Region overlap(const LineChange& ours, const LineChange& theirs) {
  Region region{Take::conflict, {ours.new_start, ours.new_count}, {theirs.new_start, theirs.new_count}};
  const int start_gap = ours.old_start - theirs.old_start;
  const int end_gap = (ours.old_start + ours.old_count) - (theirs.old_start + theirs.old_count);
  Span& later_start = start_gap > 0 ? region.ours : region.theirs;
  const int lead = start_gap > 0 ? start_gap : -start_gap;
  later_start.start -= lead;
  later_start.count += lead;
  if (end_gap < 0) {
    region.ours.count -= end_gap;
  } else {
    region.theirs.count += end_gap;
  }
  return region;
}

/// Puts the changes of both sides in order.
std::vector<Region> arrange(const Lines& ours, const std::vector<LineChange>& our_changes, const Lines& theirs,
                            const std::vector<LineChange>& their_changes) {
  std::vector<Region> regions;
  auto a = our_changes.begin();
  auto b = their_changes.begin();
  // How far the unchanged lines of each side are shifted against the base at this point.
  int our_shift = 0;
  int their_shift = 0;
  const auto ours_alone = [&] {
    append(regions, {Take::ours, {a->new_start, a->new_count}, {a->old_start + their_shift, a->old_count}});
  };
  const auto theirs_alone = [&] {
    append(regions, {Take::theirs, {b->old_start + our_shift, b->old_count}, {b->new_start, b->new_count}});
  };
  const auto pass_ours = [&] {
    our_shift = a->new_start + a->new_count - (a->old_start + a->old_count);
    ++a;
  };
  const auto pass_theirs = [&] {
    their_shift = b->new_start + b->new_count - (b->old_start + b->old_count);
    ++b;
  };
  while (a != our_changes.end() && b != their_changes.end()) {
    const int our_end = a->old_start + a->old_count;
    const int their_end = b->old_start + b->old_count;
    if (our_end < b->old_start) {
      ours_alone();
      pass_ours();
      continue;
    }
    if (their_end < a->old_start) {
      theirs_alone();
      pass_theirs();
      continue;
    }
    const bool equal = a->old_start == b->old_start && a->old_count == b->old_count && a->new_count == b->new_count &&
                       same_lines(ours, a->new_start, theirs, b->new_start, a->new_count);
    if (!equal) append(regions, overlap(*a, *b));
    if (our_end >= their_end) pass_theirs();
    if (their_end >= our_end) pass_ours();
  }
  for (; a != our_changes.end(); pass_ours()) ours_alone();
  for (; b != their_changes.end(); pass_theirs()) theirs_alone();
  return regions;
}

Lines slice(const Lines& lines, const Span& span) {
  return Lines(lines.begin() + span.start, lines.begin() + span.end());
}

/// Reduces each conflict to the lines in which the two sides differ.
std::vector<Region> refine(const std::vector<Region>& regions, const Lines& ours, const Lines& theirs) {
  std::vector<Region> out;
  for (const Region& region : regions) {
    if (region.take != Take::conflict || region.ours.count == 0 || region.theirs.count == 0) {
      out.push_back(region);
      continue;
    }
    const std::vector<LineChange> changes =
        diff_lines(slice(ours, region.ours), slice(theirs, region.theirs), kMergeOptions);
    if (changes.empty()) out.push_back({Take::either, region.ours, region.theirs});
    for (const LineChange& change : changes) {
      out.push_back({Take::conflict,
                     {region.ours.start + change.old_start, change.old_count},
                     {region.theirs.start + change.new_start, change.new_count}});
    }
  }
  return out;
}

/// Joins conflicts with few lines between them, which read better as one.
std::vector<Region> join_near(const std::vector<Region>& regions) {
  std::vector<Region> out;
  for (const Region& region : regions) {
    if (!out.empty() && out.back().take == Take::conflict && region.take == Take::conflict &&
        region.ours.start - out.back().ours.end() <= kJoinDistance) {
      out.back().ours.count = region.ours.end() - out.back().ours.start;
      out.back().theirs.count = region.theirs.end() - out.back().theirs.start;
    } else {
      out.push_back(region);
    }
  }
  return out;
}

enum class LineEnd { unknown, newline, carriage_return };

/// How line `index` ends; a last line without an end follows the line before it.
LineEnd line_end(const Lines& lines, int index) {
  if (lines.empty()) return LineEnd::unknown;
  std::string_view line = at(lines, index);
  if (line.back() != '\n') {
    if (index == 0) return LineEnd::unknown;
    line = at(lines, index - 1);
  }
  return line.size() > 1 && line[line.size() - 2] == '\r' ? LineEnd::carriage_return : LineEnd::newline;
}

class Writer {
 public:
  Writer(const Lines& base, const Lines& ours, const Lines& theirs, const MergeLabels& labels)
      : base_(base), ours_(ours), theirs_(theirs), labels_(labels) {}

  MergedText write(const std::vector<Region>& regions) {
    int next = 0;
    for (const Region& region : regions) {
      if (region.take == Take::either) continue;
      copy(ours_, {next, region.ours.start - next});
      switch (region.take) {
        case Take::ours:
          copy(ours_, region.ours);
          break;
        case Take::theirs:
          copy(theirs_, region.theirs);
          break;
        case Take::conflict:
        case Take::either:
          conflict(region);
          break;
      }
      next = region.ours.end();
    }
    copy(ours_, {next, static_cast<int>(ours_.size()) - next});
    return std::move(out_);
  }

 private:
  void copy(const Lines& lines, const Span& span) {
    for (int i = span.start; i < span.end(); ++i) out_.text += at(lines, i);
  }

  void conflict(const Region& region) {
    ++out_.conflicts;
    const std::string_view end = needs_carriage_return(region) ? "\r\n" : "\n";
    marker('<', labels_.ours, end);
    copy_whole(ours_, region.ours, end);
    marker('=', {}, end);
    copy_whole(theirs_, region.theirs, end);
    marker('>', labels_.theirs, end);
  }

  void copy_whole(const Lines& lines, const Span& span, std::string_view end) {
    copy(lines, span);
    if (span.count > 0 && at(lines, span.end() - 1).back() != '\n') out_.text += end;
  }

  void marker(char sign, std::string_view label, std::string_view end) {
    out_.text.append(static_cast<std::size_t>(labels_.marker_size), sign);
    if (!label.empty()) out_.text.append(" ").append(label);
    out_.text += end;
  }

  /// Markers end like the lines before the conflict on both sides, and like the base.
  bool needs_carriage_return(const Region& region) const {
    LineEnd end = line_end(ours_, std::max(region.ours.start - 1, 0));
    if (end != LineEnd::newline) end = line_end(theirs_, std::max(region.theirs.start - 1, 0));
    if (end != LineEnd::newline) end = line_end(base_, 0);
    return end == LineEnd::carriage_return;
  }

  const Lines& base_;
  const Lines& ours_;
  const Lines& theirs_;
  const MergeLabels& labels_;
  MergedText out_;
};

}  // namespace

MergedText merge_lines(std::string_view base, std::string_view ours, std::string_view theirs,
                       const MergeLabels& labels) {
  const Lines base_lines = split_lines(base);
  const Lines our_lines = split_lines(ours);
  const Lines their_lines = split_lines(theirs);
  const std::vector<LineChange> our_changes = diff_lines(base_lines, our_lines, kMergeOptions);
  if (our_changes.empty()) return {std::string(theirs), 0};
  const std::vector<LineChange> their_changes = diff_lines(base_lines, their_lines, kMergeOptions);
  if (their_changes.empty()) return {std::string(ours), 0};
  const std::vector<Region> regions =
      join_near(refine(arrange(our_lines, our_changes, their_lines, their_changes), our_lines, their_lines));
  return Writer(base_lines, our_lines, their_lines, labels).write(regions);
}

}  // namespace pome::git
