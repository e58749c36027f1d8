#include "core/git/similarity.h"

#include <algorithm>

#include "core/base/sort.h"
#include "core/git/diff_lines.h"
#include "core/git/renames.h"

namespace pome::git {
namespace {

constexpr std::uint32_t kChunkBytes = 64;
constexpr std::uint32_t kHashes = 107927;  ///< git's number of hash values; collisions are part of its scores

}  // namespace

ChunkCounts::ChunkCounts(std::string_view content) : size(content.size()) {
  const bool text = !is_binary(content);
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  std::uint32_t bytes = 0;
  const auto close = [&] {
    if (bytes > 0) chunks.push_back({(low + high * 0x61) % kHashes, bytes});
    low = high = bytes = 0;
  };
  for (std::size_t i = 0; i < content.size(); ++i) {
    const auto byte = static_cast<unsigned char>(content[i]);
    if (text && byte == '\r' && i + 1 < content.size() && content[i + 1] == '\n') continue;
    const std::uint32_t old_low = low;
    low = ((low << 7) ^ (high >> 25)) + byte;
    high = (high << 7) ^ (old_low >> 25);
    if (++bytes == kChunkBytes || byte == '\n') close();
  }
  close();
  sort_stably(chunks, [](const Chunk& a, const Chunk& b) { return a.hash < b.hash; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (kept > 0 && chunks[kept - 1].hash == chunks[i].hash) {
      chunks[kept - 1].bytes += chunks[i].bytes;
    } else {
      chunks[kept++] = chunks[i];
    }
  }
  chunks.resize(kept);
}

int similarity(const ChunkCounts& source, const ChunkCounts& target) {
  if (target.size == 0) return 0;
  std::uint64_t copied = 0;
  auto at = target.chunks.begin();
  for (const ChunkCounts::Chunk& chunk : source.chunks) {
    while (at != target.chunks.end() && at->hash < chunk.hash) ++at;
    if (at != target.chunks.end() && at->hash == chunk.hash) copied += std::min(chunk.bytes, at->bytes);
  }
  return static_cast<int>(copied * kMaxScore / std::max(source.size, target.size));
}

bool sizes_allow(std::uint64_t source, std::uint64_t target, int least_score) {
  const std::uint64_t larger = std::max(source, target);
  const std::uint64_t difference = larger - std::min(source, target);
  return larger * static_cast<std::uint64_t>(kMaxScore - least_score) >= difference * kMaxScore;
}

}  // namespace pome::git
