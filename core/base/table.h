#pragma once
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pome {

/// A row whose type the holder of the table knows.
using AnyRow = std::shared_ptr<const void>;

/// How a key is spelled in a look-up: a string as a view. Keys that hold strings specialise this.
template <class Key>
struct LookupOf {
  using type = const Key&;
};
template <>
struct LookupOf<std::string> {
  using type = std::string_view;
};
template <class Key>
using Lookup = typename LookupOf<Key>::type;

/// What a table does, whatever its rows are: compiled once for each kind of key. One .cpp file instantiates it, with
/// `core/base/table_impl.h`. Everybody else uses Table below.
template <class Key, class Less>
class TableCore {
 public:
  struct Entry {
    Key key;
    AnyRow row;
  };

 private:
  static constexpr std::size_t kChunk = 32;
  using Chunk = std::vector<Entry>;
  struct Spine {
    std::vector<std::shared_ptr<Chunk>> chunks;
    std::size_t size = 0;  // entries in all chunks
  };

 public:
  /// A place in the table; invalid after the next write.
  class Cursor {
   public:
    Cursor() = default;  ///< past the last entry
    Cursor(const Spine& spine, std::size_t chunk, std::size_t index);
    const Entry& operator*() const { return *at_; }
    void advance() {
      if (++at_ == last_) next_chunk();
    }
    bool operator==(const Cursor& other) const { return at_ == other.at_; }

   private:
    void next_chunk();

    const Entry* at_ = nullptr;
    const Entry* last_ = nullptr;  // of the chunk
    const Spine* spine_ = nullptr;
    std::size_t chunk_ = 0;
  };

  std::size_t size() const { return spine_ ? spine_->size : 0; }
  Cursor begin() const;
  Cursor lower_bound(Lookup<Key> key) const;
  const AnyRow* find(Lookup<Key> key) const;
  AnyRow put(Key key, AnyRow row);
  AnyRow erase(Lookup<Key> key);

 private:
  std::size_t find_chunk(Lookup<Key> key) const;
  static std::size_t position(const Chunk& chunk, Lookup<Key> key);
  Spine& own_spine();
  static Chunk& own_chunk(Spine& spine, std::size_t at);
  static void split(Spine& spine, std::size_t at, std::size_t inserted);

  std::shared_ptr<Spine> spine_;
};

/// A stored row inside a table: use it in place, or convert it to a shared pointer to keep it.
template <class Row>
class RowRef {
 public:
  explicit RowRef(const AnyRow& row) : row_(&row) {}
  const Row* get() const { return static_cast<const Row*>(row_->get()); }
  const Row& operator*() const { return *get(); }
  const Row* operator->() const { return get(); }
  operator std::shared_ptr<const Row>() const {  // NOLINT: implicit by design
    return std::static_pointer_cast<const Row>(*row_);
  }

 private:
  const AnyRow* row_;
};

/// An ordered map of immutable rows that copies in O(1) and shares everything until it is written (copy on write).
///
/// Rows are `shared_ptr<const Row>`: a row never changes once stored, so an old copy of the table keeps seeing the old
/// row. A write copies the touched chunk and the list of chunks only when another copy of the table still uses them.
/// Key order is `Less`; iteration and `lower_bound` follow it. Not synchronised: one thread at a time per table copy;
/// copies in different threads may share chunks.
template <class Key, class Row, class Less = std::less<>>
class Table {
 public:
  using RowType = Row;
  using Core = TableCore<Key, Less>;
  using Pointer = std::shared_ptr<const Row>;
  struct Entry {
    const Key& key;
    RowRef<Row> row;
  };

  class Iterator {
   public:
    struct Arrow {
      Entry entry;
      const Entry* operator->() const { return &entry; }
    };
    using iterator_category = std::input_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = Arrow;
    using reference = Entry;

    Iterator() = default;
    explicit Iterator(typename Core::Cursor cursor) : cursor_(cursor) {}
    Entry operator*() const { return {(*cursor_).key, RowRef<Row>((*cursor_).row)}; }
    Arrow operator->() const { return {**this}; }
    Iterator& operator++() {
      cursor_.advance();
      return *this;
    }
    bool operator==(const Iterator& other) const { return cursor_ == other.cursor_; }

   private:
    typename Core::Cursor cursor_;
  };

  std::size_t size() const { return core_.size(); }
  bool empty() const { return size() == 0; }
  Iterator begin() const { return Iterator(core_.begin()); }
  Iterator end() const { return Iterator(); }

  /// First entry whose key is not less than `key`.
  Iterator lower_bound(Lookup<Key> key) const { return Iterator(core_.lower_bound(key)); }

  /// The row, or nullptr. Valid as long as any table copy holds that version of the row.
  const Row* find(Lookup<Key> key) const {
    const AnyRow* row = core_.find(key);
    return row ? static_cast<const Row*>(row->get()) : nullptr;
  }

  /// The shared row, or nullptr: keeps this version alive.
  Pointer get(Lookup<Key> key) const {
    const AnyRow* row = core_.find(key);
    return row ? std::static_pointer_cast<const Row>(*row) : nullptr;
  }

  /// Inserts, or replaces the row of an equal key. Returns the row that was there before, or nullptr.
  Pointer put(Key key, Pointer row) {
    return std::static_pointer_cast<const Row>(core_.put(std::move(key), std::move(row)));
  }

  /// Removes the row. Returns it, or nullptr when there was none.
  Pointer erase(Lookup<Key> key) { return std::static_pointer_cast<const Row>(core_.erase(key)); }

  /// The table without its row type, for code that serves every kind of row.
  Core& core() { return core_; }
  const Core& core() const { return core_; }

 private:
  Core core_;
};

}  // namespace pome
