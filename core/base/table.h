#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace pome {

/// An ordered map of immutable rows that copies in O(1) and shares everything until it is written (copy on write).
///
/// Rows are `shared_ptr<const Row>`: a row never changes once stored, so an old copy of the table keeps seeing the old
/// row. A write copies the touched chunk and the list of chunks only when another copy of the table still uses them.
/// Key order is `Less`; iteration and `lower_bound` follow it. Not synchronised: one thread at a time per table copy;
/// copies in different threads may share chunks.
template <class Key, class Row, class Less = std::less<>>
class Table {
 public:
  using Pointer = std::shared_ptr<const Row>;
  struct Entry {
    Key key;
    Pointer row;
  };

 private:
  static constexpr std::size_t kChunk = 32;
  using Chunk = std::vector<Entry>;
  using Spine = std::vector<std::shared_ptr<Chunk>>;

 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = const Entry*;
    using reference = const Entry&;

    Iterator() = default;
    Iterator(const Spine* spine, std::size_t chunk, std::size_t index) : spine_(spine), chunk_(chunk), index_(index) {}
    reference operator*() const { return (*(*spine_)[chunk_])[index_]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      if (++index_ == (*spine_)[chunk_]->size()) {
        ++chunk_;
        index_ = 0;
      }
      return *this;
    }
    bool operator==(const Iterator& other) const { return chunk_ == other.chunk_ && index_ == other.index_; }

   private:
    const Spine* spine_ = nullptr;
    std::size_t chunk_ = 0;
    std::size_t index_ = 0;
  };

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Iterator begin() const { return Iterator(spine_.get(), 0, 0); }
  Iterator end() const { return Iterator(spine_.get(), spine_ ? spine_->size() : 0, 0); }

  /// First entry whose key is not less than `key`.
  template <class K>
  Iterator lower_bound(const K& key) const {
    if (!spine_) return end();
    const std::size_t chunk = find_chunk(key);
    if (chunk == spine_->size()) return end();
    return Iterator(spine_.get(), chunk, position(*(*spine_)[chunk], key));
  }

  /// The row, or nullptr. Valid as long as any table copy holds that version of the row.
  template <class K>
  const Row* find(const K& key) const {
    const Pointer* row = find_pointer(key);
    return row ? row->get() : nullptr;
  }

  /// The shared row, or nullptr: keeps this version alive.
  template <class K>
  Pointer get(const K& key) const {
    const Pointer* row = find_pointer(key);
    return row ? *row : nullptr;
  }

  /// Inserts, or replaces the row of an equal key. Returns the row that was there before, or nullptr.
  Pointer put(const Key& key, Pointer row) {
    Spine& spine = own_spine();
    if (spine.empty()) {
      spine.push_back(std::make_shared<Chunk>(1, Entry{key, std::move(row)}));
      ++size_;
      return nullptr;
    }
    const std::size_t at = std::min(find_chunk(key), spine.size() - 1);
    Chunk& chunk = own_chunk(spine, at);
    const std::size_t index = position(chunk, key);
    if (index < chunk.size() && !less_(key, chunk[index].key)) return std::exchange(chunk[index].row, std::move(row));
    chunk.insert(chunk.begin() + static_cast<std::ptrdiff_t>(index), Entry{key, std::move(row)});
    ++size_;
    if (chunk.size() > kChunk) split(spine, at, index);
    return nullptr;
  }

  /// Removes the row. Returns it, or nullptr when there was none.
  template <class K>
  Pointer erase(const K& key) {
    if (!find_pointer(key)) return nullptr;
    Spine& spine = own_spine();
    const std::size_t at = find_chunk(key);
    Chunk& chunk = own_chunk(spine, at);
    const auto entry = chunk.begin() + static_cast<std::ptrdiff_t>(position(chunk, key));
    Pointer row = std::move(entry->row);
    chunk.erase(entry);
    --size_;
    if (chunk.empty()) spine.erase(spine.begin() + static_cast<std::ptrdiff_t>(at));
    return row;
  }

 private:
  template <class K>
  const Pointer* find_pointer(const K& key) const {
    if (!spine_) return nullptr;
    const std::size_t at = find_chunk(key);
    if (at == spine_->size()) return nullptr;
    const Chunk& chunk = *(*spine_)[at];
    const std::size_t index = position(chunk, key);
    return index < chunk.size() && !less_(key, chunk[index].key) ? &chunk[index].row : nullptr;
  }

  /// The chunk whose last key is not less than `key`, or the number of chunks.
  template <class K>
  std::size_t find_chunk(const K& key) const {
    const auto found = std::lower_bound(spine_->begin(), spine_->end(), key,
                                        [this](const auto& chunk, const K& k) { return less_(chunk->back().key, k); });
    return static_cast<std::size_t>(found - spine_->begin());
  }

  template <class K>
  std::size_t position(const Chunk& chunk, const K& key) const {
    const auto found = std::lower_bound(chunk.begin(), chunk.end(), key,
                                        [this](const Entry& entry, const K& k) { return less_(entry.key, k); });
    return static_cast<std::size_t>(found - chunk.begin());
  }

  Spine& own_spine() {
    if (!spine_) {
      spine_ = std::make_shared<Spine>();
    } else if (spine_.use_count() > 1) {
      spine_ = std::make_shared<Spine>(*spine_);
    }
    return *spine_;
  }

  static Chunk& own_chunk(Spine& spine, std::size_t at) {
    if (spine[at].use_count() > 1) spine[at] = std::make_shared<Chunk>(*spine[at]);
    return *spine[at];
  }

  /// Halves a full chunk; a chunk that grew at the table's very end stays full instead, so appending packs chunks
  /// tightly.
  static void split(Spine& spine, std::size_t at, std::size_t inserted) {
    Chunk& chunk = *spine[at];
    const bool appending = at + 1 == spine.size() && inserted + 1 == chunk.size();
    const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(appending ? kChunk : chunk.size() / 2);
    auto upper = std::make_shared<Chunk>(std::make_move_iterator(middle), std::make_move_iterator(chunk.end()));
    chunk.erase(middle, chunk.end());
    spine.insert(spine.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(upper));
  }

  std::shared_ptr<Spine> spine_;
  std::size_t size_ = 0;
  [[no_unique_address]] Less less_;
};

}  // namespace pome
