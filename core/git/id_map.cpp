#include "core/git/id_map.h"

namespace pome::git {

std::uint32_t IdMap::add(const ObjectId& id) {
  if (ids_.size() * 2 >= slots_.size()) grow();
  std::uint32_t& slot = slots_[slot_of(id)];
  if (slot == kNone) {
    slot = size();
    ids_.push_back(id);
  }
  return slot;
}

std::uint32_t IdMap::find(const ObjectId& id) const { return slots_.empty() ? kNone : slots_[slot_of(id)]; }

std::size_t IdMap::slot_of(const ObjectId& id) const {
  std::size_t hash = 0;
  for (std::size_t i = 0; i < 4; ++i) hash = hash << 8 | id.bytes[i];
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    if (slots_[at] == kNone || ids_[slots_[at]] == id) return at;
  }
}

void IdMap::grow() {
  slots_.assign(slots_.empty() ? 32 : slots_.size() * 2, kNone);
  for (std::uint32_t number = 0; number < size(); ++number) slots_[slot_of(ids_[number])] = number;
}

}  // namespace pome::git
