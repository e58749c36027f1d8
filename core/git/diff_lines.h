#pragma once
#include <string_view>
#include <vector>

namespace pome::git {

/// Old lines [old_start, old_start + old_count) became new lines [new_start, new_start + new_count); counted from 0.
struct LineChange {
  int old_start = 0;
  int old_count = 0;
  int new_start = 0;
  int new_count = 0;

  bool operator==(const LineChange&) const = default;
};

struct LineDiffOptions {
  enum class Algorithm { myers, histogram } algorithm = Algorithm::myers;
  bool indent_heuristic = true;
};

/// What `git diff` uses.
inline constexpr LineDiffOptions kDiffOptions{};
/// What git's merges use.
inline constexpr LineDiffOptions kMergeOptions{LineDiffOptions::Algorithm::histogram, false};

/// Two texts together of more lines than this are not searched: what lies between their common first and common last
/// lines counts as replaced. Below it the search costs at most about (lines)^1.5 steps, whatever the input.
inline constexpr std::size_t kMostDiffLines = 100'000;

/// A text's lines, each with its newline; only the last may lack one.
std::vector<std::string_view> split_lines(std::string_view text);

/// Git looks for a NUL byte in the first 8000 bytes.
bool is_binary(std::string_view content);

/// The changes from `before` to `after` in order, never adjacent, exactly those that git finds.
std::vector<LineChange> diff_lines(const std::vector<std::string_view>& before,
                                   const std::vector<std::string_view>& after, const LineDiffOptions& options);

}  // namespace pome::git
