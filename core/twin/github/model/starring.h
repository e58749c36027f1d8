#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

/// Stars on repositories, and who watches them.
namespace pome::twin::github::model {

struct Star {
  Id repo = 0;
  std::string login;
  Time created_at = 0;

  NameKey key() const { return {repo, login}; }
  static const RowKind kind;
};
using StarPtr = std::shared_ptr<const Star>;

/// What somebody wants to hear of a repository. No row: only what they take part in.
struct Watch {
  Id repo = 0;
  std::string login;
  bool subscribed = true;
  bool ignored = false;
  Time created_at = 0;

  NameKey key() const { return {repo, login}; }
  static const RowKind kind;
};
using WatchPtr = std::shared_ptr<const Watch>;

StarPtr find_star(const World& world, Id repo, std::string_view login);
WatchPtr find_watch(const World& world, Id repo, std::string_view login);
/// By login.
std::vector<StarPtr> stars_of(const World& world, Id repo);
/// Those who are subscribed, by login.
std::vector<WatchPtr> watches_of(const World& world, Id repo);

/// activity/star-repo-, unstar-repo-for-authenticated-user. Repeating either changes nothing.
void star_repository(Action& action, Id repo);
void unstar_repository(Action& action, Id repo);
/// activity/set-, delete-repo-subscription.
WatchPtr watch_repository(Action& action, Id repo, bool subscribed, bool ignored);
void unwatch_repository(Action& action, Id repo);

void export_stars(JsonWriter& out, const World& world, const Repository& repo);
void export_watches(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "stars" and "watchers", lists of logins.
void seed_stars(Seeding& seed, const Repository& repo, const Node& node);
void seed_watchers(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
