#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {
namespace {

void seed_asset(Seeding& seed, const Release& release, const Node& node) {
  if (!node.is_object("name label content_type content encoding download_count uploader")) return;
  ReleaseAsset row;
  row.repo = release.repo;
  row.release = release.id;
  row.name = node.required_text("name");
  row.label = node.text("label");
  row.content_type = node.text("content_type", row.content_type);
  row.content = read_content(node);
  row.download_count = node.positive("download_count").value_or(0);
  row.uploader = node.has("uploader") ? seed.author(node, {"uploader"}) : release.author;
  row.created_at = row.updated_at = release.created_at;
  if (row.name.empty() || !row.content) return;
  for (const ReleaseAssetPtr& other : assets_of(seed.world, release)) {
    if (other->name == row.name) {
      node.error_at("name", "duplicate", text::cat("The asset \"", row.name, "\" appears twice."));
      return;
    }
  }
  row.id = ++seed.world.counters.release_asset;
  put(seed.action, std::move(row));
}

void seed_release(Seeding& seed, const Repository& repo, const Node& node) {
  if (!node.is_object(
          "tag_name name body target_commitish draft prerelease author created_at published_at latest assets")) {
    return;
  }
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
  row.updated_at = row.created_at;
  row.latest = node.flag("latest", false) && !row.draft && !row.prerelease;
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
  const ReleasePtr stored = put(seed.action, std::move(row));
  node.each("assets", [&](const Node& asset) { seed_asset(seed, *stored, asset); });
}

}  // namespace

void seed_releases(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("releases", [&](const Node& entry) { seed_release(seed, repo, entry); });
}

}  // namespace pome::twin::github::model
