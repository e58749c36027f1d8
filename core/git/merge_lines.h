#pragma once
#include <string>
#include <string_view>

namespace pome::git {

struct MergeLabels {
  std::string_view ours;    ///< behind "<<<<<<< "; nothing when empty
  std::string_view theirs;  ///< behind ">>>>>>> "
  int marker_size = 7;
};

struct MergedText {
  std::string text;   ///< with conflict markers where the sides disagree
  int conflicts = 0;  ///< number of marked places; 0 = a clean merge
};

/// Three-way merge of texts as git's merges do it: histogram diffs of each side against the base; equal changes are
/// taken once; changes that touch or overlap conflict, reduced to the lines in which the sides differ, and joined when
/// at most three lines lie between them. Not for binary contents.
MergedText merge_lines(std::string_view base, std::string_view ours, std::string_view theirs,
                       const MergeLabels& labels);

}  // namespace pome::git
