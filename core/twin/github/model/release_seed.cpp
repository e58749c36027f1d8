#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_release(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object("tag_name name body target_commitish draft prerelease author created_at published_at")) return;
  World& world = seed.world;
  Release row;
  row.repo = repo.id;
  row.tag_name = node.required_text("tag_name");
  row.name = node.text("name");
  row.body = node.text("body", "");
  row.target_commitish = node.text("target_commitish", repo.default_branch);
  row.draft = node.flag("draft", false);
  row.prerelease = node.flag("prerelease", false);
  row.author = seed.author(node, {"author"});
  row.created_at = node.instant("created_at").value_or(world.epoch);
  if (!row.draft) row.published_at = node.instant("published_at").value_or(row.created_at);
  if (row.tag_name.empty() || !check_ref_name(node, "tag_name")) return;
  for (const auto& entry : rows_of(world.releases, repo.id)) {
    if (entry.row->tag_name == row.tag_name) {
      node.error_at("tag_name", "duplicate", text::cat("Two releases use the tag \"", row.tag_name, "\"."));
      return;
    }
  }
  if (!row.draft && !find_ref(world, repo.id, text::cat(kTags, row.tag_name))) {
    const std::optional<git::ObjectId> commit = target_commit(seed, repo, node, "target_commitish");
    if (!commit) return;
    put_tag(seed, repo.id, row.tag_name, *commit);
  }
  row.id = ++world.counters.release;
  put(seed.action, std::move(row));
}

}  // namespace

void seed_releases(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("releases", [&](const Node& entry) { seed_release(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
