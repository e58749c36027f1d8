#pragma once
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

/// One mutation of one row: no `before` = created, no `after` = deleted. Rows carry their own keys and are shared with
/// the world, so a journal costs no copies.
struct Change {
  const RowKind* kind = nullptr;
  AnyRow before;
  AnyRow after;
  bool asked =
      true;  ///< what the caller asked for; false: what followed from it (a moved updated_at, a label made on the way)
  Aspect aspect = Aspect::row;
};

/// The rows of a change that is known to be about a `Row`, or nullptr.
template <class Row>
const Row* before(const Change& change) {
  return static_cast<const Row*>(change.before.get());
}
template <class Row>
const Row* after(const Change& change) {
  return static_cast<const Row*>(change.after.get());
}

/// The changes of one call, in order.
using Journal = std::vector<Change>;

/// "issue", "comment", "label" ...: the kind of row a change is about.
inline std::string_view kind_of(const Change& change) { return change.kind->name; }

/// Writes the recorder's `state_delta`: {"before": row or null, "after": row or null} of the first change that was
/// asked for, in the shapes of the recorder contract; null when nothing changed. `before` and `after` are the worlds
/// around the call: label and repository names are looked up in them.
void write_state_delta(JsonWriter& out, const World& before, const World& after, const Journal& journal);

}  // namespace pome::twin::github::model
