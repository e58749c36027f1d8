#include "core/twin/github/model/release.h"

#include "core/twin/github/model/row_writer.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void write_release(JsonWriter& out, const World&, const Release& row) {
  out.field("id", row.id).field("tag_name", row.tag_name).field("target_commitish", row.target_commitish);
  out.field("name", row.name).field("body", row.body).field("draft", row.draft).field("prerelease", row.prerelease);
  out.field("author_login", row.author);
  time_field(out, "created_at", row.created_at);
  time_field(out, "published_at", row.published_at);
}

}  // namespace

const RowKind Release::kind = row_kind<&World::releases, write_release>("release");

void export_releases(JsonWriter& out, const World& world, const Repository& repo) {
  export_rows(out, world, repo.id, world.releases);
}

}  // namespace pome::twin::github::model
