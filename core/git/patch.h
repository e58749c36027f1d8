#pragma once
#include <string>
#include <string_view>

namespace pome::git {

/// The difference of two contents as unified hunks: "@@ -1,3 +1,4 @@ section", lines with ' ', '-' or '+' in front,
/// "\ No newline at end of file". No file headers. Empty for equal and for binary contents.
struct Patch {
  std::string hunks;
  int additions = 0;
  int deletions = 0;
  bool binary = false;
};

/// Byte for byte what `git diff` prints below the "+++" line, with its default options (3 lines of context, the section
/// being the nearest line above that starts with a letter, '_' or '$').
Patch make_patch(std::string_view before, std::string_view after);

/// The counts alone (`git diff --numstat`), without building text.
Patch count_lines(std::string_view before, std::string_view after);

}  // namespace pome::git
