#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace pome::git {

/// A content as git's rename detection sees it: how many bytes lie in chunks (a line, or 64 bytes of a longer one) of
/// each hash value. A last line without a newline counts, as in git since 2.44.
struct ChunkCounts {
  struct Chunk {
    std::uint32_t hash = 0;
    std::uint32_t bytes = 0;
  };
  std::vector<Chunk> chunks;  ///< by hash
  std::uint64_t size = 0;     ///< of the content

  explicit ChunkCounts(std::string_view content);
};

/// How much of the larger content the two share: 0 to kMaxScore (renames.h).
int similarity(const ChunkCounts& source, const ChunkCounts& target);

/// False when the sizes alone rule out `least_score`.
bool sizes_allow(std::uint64_t source, std::uint64_t target, int least_score);

}  // namespace pome::git
