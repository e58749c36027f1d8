#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/twin/github/model/row.h"

namespace pome::twin::github::model {

enum class OpenState { open, closed };

/// "open" or "closed".
std::string_view state_name(OpenState state);
std::optional<OpenState> open_state_from(std::string_view word);

struct Milestone {
  Id repo = 0;
  Id number = 0;
  Id id = 0;
  std::string title;
  std::optional<std::string> description;
  OpenState state = OpenState::open;
  std::string creator;  ///< login
  std::optional<Time> due_on;
  Time created_at = 0;
  Time updated_at = 0;
  std::optional<Time> closed_at;

  NumberKey key() const { return {repo, number}; }
  bool operator==(const Milestone&) const = default;
  static const RowKind kind;
};
using MilestonePtr = std::shared_ptr<const Milestone>;

/// How many issues and pull requests carry a milestone. Kept by the rules, not journaled.
struct MilestoneTally {
  Id open = 0;
  Id closed = 0;

  bool operator==(const MilestoneTally&) const = default;
};

MilestonePtr find_milestone(const World& world, Id repo, Id number);
/// By number, ascending.
std::vector<MilestonePtr> milestones_of(const World& world, Id repo);
MilestoneTally tally_of(const World& world, const Milestone& milestone);

struct MilestoneInput {
  std::optional<std::string> title;  ///< required to create
  std::optional<std::optional<std::string>> description;
  std::optional<std::optional<Time>> due_on;
  std::optional<OpenState> state;
};

/// issues/create-milestone, -update-, -delete-milestone. Need push. Titles are unique without regard to case.
/// Deleting takes the milestone off its issues; its number is not used again.
Ruling<MilestonePtr> create_milestone(Action& action, Id repo, const MilestoneInput& input);
Ruling<MilestonePtr> update_milestone(Action& action, Id repo, Id number, const MilestoneInput& input);
Refused delete_milestone(Action& action, Id repo, Id number);

/// The rows of "milestones" in the state export.
void export_milestones(JsonWriter& out, const World& world, const Repository& repo);

/// Seed: a repository's "milestones".
void seed_milestones(Seeding& seed, const Repository& repo, const Node& node);

}  // namespace pome::twin::github::model
