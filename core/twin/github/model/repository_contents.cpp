#include "core/twin/github/model/repository_contents.h"

#include <iterator>
#include <utility>
#include <vector>

#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

NumberKey first_key(Id repo, const NumberKey*) { return {repo, 0}; }
ChildKey first_key(Id repo, const ChildKey*) { return {repo, 0, 0}; }
NameKey first_key(Id repo, const NameKey*) { return {repo, ""}; }

/// The first entry of a repository, or nullptr.
template <class Key, class Less>
const typename TableCore<Key, Less>::Entry* first_of(const TableCore<Key, Less>& table, Id repo) {
  const auto at = table.lower_bound(first_key(repo, static_cast<const Key*>(nullptr)));
  if (at == typename TableCore<Key, Less>::Cursor() || (*at).key.repo != repo) return nullptr;
  return &*at;
}

template <class Key, class Less>
void drop_rows(TableCore<Key, Less>& table, Id repo) {
  while (const auto* entry = first_of(table, repo)) {
    const Key key = entry->key;
    table.erase(key);
  }
}

/// A table whose rows outlive repositories, or go through rules of their own.
template <auto kTable>
void stay(World&, Id) {}

/// A table whose keys start with the repository.
template <auto kTable>
void drop_below(World& world, Id repo) {
  drop_rows((world.*kTable).core(), repo);
}

/// Rows that tie two repositories together stand in a table for each: out of one, out of both.
template <auto kTable>
void drop_ties(World& world, Id repo) {
  using Row = typename std::remove_reference_t<decltype(world.*kTable)>::RowType;
  while (const auto* entry = first_of((world.*kTable).core(), repo)) {
    const AnyRow row = entry->row;
    Row::kind.replace(world, row.get(), nullptr);
    Row::kind.follow(world, Change{&Row::kind, row, nullptr, false});
  }
}

void drop_totals(World& world, Id repo) { world.totals.erase(repo); }

void leave_teams(World& world, Id repo) {
  std::vector<Team> changed;
  for (const auto& entry : world.teams) {
    if (role_of(*entry.row, repo) == Role::none) continue;
    changed.push_back(*entry.row);
    std::erase_if(changed.back().repositories, [&](const TeamRepository& row) { return row.repo == repo; });
  }
  for (Team& team : changed) world.teams.put(team.key(), std::make_shared<const Team>(team));
}

/// Threads are filed below their reader.
void drop_notifications(World& world, Id repo) {
  std::vector<NumberKey> gone;
  for (const auto& entry : world.notifications) {
    if (entry.row->repo == repo) gone.push_back(entry.key);
  }
  for (const NumberKey& key : gone) world.notifications.erase(key);
}

/// Projects are filed below the id of an organization, which may be the number of a repository.
void drop_records(World& world, Id repo) {
  std::vector<NameKey> gone;
  for (const auto& entry : rows_of(world.records, repo)) {
    if (entry.row->type != RecordType::project) gone.push_back(entry.key);
  }
  for (const NameKey& key : gone) world.records.erase(key);
}

/// One entry for each table, in the order of `Tables`.
constexpr void (*kTables[])(World&, Id) = {
    stay<&World::users>,
    stay<&World::memberships>,
    leave_teams,
    stay<&World::repositories>,
    stay<&World::repositories_by_id>,
    stay<&World::former_names>,
    drop_totals,
    drop_below<&World::collaborators>,
    drop_below<&World::labels>,
    drop_below<&World::labels_by_id>,
    drop_below<&World::milestones>,
    drop_below<&World::milestone_tallies>,
    drop_below<&World::issues>,
    drop_below<&World::pulls>,
    drop_below<&World::comments>,
    drop_below<&World::comments_by_id>,
    drop_ties<&World::dependencies>,
    drop_ties<&World::dependencies_by_blocking>,
    drop_below<&World::issue_events>,
    drop_below<&World::issue_events_by_id>,
    stay<&World::issue_types>,
    drop_below<&World::reactions>,
    drop_below<&World::reviews>,
    drop_below<&World::review_comments>,
    drop_below<&World::statuses>,
    drop_below<&World::check_runs>,
    drop_below<&World::check_suites>,
    drop_below<&World::refs>,
    drop_below<&World::releases>,
    drop_below<&World::workflows>,
    drop_below<&World::workflow_runs>,
    drop_below<&World::workflow_jobs>,
    drop_below<&World::artifacts>,
    drop_below<&World::secrets>,
    drop_below<&World::variables>,
    drop_below<&World::stars>,
    drop_below<&World::watches>,
    drop_notifications,
    stay<&World::gists>,
    drop_records,
    drop_below<&World::release_assets>,
    drop_below<&World::deploy_keys>,
    drop_below<&World::deployments>,
    drop_below<&World::deployment_statuses>,
    drop_below<&World::dispatch_events>,
    drop_below<&World::environments>,
    drop_below<&World::hooks>,
    drop_below<&World::hook_deliveries>,
    drop_below<&World::protections>,
    drop_below<&World::former_branches>,
    drop_below<&World::rulesets>,
    drop_below<&World::commit_comments>,
    drop_below<&World::kept_objects>,
    drop_ties<&World::sub_issues>,
    drop_ties<&World::sub_issues_by_parent>,
};
static_assert(std::size(kTables) * sizeof(Table<Id, Repository>) == sizeof(Tables),
              "say here what becomes of a new table's rows when their repository is deleted");

}  // namespace

void drop_contents(World& world, Id repo) {
  for (const auto drop : kTables) drop(world, repo);
}

}  // namespace pome::twin::github::model
