#include "core/twin/github/model/milestone.h"

#include "core/base/text.h"
#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

/// Milestones answer 404 to everybody without push.
Refused check_push(const Action& action, Id repo) {
  return permission_of(action.world, repo, action.actor) < Role::write ? not_found() : std::nullopt;
}

/// `except` is the number of the milestone that may keep the title.
Refused check_title(const World& world, Id repo, std::string_view title, Id except) {
  if (text::trim(title).empty()) return invalid("Milestone", "title", "missing_field");
  for (const auto& entry : rows_of(world.milestones, repo)) {
    if (entry.key.number != except && text::equals_ignore_case(entry.row->title, title)) {
      return invalid("Milestone", "title", "already_exists");
    }
  }
  return std::nullopt;
}

void apply(Milestone& milestone, const MilestoneInput& input) {
  if (input.title) milestone.title = *input.title;
  if (input.description) milestone.description = *input.description;
  if (input.due_on) milestone.due_on = *input.due_on;
  if (input.state) milestone.state = *input.state;
}

void drop_tally(World& world, const Change& change) {
  if (!change.after) world.milestone_tallies.erase(before<Milestone>(change)->key());
}

/// What the recorder and the state export write alike.
void write_text(JsonWriter& out, const Milestone& row) {
  out.field("title", row.title).field("description", row.description);
  out.field("state", state_name(row.state)).field("creator_login", row.creator);
}
void write_dates(JsonWriter& out, const Milestone& row) {
  time_field(out, "due_on", row.due_on);
  times(out, row.created_at, row.updated_at);
  time_field(out, "closed_at", row.closed_at);
}

void write_milestone(JsonWriter& out, const World&, const Milestone& row) {
  out.field("number", row.number);
  write_text(out, row);
  write_dates(out, row);
}

}  // namespace

const RowKind Milestone::kind = row_kind<&World::milestones, write_milestone>("milestone", drop_tally);

std::string_view state_name(OpenState state) { return state == OpenState::open ? "open" : "closed"; }

std::optional<OpenState> open_state_from(std::string_view word) {
  if (word == "open") return OpenState::open;
  if (word == "closed") return OpenState::closed;
  return std::nullopt;
}

MilestonePtr find_milestone(const World& world, Id repo, Id number) {
  return world.milestones.get(NumberKey{repo, number});
}

std::vector<MilestonePtr> milestones_of(const World& world, Id repo) {
  std::vector<MilestonePtr> out;
  for (const auto& entry : rows_of(world.milestones, repo)) out.push_back(entry.row);
  return out;
}

MilestoneTally tally_of(const World& world, const Milestone& milestone) {
  const MilestoneTally* row = world.milestone_tallies.find(NumberKey{milestone.repo, milestone.number});
  return row ? *row : MilestoneTally{};
}

Ruling<MilestonePtr> create_milestone(Action& action, Id repo, const MilestoneInput& input) {
  World& world = action.world;
  if (const Refused refused = check_push(action, repo)) return refused;
  if (const Refused refused = check_title(world, repo, input.title ? *input.title : "", 0)) return refused;
  Milestone fresh;
  fresh.repo = repo;
  fresh.created_at = fresh.updated_at = begin_mutation(action);
  change_totals(world, repo, [&](RepositoryTotals& totals) { fresh.number = ++totals.last_milestone_number; });
  fresh.id = ++world.counters.milestone;
  fresh.creator = user_or_stranger(world, action.actor)->login;
  apply(fresh, input);
  if (fresh.state == OpenState::closed) fresh.closed_at = fresh.created_at;
  return put(action, std::move(fresh));
}

Ruling<MilestonePtr> update_milestone(Action& action, Id repo, Id number, const MilestoneInput& input) {
  if (const Refused refused = check_push(action, repo)) return refused;
  const MilestonePtr current = find_milestone(action.world, repo, number);
  if (!current) return not_found();
  if (input.title) {
    if (const Refused refused = check_title(action.world, repo, *input.title, number)) return refused;
  }
  Milestone next = *current;
  apply(next, input);
  if (next == *current) return current;
  next.updated_at = begin_mutation(action);
  if (next.state == OpenState::open) next.closed_at.reset();
  if (next.state == OpenState::closed && current->state == OpenState::open) next.closed_at = next.updated_at;
  return put(action, std::move(next));
}

Refused delete_milestone(Action& action, Id repo, Id number) {
  World& world = action.world;
  if (const Refused refused = check_push(action, repo)) return refused;
  const MilestonePtr current = find_milestone(world, repo, number);
  if (!current) return not_found();
  begin_mutation(action);
  std::vector<IssuePtr> members;
  for (const auto& entry : rows_of(world.issues, repo)) {
    if (entry.row->milestone == number) members.push_back(entry.row);
  }
  for (const IssuePtr& issue : members) {
    Issue next = *issue;
    next.milestone = 0;
    put(action, std::move(next), Cause::followed);
  }
  erase(action, current);
  return std::nullopt;
}

void export_milestones(JsonWriter& out, const World& world, const Repository& repo) {
  for (const auto& entry : rows_of(world.milestones, repo.id)) {
    const Milestone& row = *entry.row;
    const MilestoneTally tally = tally_of(world, row);
    out.begin_object().field("repo_id", row.repo).field("number", row.number).field("id", row.id);
    write_text(out, row);
    out.field("open_issues", tally.open).field("closed_issues", tally.closed);
    write_dates(out, row);
    out.end_object();
  }
}

}  // namespace pome::twin::github::model
