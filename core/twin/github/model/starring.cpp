#include "core/twin/github/model/starring.h"

#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_star(JsonWriter& out, const World&, const Star& row) {
  out.field("login", row.login);
  time_field(out, "created_at", row.created_at);
}

void write_watch(JsonWriter& out, const World&, const Watch& row) {
  out.field("login", row.login).field("subscribed", row.subscribed).field("ignored", row.ignored);
  time_field(out, "created_at", row.created_at);
}

}  // namespace

const RowKind Star::kind = row_kind<&World::stars, write_star>("star");
const RowKind Watch::kind = row_kind<&World::watches, write_watch>("watch");

StarPtr find_star(const World& world, Id repo, std::string_view login) {
  return world.stars.get(NameKeyView{repo, login});
}

WatchPtr find_watch(const World& world, Id repo, std::string_view login) {
  return world.watches.get(NameKeyView{repo, login});
}

std::vector<StarPtr> stars_of(const World& world, Id repo) {
  std::vector<StarPtr> out;
  for (const auto& entry : rows_of(world.stars, repo)) out.push_back(entry.row);
  return out;
}

std::vector<WatchPtr> watches_of(const World& world, Id repo) {
  std::vector<WatchPtr> out;
  for (const auto& entry : rows_of(world.watches, repo)) {
    if (entry.row->subscribed) out.push_back(entry.row);
  }
  return out;
}

void star_repository(Action& action, Id repo) {
  if (find_star(action.world, repo, action.actor)) return;
  const Time now = begin_mutation(action);
  put(action, Star{repo, user_or_stranger(action.world, action.actor)->login, now});
}

void unstar_repository(Action& action, Id repo) {
  const StarPtr star = find_star(action.world, repo, action.actor);
  if (!star) return;
  begin_mutation(action);
  erase(action, star);
}

WatchPtr watch_repository(Action& action, Id repo, bool subscribed, bool ignored) {
  const WatchPtr current = find_watch(action.world, repo, action.actor);
  if (current && current->subscribed == subscribed && current->ignored == ignored) return current;
  const Time now = begin_mutation(action);
  return put(action, Watch{repo, user_or_stranger(action.world, action.actor)->login, subscribed, ignored,
                           current ? current->created_at : now});
}

void unwatch_repository(Action& action, Id repo) {
  const WatchPtr watch = find_watch(action.world, repo, action.actor);
  if (!watch) return;
  begin_mutation(action);
  erase(action, watch);
}

void export_stars(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.stars);
}

void export_watches(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.watches);
}

void seed_stars(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("stars", [&](const Node& entry) {
    const std::string login = entry.as_text();
    if (!login.empty()) put(seed.action, Star{repo.id, seed.user(entry, login), seed.world.epoch});
  });
}

void seed_watchers(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("watchers", [&](const Node& entry) {
    const std::string login = entry.as_text();
    if (!login.empty()) put(seed.action, Watch{repo.id, seed.user(entry, login), true, false, seed.world.epoch});
  });
}

}  // namespace pome::twin::github::model
