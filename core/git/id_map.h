#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/git/object_id.h"

namespace pome::git {

/// Numbers object ids in the order of their first appearance: 0, 1, 2, ... Lookup in O(1); a walk keeps its own data in
/// a vector under these numbers. It is never iterated, so hashing cannot leak into any output.
class IdMap {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  /// The number of `id`, which becomes `size()` for a new id.
  std::uint32_t add(const ObjectId& id);
  /// The number of `id`, or kNone.
  std::uint32_t find(const ObjectId& id) const;
  const ObjectId& operator[](std::uint32_t number) const { return ids_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }

 private:
  /// The slot that holds `id`, or the free slot where it belongs.
  std::size_t slot_of(const ObjectId& id) const;
  void grow();

  std::vector<ObjectId> ids_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
};

}  // namespace pome::git
