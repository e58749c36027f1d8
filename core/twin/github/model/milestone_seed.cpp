#include <algorithm>

#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {

void seed_milestones(Seeding& seed, const Repository& repo, const Node& node) {
  std::set<std::string> titles;
  node.each("milestones", [&](const Node& entry) {
    if (!entry.is_object("number title description state due_on creator created_at closed_at")) return;
    Milestone row;
    row.repo = repo.id;
    row.number = entry.positive("number").value_or(totals_of(seed.world, repo.id).last_milestone_number + 1);
    row.title = entry.required_text("title");
    row.description = entry.text("description", "");
    row.state = entry.word("state", OpenState::open, open_state_from, "open, closed");
    row.due_on = entry.instant("due_on");
    row.creator = seed.author(entry, {"creator"});
    row.created_at = row.updated_at = entry.instant("created_at").value_or(seed.world.epoch);
    if (row.state == OpenState::closed) row.closed_at = entry.instant("closed_at").value_or(row.created_at);
    if (row.title.empty()) return;
    if (!titles.insert(text::to_lower(row.title)).second) {
      entry.error_at("title", "duplicate", text::cat("The milestone \"", row.title, "\" appears twice."));
    }
    if (find_milestone(seed.world, repo.id, row.number)) {
      entry.error_at("number", "duplicate", text::cat("Milestone ", row.number, " appears twice."));
      return;
    }
    row.id = ++seed.world.counters.milestone;
    const Id number = row.number;
    put(seed.action, std::move(row));
    change_totals(seed.world, repo.id, [number](RepositoryTotals& totals) {
      totals.last_milestone_number = std::max(totals.last_milestone_number, number);
    });
  });
}

}  // namespace pome::twin::github::model
