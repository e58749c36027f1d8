#include <algorithm>

#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {

void seed_comments(Seeding& seed, const Issue& issue, const Node& node) {
  node.each("comments", [&](const Node& entry) {
    if (!entry.is_object("body author user created_at updated_at")) return;
    Comment row;
    row.repo = issue.repo;
    row.number = issue.number;
    row.body = entry.required_text("body");
    row.author = seed.author(entry, {"author", "user"});
    row.created_at = entry.instant("created_at").value_or(std::max(seed.world.epoch, issue.created_at));
    row.updated_at = entry.instant("updated_at").value_or(row.created_at);
    if (row.body.empty()) return;
    row.id = ++seed.world.counters.comment;
    put(seed.action, std::move(row));
    Issue next = *find_issue(seed.world, issue.repo, issue.number);
    ++next.comments;
    put(seed.action, std::move(next));
  });
}

}  // namespace pome::twin::github::model
