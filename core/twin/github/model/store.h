#pragma once
#include <memory>
#include <type_traits>
#include <utility>

#include "core/twin/github/model/world.h"

/// How rules write: every row goes through here, so tables, second keys, totals and journal never disagree.
/// Internal to the model.
namespace pome::twin::github::model {

/// Starts a mutation that was found valid: moves the clock one second and stores an acting stranger as a user.
/// Returns the time of the mutation.
Time begin_mutation(Action& action);

enum class Cause { asked, followed };

/// Stores a row of that kind and notes the change.
void put_row(Action& action, const RowKind& kind, AnyRow after, Cause cause, Aspect aspect);
/// Removes a row of that kind and notes the change.
void erase_row(Action& action, const RowKind& kind, AnyRow row, Cause cause);

/// Stores `after` (inserts, or replaces the row of the same key), keeps totals and second keys, and notes the change:
/// `put(action, std::move(next))`. One copy of this for each kind of row, however many rules use it.
template <class Row>
requires(!std::is_reference_v<Row>)
    [[gnu::noinline]] std::shared_ptr<const Row> put(Action& action, Row&& after, Cause cause = Cause::asked,
                                                     Aspect aspect = Aspect::row) {
  auto row = std::make_shared<const Row>(std::forward<Row>(after));
  put_row(action, Row::kind, row, cause, aspect);
  return row;
}

/// Removes the row (which must exist) and notes the change.
template <class Row>
void erase(Action& action, const std::shared_ptr<const Row>& row, Cause cause = Cause::asked) {
  erase_row(action, Row::kind, row, cause);
}

/// Takes back everything a mutation of several steps did, world and journal, unless it comes to `commit`.
class Transaction {
 public:
  explicit Transaction(Action& action);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() { open_ = false; }

 private:
  Action& action_;
  World before_;
  std::size_t changes_before_;
  bool open_ = true;
};

/// Describes a kind of row: `kTable` is the table of its first key, which the row tells by `key()`; `kWrite` writes its
/// members (`void(JsonWriter&, const World&, const Row&)`, with the Aspect as fourth argument if it matters); `follow`
/// keeps second keys and totals.
template <auto kTable, auto kWrite>
constexpr RowKind row_kind(std::string_view name, void (*follow)(World&, const Change&) = nullptr) {
  using Row = typename std::remove_reference_t<decltype(std::declval<World&>().*kTable)>::RowType;
  RowKind kind{name, nullptr, nullptr, nullptr, follow};
  if constexpr (requires(const Row& row) { row.repo; }) {
    kind.repo = [](const void* row) { return static_cast<const Row*>(row)->repo; };
  }
  kind.write = [](JsonWriter& out, const World& world, const void* row, [[maybe_unused]] Aspect aspect) {
    if constexpr (std::is_invocable_v<decltype(kWrite), JsonWriter&, const World&, const Row&, Aspect>) {
      kWrite(out, world, *static_cast<const Row*>(row), aspect);
    } else {
      kWrite(out, world, *static_cast<const Row*>(row));
    }
  };
  kind.replace = [](World& world, const void* row, AnyRow after) {
    auto key = static_cast<const Row*>(row)->key();
    auto& table = (world.*kTable).core();
    return after ? table.put(std::move(key), std::move(after)) : table.erase(key);
  };
  return kind;
}

/// A user row, stored as it is: no journal, no clock. For the seed and for acting strangers.
UserPtr put_user(World& world, User row);

/// The totals of a repository, to be changed in place by `alter(RepositoryTotals&)`.
template <class Alter>
void change_totals(World& world, Id repo, Alter alter) {
  RepositoryTotals totals = totals_of(world, repo);
  alter(totals);
  world.totals.put(repo, std::make_shared<const RepositoryTotals>(totals));
}

}  // namespace pome::twin::github::model
