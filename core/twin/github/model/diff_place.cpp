#include "core/twin/github/model/diff_place.h"

#include "core/base/function_ref.h"
#include "core/base/text.h"
#include "core/git/diff_lines.h"

namespace pome::twin::github::model {
namespace {

/// One line of a diff while walking down it. Numbers are 0 on the side that does not have the line.
struct Step {
  Id old_line = 0;
  Id new_line = 0;
  Id position = 0;
  Id hunk = 0;
  std::string_view text;  ///< the hunk up to and with this line
};

/// The number behind `mark` in "@@ -12,3 +14,4 @@".
Id start_of(std::string_view header, char mark) {
  const std::size_t at = header.find(mark);
  if (at == std::string_view::npos) return 0;
  std::size_t end = at + 1;
  while (end < header.size() && text::is_digit(header[end])) ++end;
  return text::to_integer(header.substr(at + 1, end - at - 1)).value_or(0);
}

/// Calls `visit` for each line below a hunk header until it says true.
void walk(std::string_view hunks, FunctionRef<bool(const Step&)> visit) {
  Step step;
  step.position = -1;
  step.hunk = -1;
  Id old_next = 0;
  Id new_next = 0;
  std::size_t hunk_begin = 0;
  for (std::size_t at = 0; at < hunks.size();) {
    const std::size_t end = std::min(hunks.find('\n', at), hunks.size());
    const std::string_view line = hunks.substr(at, end - at);
    ++step.position;
    if (line.substr(0, 2) == "@@") {
      ++step.hunk;
      hunk_begin = at;
      old_next = start_of(line, '-');
      new_next = start_of(line, '+');
    } else {
      const char mark = line.empty() ? ' ' : line.front();
      step.old_line = mark == ' ' || mark == '-' ? old_next++ : 0;
      step.new_line = mark == ' ' || mark == '+' ? new_next++ : 0;
      step.text = hunks.substr(hunk_begin, end - hunk_begin);
      if (visit(step)) return;
    }
    at = end + 1;
  }
}

std::optional<DiffPlace> find(std::string_view hunks, FunctionRef<std::optional<Side>(const Step&)> fits) {
  std::optional<DiffPlace> out;
  walk(hunks, [&](const Step& step) {
    const std::optional<Side> side = fits(step);
    if (!side) return false;
    out = DiffPlace{*side, *side == Side::left ? step.old_line : step.new_line, step.position, step.hunk,
                    std::string(step.text)};
    return true;
  });
  return out;
}

}  // namespace

std::optional<DiffPlace> place_of_line(std::string_view hunks, Side side, Id line) {
  return find(hunks, [&](const Step& step) {
    const Id number = side == Side::left ? step.old_line : step.new_line;
    return number == line && line != 0 ? std::optional(side) : std::nullopt;
  });
}

std::optional<DiffPlace> place_at(std::string_view hunks, Id position) {
  return find(hunks, [&](const Step& step) -> std::optional<Side> {
    if (step.position != position || (step.old_line == 0 && step.new_line == 0)) return std::nullopt;
    return step.new_line == 0 ? Side::left : Side::right;
  });
}

std::optional<Id> moved_line(std::string_view before, std::string_view after, Id line) {
  Id shift = 0;
  for (const git::LineChange& change :
       git::diff_lines(git::split_lines(before), git::split_lines(after), git::kDiffOptions)) {
    if (line - 1 < change.old_start) break;
    if (line - 1 < change.old_start + change.old_count) return std::nullopt;
    shift += change.new_count - change.old_count;
  }
  return line + shift;
}

}  // namespace pome::twin::github::model
