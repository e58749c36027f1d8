#pragma once
#include <algorithm>

#include "core/base/table.h"

/// The code of TableCore. Included only where `template class TableCore<...>` compiles it for one kind of key.
namespace pome {

template <class Key, class Less>
TableCore<Key, Less>::Cursor::Cursor(const Spine& spine, std::size_t chunk, std::size_t index)
    : at_(spine.chunks[chunk]->data() + index),
      last_(spine.chunks[chunk]->data() + spine.chunks[chunk]->size()),
      spine_(&spine),
      chunk_(chunk) {}

template <class Key, class Less>
void TableCore<Key, Less>::Cursor::next_chunk() {
  *this = chunk_ + 1 < spine_->chunks.size() ? Cursor(*spine_, chunk_ + 1, 0) : Cursor();
}

template <class Key, class Less>
typename TableCore<Key, Less>::Cursor TableCore<Key, Less>::begin() const {
  return size() == 0 ? Cursor() : Cursor(*spine_, 0, 0);
}

template <class Key, class Less>
typename TableCore<Key, Less>::Cursor TableCore<Key, Less>::lower_bound(Lookup<Key> key) const {
  if (!spine_) return Cursor();
  const std::size_t chunk = find_chunk(key);
  if (chunk == spine_->chunks.size()) return Cursor();
  return Cursor(*spine_, chunk, position(*spine_->chunks[chunk], key));
}

template <class Key, class Less>
const AnyRow* TableCore<Key, Less>::find(Lookup<Key> key) const {
  const Cursor found = lower_bound(key);
  return found == Cursor() || Less{}(key, (*found).key) ? nullptr : &(*found).row;
}

template <class Key, class Less>
AnyRow TableCore<Key, Less>::put(Key key, AnyRow row) {
  Spine& spine = own_spine();
  if (spine.chunks.empty()) spine.chunks.push_back(std::make_shared<Chunk>());
  const std::size_t at = std::min(find_chunk(key), spine.chunks.size() - 1);
  Chunk& chunk = own_chunk(spine, at);
  const std::size_t index = position(chunk, key);
  if (index < chunk.size() && !Less{}(key, chunk[index].key)) return std::exchange(chunk[index].row, std::move(row));
  chunk.insert(chunk.begin() + static_cast<std::ptrdiff_t>(index), Entry{std::move(key), std::move(row)});
  ++spine.size;
  if (chunk.size() > kChunk) split(spine, at, index);
  return nullptr;
}

template <class Key, class Less>
AnyRow TableCore<Key, Less>::erase(Lookup<Key> key) {
  if (!find(key)) return nullptr;
  Spine& spine = own_spine();
  const std::size_t at = find_chunk(key);
  Chunk& chunk = own_chunk(spine, at);
  const auto entry = chunk.begin() + static_cast<std::ptrdiff_t>(position(chunk, key));
  AnyRow row = std::move(entry->row);
  chunk.erase(entry);
  --spine.size;
  if (chunk.empty()) spine.chunks.erase(spine.chunks.begin() + static_cast<std::ptrdiff_t>(at));
  return row;
}

/// The chunk whose last key is not less than `key`, or the number of chunks. Needs a spine; only a chunk that `put`
/// just made for the first entry is empty.
template <class Key, class Less>
std::size_t TableCore<Key, Less>::find_chunk(Lookup<Key> key) const {
  const auto before = [&](const std::shared_ptr<Chunk>& chunk) {
    return !chunk->empty() && Less{}(chunk->back().key, key);
  };
  const auto& chunks = spine_->chunks;
  return static_cast<std::size_t>(std::partition_point(chunks.begin(), chunks.end(), before) - chunks.begin());
}

template <class Key, class Less>
std::size_t TableCore<Key, Less>::position(const Chunk& chunk, Lookup<Key> key) {
  const auto before = [&](const Entry& entry) { return Less{}(entry.key, key); };
  return static_cast<std::size_t>(std::partition_point(chunk.begin(), chunk.end(), before) - chunk.begin());
}

template <class Key, class Less>
typename TableCore<Key, Less>::Spine& TableCore<Key, Less>::own_spine() {
  if (!spine_) {
    spine_ = std::make_shared<Spine>();
  } else if (spine_.use_count() > 1) {
    spine_ = std::make_shared<Spine>(*spine_);
  }
  return *spine_;
}

template <class Key, class Less>
typename TableCore<Key, Less>::Chunk& TableCore<Key, Less>::own_chunk(Spine& spine, std::size_t at) {
  std::shared_ptr<Chunk>& chunk = spine.chunks[at];
  if (chunk.use_count() > 1) chunk = std::make_shared<Chunk>(*chunk);
  return *chunk;
}

/// Halves a full chunk; a chunk that grew at the table's very end stays full instead, so appending packs chunks
/// tightly.
template <class Key, class Less>
void TableCore<Key, Less>::split(Spine& spine, std::size_t at, std::size_t inserted) {
  Chunk& chunk = *spine.chunks[at];
  const bool appending = at + 1 == spine.chunks.size() && inserted + 1 == chunk.size();
  const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(appending ? kChunk : chunk.size() / 2);
  auto upper = std::make_shared<Chunk>(std::make_move_iterator(middle), std::make_move_iterator(chunk.end()));
  chunk.erase(middle, chunk.end());
  spine.chunks.insert(spine.chunks.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(upper));
}

}  // namespace pome
