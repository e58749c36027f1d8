#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void note(Action& action, Change change) {
  if (change.kind->follow) change.kind->follow(action.world, change);
  action.journal.push_back(std::move(change));
}

}  // namespace

Time begin_mutation(Action& action) {
  World& world = action.world;
  ++world.now;
  if (!action.actor.empty() && !world.users.find(action.actor)) {
    User stranger = *user_or_stranger(world, action.actor);
    put_user(world, std::move(stranger));
  }
  return world.now;
}

void put_row(Action& action, const RowKind& kind, AnyRow after, Cause cause, Aspect aspect) {
  AnyRow before = kind.replace(action.world, after.get(), after);
  note(action, Change{&kind, std::move(before), std::move(after), cause == Cause::asked, aspect});
}

void erase_row(Action& action, const RowKind& kind, AnyRow row, Cause cause) {
  kind.replace(action.world, row.get(), nullptr);
  note(action, Change{&kind, std::move(row), nullptr, cause == Cause::asked, Aspect::row});
}

Transaction::Transaction(Action& action)
    : action_(action), before_(action.world), changes_before_(action.journal.size()) {}

Transaction::~Transaction() {
  if (!open_) return;
  action_.world = std::move(before_);
  action_.journal.resize(changes_before_);
}

UserPtr put_user(World& world, User row) {
  UserPtr stored = std::make_shared<const User>(std::move(row));
  world.users.put(stored->login, stored);
  return stored;
}

}  // namespace pome::twin::github::model
