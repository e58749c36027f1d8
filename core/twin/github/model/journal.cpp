#include "core/twin/github/model/journal.h"

#include <algorithm>

#include "core/base/json_writer.h"
#include "core/twin/github/model/world.h"

namespace pome::twin::github::model {
namespace {

void write_side(JsonWriter& out, std::string_view name, const World& world, const Change& change, const AnyRow& row) {
  out.key(name);
  if (!row) {
    out.null();
    return;
  }
  out.begin_object();
  if (change.kind->repo) {
    const Repository* repo = world.repositories_by_id.find(change.kind->repo(row.get()));
    out.field("repo", repo ? repo->full_name() : std::string());
  }
  change.kind->write(out, world, row.get(), change.aspect);
  out.end_object();
}

}  // namespace

void write_state_delta(JsonWriter& out, const World& before, const World& after, const Journal& journal) {
  const auto change =
      std::find_if(journal.begin(), journal.end(), [](const Change& candidate) { return candidate.asked; });
  if (change == journal.end()) {
    out.null();
    return;
  }
  out.begin_object();
  write_side(out, "before", before, *change, change->before);
  write_side(out, "after", after, *change, change->after);
  out.end_object();
}

}  // namespace pome::twin::github::model
