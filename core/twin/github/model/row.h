#pragma once
#include <string_view>

#include "core/base/table.h"
#include "core/twin/github/model/ids.h"
#include "core/twin/github/model/refusal.h"

/// What the header of every resource needs.
namespace pome {
class JsonWriter;
}

namespace pome::twin::github::model {

struct World;
struct Action;
struct Change;
struct Repository;
struct Seeding;
class Node;

/// Which part of an issue a call was about: the tape shows only that part.
enum class Aspect { row, labels, assignees };

/// What the store, the journal and the state export know of one kind of row. Each row struct has one as
/// `static const RowKind kind`, defined beside its rules with `row_kind<...>()` (store.h).
struct RowKind {
  std::string_view name;  ///< "issue"
  /// The repository a row belongs to. Null for kinds that live outside of repositories.
  Id (*repo)(const void* row);
  /// Writes the members of a row, without braces and without its repository, as `world` knew it.
  void (*write)(JsonWriter& out, const World& world, const void* row, Aspect aspect);
  /// Puts `after` under the key of `row`, or takes that key out when it is null. Returns what was there.
  AnyRow (*replace)(World& world, const void* row, AnyRow after);
  /// Brings second keys and totals in line with a change. Null when there are none.
  void (*follow)(World& world, const Change& change);
};

}  // namespace pome::twin::github::model
